package org.penstock.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.eclipse.kura.type.DataType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.driver.modbus.peers.FreePort;
import org.penstock.driver.modbus.peers.PeerProcess;

/**
 * The measuring rig's simulator, whose registers tell when and at which address they were read, with
 * each of its faults at five percent.
 */
@Timeout(60)
class MbsimTest {

  private static final int TIMEOUT_MS = 200;
  private static final int UNIT = 1;

  @TempDir static Path folder;
  private static Path program;

  @BeforeAll
  static void compile() throws Exception {
    assumeTrue(PeerProcess.works("gcc", "--version"), "no gcc here");
    program = PeerProcess.compile("mbsim.c", folder);
  }

  private static List<ChannelRecord> records(int count) {
    List<ChannelRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(Channels.holding("r" + 4 * i, DataType.INTEGER, 4 * i, "UINT16"));
    }
    return records;
  }

  /** Milliseconds since the device made the value; huge when it belongs to another address. */
  private static int age(ChannelRecord record) {
    int address = Integer.parseInt(record.getChannelName().substring(1));
    long tick = System.currentTimeMillis() & 0xffff;
    int value = (Integer) record.getValue().getValue();
    return (int) (tick - (value - 7L * address - 131L * UNIT) & 0xffff);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--bad-tid 5",
        "--bad-unit 5",
        "--bad-len 5",
        "--trunc 5",
        "--garbage 5",
        "--dup 5",
        "--late 5:700",
        "--split 5",
        "--silent 5",
        "--exc 5",
        "--drop 5"
      })
  void faults(String fault) throws Exception {
    int port = FreePort.find();
    List<String> command = new ArrayList<>(List.of(program.toString(), "--port", "" + port));
    command.addAll(List.of(fault.split(" ")));
    try (PeerProcess peer = new PeerProcess(command.toArray(String[]::new));
        Plant plant = new Plant()) {
      awaitListening(port); // a refused connection would be tried again only after a while
      ModbusPreparedRead prepared =
          plant.driver(Map.of("port", port, "timeout_ms", TIMEOUT_MS)).prepareRead(records(250));
      int asked = 0;
      int good = 0;
      for (int i = 0; i < 100; i++) {
        long begin = System.nanoTime();
        boolean answered = read(prepared);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertTrue(millis < 5 * (TIMEOUT_MS + 100), fault + " took " + millis + " ms");
        asked += i < 5 ? 0 : 250; // it may still be starting
        for (ChannelRecord record :
            answered ? prepared.getChannelRecords() : List.<ChannelRecord>of()) {
          if (Plant.good(record)) {
            good += i < 5 ? 0 : 1;
            assertTrue(age(record) < 5_000, () -> fault + ": " + record);
          }
        }
      }
      assertTrue(good > 0.8 * asked, fault + ": " + good + " of " + asked);
    }
  }

  private static void awaitListening(int port) {
    for (int tries = 0; tries < 1000; tries++) {
      try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        LockSupport.parkNanos(10_000_000);
      }
    }
    throw new AssertionError("the simulator does not listen on port " + port);
  }

  private static boolean read(ModbusPreparedRead prepared) {
    try {
      prepared.execute();
      return true;
    } catch (ConnectionException wholly) {
      return false;
    }
  }

  /** If deleted: one register that a device does not have could take others with it. */
  @Test
  void oneHoleInAThousandCostsThatTagAlone() throws Exception {
    int port = FreePort.find();
    try (PeerProcess peer =
            new PeerProcess(program.toString(), "--port", "" + port, "--holes", "500");
        Plant plant = new Plant()) {
      List<ChannelRecord> records = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        records.add(Channels.holding("r" + i, DataType.INTEGER, i, "UINT16"));
      }
      ModbusPreparedRead prepared = plant.driver(Map.of("port", port)).prepareRead(records);
      long end = System.nanoTime() + 20_000_000_000L;
      while (!read(prepared) && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertEquals(999, prepared.getChannelRecords().stream().filter(Plant::good).count());
    }
  }
}
