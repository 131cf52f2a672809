package org.penstock.bench.poller;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.penstock.demo.SeedSnapshot;
import org.penstock.driver.modbus.simulator.Behaviour;
import org.penstock.driver.modbus.simulator.ModbusSimulator;

/** Simulated devices, and the configuration of a gateway that polls them. */
final class PolledPlant implements AutoCloseable {

  private static final int TIMEOUT_MS = 3_000;
  private static final Duration SLOW = Duration.ofSeconds(2);

  private final List<ModbusSimulator> devices = new ArrayList<>();

  /** Starts so many healthy devices. */
  PolledPlant(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      ModbusSimulator device = ModbusSimulator.open(0);
      device.unit(1);
      devices.add(device);
    }
  }

  /** The device never answers from now on. */
  void kill(int device) {
    devices.get(device).script(Behaviour.always(Behaviour.of(Behaviour.Kind.SILENT)));
  }

  /** The device answers after two seconds from now on. */
  void slow(int device) {
    devices.get(device).script(Behaviour.always(Behaviour.delayed(SLOW)));
  }

  /**
   * A seed in which assets take turns at the devices.
   *
   * @param assets how many, named {@code asset0} and so on
   * @param channels of each asset
   */
  String seed(int assets, int channels, int intervalMs) {
    SeedSnapshot seed = new SeedSnapshot();
    for (int i = 0; i < devices.size(); i++) {
      seed.component(
          "device" + i,
          "org.penstock.driver.modbus",
          "host",
          "127.0.0.1",
          "port",
          devices.get(i).port(),
          "timeout.ms",
          TIMEOUT_MS);
    }
    for (int i = 0; i < assets; i++) {
      List<Object> properties = new ArrayList<>();
      properties.addAll(List.of("driver.pid", "device" + i % devices.size()));
      properties.addAll(List.of("poll.interval.ms", (long) intervalMs));
      for (int c = 0; c < channels; c++) {
        String name = "t" + c;
        properties.addAll(
            List.of(
                name + "#+name",
                name,
                name + "#+type",
                "READ",
                name + "#+value.type",
                "INTEGER",
                name + "#unit.id",
                "1",
                name + "#primary.table",
                "HOLDING_REGISTERS",
                name + "#memory.address",
                Integer.toString(c),
                name + "#data.type",
                "UINT16"));
      }
      seed.component("asset" + i, "org.eclipse.kura.wire.WireAsset", properties.toArray());
    }
    return seed.xml();
  }

  @Override
  public void close() {
    devices.forEach(ModbusSimulator::close);
  }
}
