package org.penstock.driver.modbus.link;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.penstock.api.driver.LinkState;
import org.penstock.driver.kit.FrameTrace;
import org.penstock.driver.modbus.codec.Framing;

/** The way to one or more units: bytes out, bytes in. Any thread may call. */
public interface Link {

  /** Takes requests and returns at once; each handler hears of its end. */
  void send(Collection<Exchange> exchanges);

  /** Ends all requests of this owner with an error; waits until that is done, 1 s at most. */
  void release(Object owner);

  /** The state of the connection or line. */
  LinkState state();

  /** Why the unit is skipped; online when it answers or was never asked. */
  LinkState unitState(int unit);

  /** Whether a request to this unit id goes to all units and is answered by none. */
  boolean broadcasts(int unit);

  /**
   * Unused registers that are worth reading along rather than sending one more request. Half of what
   * fits, where it is not known better: on a network a request costs more than any register.
   */
  default int gap(int unit) {
    return 64;
  }

  /** Requests that may be outstanding to this unit now; 1 where answers do not tell to which they belong. */
  default int window(int unit) {
    return 1;
  }

  /** Counters by dotted name. */
  Map<String, Object> figures();

  /** The last raw frames, oldest first; empty when none are kept. */
  List<FrameTrace.Frame> frames();

  /** From now on keeps so many raw frames; 0 for none. */
  void keepFrames(int count);

  /** How frames are put on the wire. */
  Framing framing();

  /** Ends everything. */
  void close();
}
