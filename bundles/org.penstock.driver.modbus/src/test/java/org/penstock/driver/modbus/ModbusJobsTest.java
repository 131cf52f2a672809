package org.penstock.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.kura.type.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.penstock.api.job.JobKind;
import org.penstock.api.job.Progress;

/** What people can have done on a link. */
@Timeout(60)
class ModbusJobsTest {

  private static final Progress NOBODY_LOOKS =
      new Progress() {
        @Override
        public void report(int percent, String step) {
          assertTrue(percent >= 0 && percent <= 100, "percent " + percent);
        }

        @Override
        public boolean cancelled() {
          return false;
        }
      };

  private static String run(Plant plant, String kind, String... arguments) throws Exception {
    Map<String, String> all = new HashMap<>(Map.of("driver", "test"));
    for (int i = 0; i < arguments.length; i += 2) {
      all.put(arguments[i], arguments[i + 1]);
    }
    JobKind found =
        ModbusJobs.kinds(plant.sessions()).stream()
            .filter(one -> one.name().equals(kind))
            .findFirst()
            .orElseThrow();
    return found.work(all).run(NOBODY_LOOKS);
  }

  /** If deleted: units on a bus could only be found by trying each by hand. */
  @Test
  void scanFindsTheUnitsThatAnswer() throws Exception {
    try (Plant plant = new Plant()) {
      plant.simulator.unit(3);
      plant.simulator.unit(7).holdingRegisters().only(10, 20);
      plant.driver(Map.of());
      String found = run(plant, "modbus.scan", "units", "1-9", "timeout.ms", "200");
      assertTrue(found.matches(".*\"unit\":3,\"ms\":\\d+,\"answer\":\"values\".*"), found);
      assertTrue(found.matches(".*\"unit\":7,\"ms\":\\d+,\"answer\":\"exception 2.*"), found);
      assertEquals(2, found.split("\"unit\":", -1).length - 1, found);
    }
  }

  /** If deleted: an undocumented device would have to be explored by hand. */
  @Test
  void rangesFindsWhatCanBeRead() throws Exception {
    try (Plant plant = new Plant()) {
      plant.simulator.unit(1).holdingRegisters().only(100, 349);
      plant.simulator.unit(1).holdingRegisters().missing(200, 200);
      plant.driver(Map.of());
      assertEquals(
          "{\"ranges\":[{\"from\":100,\"to\":199},{\"from\":201,\"to\":349}]}",
          run(plant, "modbus.ranges", "addresses", "0-600")
              .replaceAll("\"to\":(\\d+),\"from\":(\\d+)", "\"from\":$2,\"to\":$1"));
    }
  }

  /** If deleted: nobody could see from afar which device is behind a unit id. */
  @Test
  void identifyAsksBothFunctions() throws Exception {
    try (Plant plant = new Plant()) {
      plant.simulator.unit(1);
      plant.driver(Map.of());
      assertEquals(
          "{\"objects\":{\"0\":\"Penstock\",\"1\":\"SIM\",\"2\":\"1.0\"},"
              + "\"server.id\":\"01ff53494d\"}",
          run(plant, "modbus.identify"));
    }
  }

  /** If deleted: a channel could only be tried by saving it. */
  @Test
  void readTriesAChannelThatIsNotSaved() throws Exception {
    try (Plant plant = new Plant()) {
      plant.simulator.unit(1).holdingRegisters().setFloat(10, 2.5f);
      plant.simulator.unit(1).holdingRegisters().missing(20, 20);
      plant.driver(Map.of());
      String[] channel = {
        "value.type",
        "FLOAT",
        "unit.id",
        "1",
        "primary.table",
        "HOLDING_REGISTERS",
        "data.type",
        "FLOAT32",
        "memory.address",
        "10"
      };
      assertEquals("{\"value\":2.5}", run(plant, "modbus.read", channel));
      channel[9] = "20";
      assertTrue(run(plant, "modbus.read", channel).contains("exception 2"));
      channel[9] = "x";
      assertThrows(IllegalArgumentException.class, () -> run(plant, "modbus.read", channel));
    }
  }

  /** If deleted: a fault on the wire could not be looked at without a tool on the spot. */
  @Test
  void framesAreDecoded() throws Exception {
    try (Plant plant = new Plant()) {
      plant.simulator.unit(1);
      ModbusDriver driver = plant.driver(Map.of());
      CompletableFuture<String> listening =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return run(plant, "modbus.frames", "seconds", "1");
                } catch (Exception problem) { // thread start
                  throw new IllegalStateException(problem);
                }
              });
      while (!listening.isDone()) {
        driver.read(List.of(Channels.holding("a", DataType.INTEGER, 5, "INT16")));
      }
      String frames = listening.get();
      assertTrue(frames.contains("unit 1, read holding registers, address 5, count 1"), "sent");
      assertTrue(frames.contains("unit 1, read holding registers, 3 bytes"), "received");
    }
  }

  /** If deleted: a mistake in an argument would only show as an empty result. */
  @Test
  void wrongArgumentsAreNamed() throws Exception {
    try (Plant plant = new Plant()) {
      plant.driver(Map.of());
      for (String[] wrong :
          new String[][] {{"driver", "none"}, {"units", "9-1"}, {"timeout.ms", "1"}}) {
        IllegalArgumentException named =
            assertThrows(IllegalArgumentException.class, () -> run(plant, "modbus.scan", wrong));
        assertTrue(named.getMessage().startsWith(wrong[0]), named.getMessage());
      }
    }
  }
}
