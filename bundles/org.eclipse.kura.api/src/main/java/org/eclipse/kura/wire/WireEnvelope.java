package org.eclipse.kura.wire;

import java.util.Collections;
import java.util.List;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.wireadmin.BasicEnvelope;

/** Records on their way from one wire component to the next. */
@Immutable
@ThreadSafe
@ProviderType
public class WireEnvelope extends BasicEnvelope {

  private static final String SCOPE = "WIRES";

  public WireEnvelope(String emitterPid, List<WireRecord> wireRecords) {
    super(Collections.unmodifiableList(wireRecords), emitterPid, SCOPE);
  }

  public String getEmitterPid() {
    return (String) getIdentification();
  }

  @SuppressWarnings("unchecked")
  public List<WireRecord> getRecords() {
    return (List<WireRecord>) getValue();
  }
}
