package org.penstock.driver.zigbee;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.penstock.driver.zigbee.codec.AttributeRecord;
import org.penstock.driver.zigbee.codec.ZclFrame;
import org.penstock.driver.zigbee.device.Device;

/** What devices told last of their batteries, whether asked or not. Any thread may call. */
final class Batteries implements Coordinator.Follower {

  private static final int POWER = 0x0001;
  private static final int PERCENTAGE = 0x0021;
  private static final long UNKNOWN = 0xFF;

  private final Map<Long, Double> percent = new ConcurrentHashMap<>();

  /** Percent; empty when it was not told since the start. */
  Optional<Double> of(long ieee) {
    return Optional.ofNullable(percent.get(ieee));
  }

  @Override
  public void told(Device device, int endpoint, int cluster, ZclFrame frame) {
    if (cluster != POWER) {
      return;
    }
    List<AttributeRecord> records =
        frame.isGeneral(ZclFrame.REPORT)
            ? AttributeRecord.ofReport(frame.payload())
            : frame.isGeneral(ZclFrame.READ_RESPONSE)
                ? AttributeRecord.ofReadResponse(frame.payload())
                : List.of();
    for (AttributeRecord record : records) {
      if (record.attribute() == PERCENTAGE
          && record.status() == 0
          && record.value().value() instanceof Number half
          && half.longValue() != UNKNOWN) {
        percent.put(device.ieee(), half.longValue() / 2.0); // told in halves (ZCL 3.3.2.2.3.2)
      }
    }
  }

  @Override
  public void announced(Device device) {
    // tells its battery by itself
  }

  @Override
  public void stranger(int network) {
    // nobody's battery
  }

  @Override
  public void online() {
    // values come by themselves
  }

  @Override
  public void offline(String reason) {
    // the last value is still the last
  }
}
