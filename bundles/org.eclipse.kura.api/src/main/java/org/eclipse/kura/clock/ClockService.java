package org.eclipse.kura.clock;

import java.util.Date;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps the system's clock set. */
@ProviderType
public interface ClockService {

  Date getLastSync() throws KuraException;
}
