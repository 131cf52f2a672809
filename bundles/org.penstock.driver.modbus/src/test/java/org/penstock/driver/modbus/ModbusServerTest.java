package org.penstock.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetConfiguration;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.Quality;
import org.penstock.api.write.ChannelWriter;
import org.penstock.api.write.WriteOutcome;
import org.penstock.api.write.WriteSource;
import org.penstock.driver.modbus.codec.Table;
import org.penstock.driver.modbus.peers.PeerProcess;
import org.penstock.driver.modbus.server.AssetPlant;
import org.penstock.link.serial.SerialSettings;

/** An asset as registers, read and written by libmodbus (mbpoll) and by the driver. */
@Timeout(60)
class ModbusServerTest {

  private static final String MAP =
      """
      HOLDING_REGISTERS 0 level  FLOAT32 ABCD
      HOLDING_REGISTERS 2 speed  INT16   ABCD rw
      HOLDING_REGISTERS 3 target INT32   CDAB rw
      COILS             5 pump   rw
      INPUT_REGISTERS   0 name   STRING  ABCD 8
      INPUT_REGISTERS   9 broken INT16
      """;

  @TempDir Path folder;
  private final Map<String, ChannelState> states = new ConcurrentHashMap<>();
  private final List<Map<String, TypedValue<?>>> writes = new ArrayList<>();
  private final List<WriteSource> sources = new ArrayList<>();
  private volatile WriteOutcome.Result result = WriteOutcome.Result.WRITTEN;
  private volatile boolean present = true;
  private final AtomicInteger closed = new AtomicInteger();
  private ModbusLinks links;
  private ModbusServer server;

  @BeforeEach
  void open() throws Exception {
    links = new ModbusLinks();
    put("level", TypedValues.newFloatValue(1.5f));
    put("speed", TypedValues.newIntegerValue(-3));
    put("target", TypedValues.newIntegerValue(70_000));
    put("pump", TypedValues.newBooleanValue(true));
    put("name", TypedValues.newStringValue("tank 7"));
    states.put(
        "broken",
        new ChannelState(
            Quality.bad("wire cut"), Instant.now(), Optional.empty(), Optional.empty()));
    server = server(Map.of());
  }

  @AfterEach
  void close() {
    server.stop();
    links.close();
  }

  private void put(String channel, TypedValue<?> value) {
    Instant now = Instant.now();
    states.put(channel, new ChannelState(Quality.GOOD, now, Optional.of(value), Optional.of(now)));
  }

  private ModbusServer server(Map<String, Object> set) throws Exception {
    Map<String, Object> all = new HashMap<>(Map.of("register_map", MAP, "port", 0));
    all.put("listen_address", "127.0.0.1");
    all.putAll(set);
    AssetPlant plant =
        new AssetPlant(
            "tank",
            tracked(asset()),
            tracked((org.penstock.api.driver.ChannelStates) () -> Map.copyOf(states)),
            writer(),
            "s");
    return new ModbusServer("s", links, plant, Configs.server(all), health -> () -> {});
  }

  @Test
  void aServerThatCannotListenLeavesNoTrackersBehind() {
    assertThrows(IOException.class, () -> server(Map.of("port", server.port())));
    assertEquals(2, closed.get());
  }

  private <T> AssetPlant.Tracked<T> tracked(T service) {
    return new AssetPlant.Tracked<>() {
      @Override
      public T get() {
        return present ? service : null;
      }

      @Override
      public void close() {
        present = false;
        closed.incrementAndGet();
      }
    };
  }

