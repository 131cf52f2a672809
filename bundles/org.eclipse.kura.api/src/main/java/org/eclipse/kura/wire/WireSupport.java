package org.eclipse.kura.wire;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Producer;

/** Does for a wire component what all of them need. */
@ProviderType
public interface WireSupport extends Producer, Consumer {

  void emit(List<WireRecord> list);
}