  private Asset asset() {
    Map<String, Channel> channels = new HashMap<>();
    states.forEach(
        (name, state) ->
            channels.put(
                name,
                new Channel(
                    name,
                    ChannelType.READ_WRITE,
                    state.lastGood().map(TypedValue::getType).orElse(DataType.INTEGER),
                    new HashMap<>())));
    AssetConfiguration configuration = new AssetConfiguration("", "driver", channels);
    return (Asset)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Asset.class},
            (proxy, method, arguments) -> configuration);
  }

  private ChannelWriter writer() {
    return (ChannelWriter)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ChannelWriter.class},
            (proxy, method, arguments) -> {
              @SuppressWarnings("unchecked")
              Map<String, TypedValue<?>> values = (Map<String, TypedValue<?>>) arguments[1];
              writes.add(values);
              sources.add((WriteSource) arguments[2]);
              List<WriteOutcome> outcomes = new ArrayList<>();
              values.forEach(
                  (channel, value) -> {
                    outcomes.add(
                        new WriteOutcome(channel, result, "", Optional.empty(), Optional.empty()));
                    put(channel, value);
                  });
              return CompletableFuture.supplyAsync(() -> outcomes);
            });
  }

  private List<String> mbpoll(String... arguments) throws Exception {
    assumeTrue(PeerProcess.works("mbpoll", "-V"), "mbpoll is not installed");
    List<String> command = new ArrayList<>(List.of("mbpoll", "-0", "-1", "-a", "1"));
    command.addAll(List.of(arguments));
    try (PeerProcess peer = new PeerProcess(command.toArray(String[]::new))) {
      return peer.output();
    }
  }

  private List<String> tcp(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-m", "tcp", "-p", "" + server.port()));
    int values = 0;
    while (values < arguments.length && !arguments[values].equals("--")) {
      all.add(arguments[values++]);
    }
    all.add("127.0.0.1");
    for (int i = values + 1; i < arguments.length; i++) {
      all.add(arguments[i]);
    }
    return mbpoll(all.toArray(String[]::new));
  }

  private static void shows(List<String> output, String address, String value) {
    assertTrue(
        output.stream().anyMatch(line -> line.matches("\\[" + address + "\\]:\\s+" + value + ".*")),
        () -> address + " is not " + value + " in " + output);
  }

  /** If deleted: a SCADA system could read other values than the gateway has. */
  @Test
  void libmodbusReadsAllTables() throws Exception {
    List<String> holding = tcp("-t", "4", "-r", "0", "-c", "5");
    shows(holding, "0", "16320"); // 0x3fc0 0000 = 1.5
    shows(holding, "2", "65533");
    shows(holding, "3", "4464"); // 70000 = 0x0001 1170, low word first
    shows(holding, "4", "1");
    shows(tcp("-t", "0", "-r", "5"), "5", "1");
    shows(tcp("-t", "3", "-r", "0", "-c", "3"), "0", "29793"); // "ta"
  }

  /** If deleted: a SCADA system could write past the authority, or not at all. */
  @Test
  void libmodbusWritesThroughTheAuthority() throws Exception {
    tcp("-t", "4", "-r", "2", "--", "12");
    tcp("-t", "0", "-r", "5", "--", "0");
    tcp("-t", "4", "-r", "2", "--", "7", "34464", "1");
    assertEquals(
        List.of(
            Map.of("speed", TypedValues.newIntegerValue(12)),
            Map.of("pump", TypedValues.newBooleanValue(false)),
            Map.of(
                "speed", TypedValues.newIntegerValue(7),
                "target", TypedValues.newIntegerValue(100_000))),
        writes);
    assertEquals(new WriteSource(WriteSource.Kind.SCADA, "s"), sources.get(0));
    result = WriteOutcome.Result.REFUSED;
    List<String> refused = tcp("-t", "4", "-r", "2", "--", "1");
    assertTrue(refused.toString().contains("busy"), refused.toString());
  }

  /** If deleted: half a number, a read-only channel or nobody's register could be written. */
  @Test
  void whatMayNotBeWrittenIsRefused() throws Exception {
    for (String[] wrong :
        new String[][] {{"0", "1"}, {"3", "1"}, {"5", "1"}, {"1", "1"}, {"2", "1", "1"}}) {
      List<String> arguments = new ArrayList<>(List.of("-t", "4", "-r", wrong[0], "--"));
      arguments.addAll(List.of(wrong).subList(1, wrong.length));
      List<String> output = tcp(arguments.toArray(String[]::new));
      assertTrue(output.toString().contains("Illegal data address"), output.toString());
    }
    assertTrue(writes.isEmpty());
  }

  /** If deleted: an old value could look like a new one while a device is away. */
  @Test
  void badValuesAndAbsentAssetsAreExceptions() throws Exception {
    assertTrue(tcp("-t", "3", "-r", "9").toString().contains("Slave device or server failure"));
    assertTrue(tcp("-t", "3", "-r", "50").toString().contains("Illegal data address"));
    present = false;
    assertTrue(tcp("-t", "4", "-r", "0").toString().contains("Slave device or server failure"));
  }

  /** If deleted: anybody in the plant's network could read and write. */
  @Test
  void strangersAreCutOff() throws Exception {
    server.stop();
    present = true;
    server = server(Map.of("allowed_clients", "10.0.0.0/8"));
    List<String> output = tcp("-t", "4", "-r", "0");
    assertTrue(output.stream().noneMatch(line -> line.startsWith("[0]")), output.toString());
    assertTrue(output.toString().contains("failed"), output.toString());
  }

  /** If deleted: functions that mbpoll does not send could be wrong: 22 and 23. */
  @Test
  void theDriverReadsAndWritesIt() throws Exception {
    ModbusDriver driver =
        new ModbusDriver(
            "d",
            links,
            null,
            Configs.of(
                Map.of(
                    "port",
                    server.port(),
                    "host",
                    "127.0.0.1",
                    "write_readback",
                    ModbusDriverConfig.ReadBack.READ_WRITE)),
            health -> () -> {});
    put("speed", TypedValues.newIntegerValue(0x0f0f));
    ChannelRecord part =
        Channels.write(
            "p", TypedValues.newIntegerValue(0x11), 1, Table.HOLDING_REGISTERS, "2", "UINT8_HIGH");
    driver.write(List.of(part));
    assertTrue(Plant.good(part), part + "");
    assertEquals(TypedValues.newIntegerValue(0x110f), writes.get(0).get("speed"));
    ChannelRecord both =
        Channels.write(
            "b", TypedValues.newIntegerValue(-5), 1, Table.HOLDING_REGISTERS, "2", "INT16");
    driver.write(List.of(both));
    assertTrue(Plant.good(both), both + "");
    driver.stop();
  }

  /** If deleted: the serial server could disturb the line or answer for others. */
  @Test
  void libmodbusOverALine() throws Exception {
    assumeTrue(PeerProcess.works("socat", "-V"), "socat is not installed");
    Path ours = folder.resolve("ours");
    Path theirs = folder.resolve("theirs");
    String[] socat = {
      "socat", "-d", "-d", "pty,raw,echo=0,link=" + ours, "pty,raw,echo=0,link=" + theirs
    };
    try (PeerProcess line = new PeerProcess(socat)) {
      line.await("starting data transfer");
      server.stop();
      present = true;
      server =
          server(
              Map.of(
                  "server_type", ModbusServerConfig.ServerType.RTU,
                  "serial_device", ours.toString(),
                  "serial_parity", SerialSettings.Parity.NONE));
      String[] read = {
        "-m", "rtu", "-b", "19200", "-P", "none", "-t", "4", "-r", "2", "-o", "3", theirs + ""
      };
      shows(mbpoll(read), "2", "65533");
      String[] other = {
        "-m", "rtu", "-b", "19200", "-P", "none", "-t", "4", "-a", "9", "-r", "2", theirs + ""
      };
      List<String> silent = mbpoll(other);
      assertTrue(silent.toString().contains("timed out"), silent.toString());
      String[] write = {
        "-m", "rtu", "-b", "19200", "-P", "none", "-t", "4", "-r", "2", "-o", "3", theirs + "", "44"
      };
      mbpoll(write);
      assertEquals(TypedValues.newIntegerValue(44), writes.get(0).get("speed"));
    }
  }

  /** If deleted: a mistake in the map could only be found by wrong values. */
  @Test
  void wrongLinesAreNamed() {
    for (String line :
        List.of(
            "HOLDING_REGISTERS 0",
            "REGISTERS 0 level",
            "INPUT_REGISTERS 0 level INT16 ABCD rw",
            "HOLDING_REGISTERS x level",
            "HOLDING_REGISTERS 0 level INT32\nHOLDING_REGISTERS 1 speed")) {
      DriverException wrong =
          assertThrows(DriverException.class, () -> server(Map.of("register_map", line)));
      assertTrue(wrong.getMessage().contains("register.map"), wrong.getMessage());
    }
    assertThrows(
        DriverException.class, () -> server(Map.of("allowed_clients", "everybody.example")));
  }

  /** If deleted: a renamed pid would orphan every configured server. */
  @Test
  void pidStays() {
    assertEquals("org.penstock.driver.modbus.server", ModbusServerConfig.FACTORY_PID);
  }
}
