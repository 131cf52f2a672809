package org.penstock.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.ssl.SslManagerService;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.penstock.driver.modbus.ModbusDriverConfig.AccessType;
import org.penstock.driver.modbus.ModbusDriverConfig.ReadBack;
import org.penstock.driver.modbus.codec.Table;
import org.penstock.driver.modbus.peers.FreePort;
import org.penstock.driver.modbus.peers.J2modServer;
import org.penstock.driver.modbus.peers.PeerProcess;
import org.penstock.driver.modbus.peers.TestKeys;
import org.penstock.link.serial.SerialSettings;

/**
 * The driver against servers that are none of ours, by transport. Which function was tried with which
 * peer stands in the README's table. If deleted: codec and simulator could share a mistake.
 */
@Timeout(60)
class PeersTest {

  private static final int UNKNOWN = -1;

  @TempDir Path folder;
  private final List<AutoCloseable> started = new ArrayList<>();
  private ModbusLinks links;

  @BeforeEach
  void open() throws IOException {
    links = new ModbusLinks();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = started.size() - 1; i >= 0; i--) {
      started.get(i).close();
    }
    links.close();
  }

  private <T extends AutoCloseable> T keep(T closeable) {
    started.add(closeable);
    return closeable;
  }

  private ModbusDriver driver(AccessType type, int port, Map<String, Object> set) throws Exception {
    return driver(type, port, set, null);
  }

  private ModbusDriver driver(
      AccessType type, int port, Map<String, Object> set, SslManagerService keys) throws Exception {
    Map<String, Object> all = new HashMap<>(set);
    all.put("access_type", type);
    all.put("port", Math.max(0, port));
    all.put("host", "127.0.0.1");
    all.put("timeout_ms", 3000);
    all.put("serial_parity", SerialSettings.Parity.NONE);
    ModbusDriver driver =
        new ModbusDriver("peers", links, keys, Configs.of(all), health -> () -> {});
    started.add(driver::stop);
    return driver;
  }

  /** Two ends of a line that isn't there. */
  private Path[] line() throws Exception {
    assumeTrue(PeerProcess.works("socat", "-V"), "socat is not installed");
    Path ours = folder.resolve("ours");
    Path theirs = folder.resolve("theirs");
    PeerProcess socat =
        keep(
            new PeerProcess(
                "socat",
                "-d",
                "-d",
                "pty,raw,echo=0,link=" + ours,
                "pty,raw,echo=0,link=" + theirs));
    socat.await("starting data transfer");
    return new Path[] {ours, theirs};
  }

  @ParameterizedTest
  @EnumSource(
      value = AccessType.class,
      names = {"TCP", "UDP", "RTU_OVER_TCP", "ASCII_OVER_TCP"})
  void pymodbusOverNetworks(AccessType type) throws Exception {
    int port = FreePort.find();
    pymodbus(type.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), "" + port);
    everyFunctionOfAllPeers(driver(type, port, Map.of()));
    pymodbusKnows(driver(type, port, Map.of()));
  }

  @ParameterizedTest
  @EnumSource(
      value = AccessType.class,
      names = {"RTU", "ASCII"})
  void pymodbusOverALine(AccessType type) throws Exception {
    Path[] line = line();
    pymodbus(type.name().toLowerCase(java.util.Locale.ROOT), line[1].toString());
    ModbusDriver driver = driver(type, UNKNOWN, Map.of("serial_device", line[0].toString()));
    everyFunctionOfAllPeers(driver);
    pymodbusKnows(driver);
  }

  /** The device wants a client certificate, and gets it. */
  @Test
  void pymodbusOverTls() throws Exception {
    int port = FreePort.find();
    TestKeys keys = new TestKeys(folder);
    pymodbus("tls", "" + port, keys.serverCertificate(), keys.serverKey(), keys.authority());
    everyFunctionOfAllPeers(driver(AccessType.TLS, port, Map.of(), keys.client()));
  }

  /** If deleted: anybody in between could play the device. */
  @Test
  void tlsRefusesADeviceThatNobodyVouchesFor() throws Exception {
    int port = FreePort.find();
    TestKeys keys = new TestKeys(folder);
    pymodbus("tls", "" + port, keys.serverCertificate(), keys.serverKey(), keys.authority());
    ModbusDriver driver = driver(AccessType.TLS, port, Map.of(), keys.stranger());
    ChannelRecord record = Channels.holding("a", DataType.INTEGER, 1, "UINT16");
    org.junit.jupiter.api.Assertions.assertThrows(
        org.eclipse.kura.driver.Driver.ConnectionException.class,
        () -> driver.read(List.of(record)));
  }

  @Test
  void libmodbusOverTcp() throws Exception {
    int port = FreePort.find();
    libmodbus("tcp", "" + port);
    everyFunctionOfAllPeers(driver(AccessType.TCP, port, Map.of()));
  }

  @Test
  void libmodbusOverALine() throws Exception {
    Path[] line = line();
    libmodbus("rtu", line[1].toString());
    everyFunctionOfAllPeers(
        driver(AccessType.RTU, UNKNOWN, Map.of("serial_device", line[0].toString())));
  }

  /** If deleted: two instances could open the same line and talk over each other. */
  @Test
  void twoInstancesShareOneLine() throws Exception {
    Path[] line = line();
    libmodbus("rtu", line[1].toString());
    Map<String, Object> set = Map.of("serial_device", line[0].toString());
    List<CompletableFuture<List<ChannelRecord>>> reads = new ArrayList<>();
    for (int instance = 0; instance < 2; instance++) {
      List<ChannelRecord> records =
          List.of(
              Channels.with(
                  read("a", DataType.INTEGER, Table.HOLDING_REGISTERS, 10 + instance, "UINT16"),
                  ModbusChannel.ALONE,
                  "true"),
              read("b", DataType.INTEGER, Table.HOLDING_REGISTERS, 20 + instance, "UINT16"));
      ModbusDriver driver = driver(AccessType.RTU, UNKNOWN, set);
      for (int i = 0; i < 10; i++) {
        reads.add(driver.readAsync(driver.prepareRead(records)).toCompletableFuture());
      }
    }
    for (int i = 0; i < reads.size(); i++) {
      int address = 10 + i / 10;
      List<ChannelRecord> records = reads.get(i).get(60, TimeUnit.SECONDS);
      assertEquals(3 * address, records.get(0).getValue().getValue());
      assertEquals(3 * address + 30, records.get(1).getValue().getValue());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = AccessType.class,
      names = {"TCP", "RTU_OVER_TCP"}) // its UDP server stops by itself after an error of its own
  void j2modOverNetworks(AccessType type) throws Exception {
    int port = FreePort.find();
    keep(new J2modServer(type.name(), port));
    ModbusDriver driver = driver(type, port, Map.of());
    everyFunctionOfAllPeers(driver);
    j2modKnows(driver);
  }

  private void pymodbus(String... arguments) throws Exception {
    assumeTrue(PeerProcess.works("/usr/bin/python3", "-c", "import pymodbus"), "no pymodbus here");
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-u"));
    command.add(PeerProcess.resource("pymodbus_server.py", folder).toString());
    command.addAll(List.of(arguments));
    keep(new PeerProcess(command.toArray(String[]::new))).await("ready");
  }

  private void libmodbus(String transport, String where) throws Exception {
    assumeTrue(
        PeerProcess.works("sh", "-c", "gcc --version && test -e /usr/include/modbus/modbus.h"),
        "no gcc or libmodbus-dev here");
    Path program =
        PeerProcess.compile("libmodbus_server.c", folder, "-I/usr/include/modbus", "-lmodbus");
    keep(new PeerProcess(program.toString(), transport, where)).await("ready");
  }

  /** Functions 1 to 6, 15, 16, 22, 23. */
  private static void everyFunctionOfAllPeers(ModbusDriver driver) throws Exception {
    List<ChannelRecord> records = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      records.add(read("c" + i, DataType.INTEGER, Table.COILS, i, "BOOL"));
      records.add(read("d" + i, DataType.INTEGER, Table.DISCRETE_INPUTS, i, "BOOL"));
      records.add(read("h" + i, DataType.INTEGER, Table.HOLDING_REGISTERS, i, "UINT16"));
      records.add(read("i" + i, DataType.INTEGER, Table.INPUT_REGISTERS, i, "UINT16"));
    }
    driver.read(records);
    for (ChannelRecord record : records) {
      int address = Integer.parseInt(record.getChannelName().substring(1));
      boolean bit = record.getChannelName().charAt(0) < 'h';
      assertTrue(Plant.good(record), () -> record + "");
      Object expected = bit ? address % 3 == 0 ? 1 : 0 : 3 * address;
      assertEquals(expected, record.getValue().getValue(), record.getChannelName());
    }
    written(driver, Table.COILS, 300, "BOOL", TypedValues.newBooleanValue(false)); // 5
    written(driver, Table.HOLDING_REGISTERS, 300, "INT16", TypedValues.newIntegerValue(-7)); // 6
    written(
        driver, Table.HOLDING_REGISTERS, 310, "FLOAT64", TypedValues.newDoubleValue(1e-9)); // 16
    List<ChannelRecord> coils = new ArrayList<>();
    for (int i = 0; i < 19; i++) {
      TypedValue<?> on = TypedValues.newBooleanValue(i % 2 == 0);
      coils.add(Channels.write("w" + i, on, 1, Table.COILS, "" + (400 + i), "BOOL"));
    }
    driver.write(coils); // 15
    for (int i = 0; i < 19; i++) {
      assertTrue(Plant.good(coils.get(i)), coils.get(i) + "");
      assertEquals(i % 2 == 0, value(driver, Table.COILS, 400 + i, "BOOL", DataType.BOOLEAN));
    }
    written(driver, Table.HOLDING_REGISTERS, 310, "INT8_LOW", TypedValues.newIntegerValue(5)); // 22
  }

  private void readAndWriteInOne(AccessType type, int port, Map<String, Object> set)
      throws Exception {
    Map<String, Object> all = new HashMap<>(set);
    all.put("write_readback", ReadBack.READ_WRITE);
    ModbusDriver driver = driver(type, port, all);
    written(driver, Table.HOLDING_REGISTERS, 320, "UINT32", TypedValues.newLongValue(123_456));
  }

  /** Function 23 on every peer; one driver for each way of reading back. */
  @Test
  void function23() throws Exception {
    int first = FreePort.find();
    libmodbus("tcp", "" + first);
    readAndWriteInOne(AccessType.TCP, first, Map.of());
    int second = FreePort.find();
    pymodbus("tcp", "" + second);
    readAndWriteInOne(AccessType.TCP, second, Map.of());
    int third = FreePort.find();
    keep(new J2modServer("TCP", third));
    readAndWriteInOne(AccessType.TCP, third, Map.of());
  }

  private static void pymodbusKnows(ModbusDriver driver) throws Exception {
    assertEquals("peer", text(driver, Table.IDENTIFICATION, "0"));
    assertEquals("PYM", text(driver, Table.IDENTIFICATION, "1"));
    value(driver, Table.EXCEPTION_STATUS, 0, "UINT8_LOW", DataType.INTEGER); // 7
    assertEquals(0, value(driver, Table.DIAGNOSTICS, 12, "UINT16", DataType.INTEGER)); // 8
    value(driver, Table.EVENT_COUNTER, 0, "UINT16", DataType.INTEGER); // 11
  }

  private static void j2modKnows(ModbusDriver driver) throws Exception {
    ChannelRecord file = at("file", DataType.INTEGER, Table.FILE_RECORDS, "4/1", "UINT16");
    driver.read(List.of(file)); // 20
    assertTrue(Plant.good(file), file + "");
    assertEquals(J2modServer.FILE_VALUE, file.getValue().getValue());
    ChannelRecord write =
        Channels.write(
            "file", TypedValues.newIntegerValue(4321), 1, Table.FILE_RECORDS, "4/2", "UINT16");
    driver.write(List.of(write)); // 21
    assertTrue(Plant.good(write), write + "");
    ChannelRecord back = at("file", DataType.INTEGER, Table.FILE_RECORDS, "4/2", "UINT16");
    driver.read(List.of(back));
    assertEquals(4321, back.getValue().getValue());
  }

  private static ChannelRecord read(
      String name, DataType type, Table table, int address, String format) {
    return at(name, type, table, Integer.toString(address), format);
  }

  private static ChannelRecord at(
      String name, DataType type, Table table, String address, String format) {
    return Channels.read(name, type, 1, table, address, format);
  }

  private static Object value(
      ModbusDriver driver, Table table, int address, String format, DataType type)
      throws Exception {
    ChannelRecord record = read("v", type, table, address, format);
    driver.read(List.of(record));
    assertTrue(Plant.good(record), table + ": " + record);
    return record.getValue().getValue();
  }

  private static String text(ModbusDriver driver, Table table, String address) throws Exception {
    ChannelRecord record = at("t", DataType.STRING, table, address, "STRING");
    Channels.with(record, ModbusChannel.LENGTH, "100");
    driver.read(List.of(record));
    assertTrue(Plant.good(record), table + ": " + record);
    return record.getValue().getValue().toString();
  }

  private static void written(
      ModbusDriver driver, Table table, int address, String format, TypedValue<?> value)
      throws Exception {
    ChannelRecord record = Channels.write("w", value, 1, table, "" + address, format);
    driver.write(List.of(record));
    assertTrue(Plant.good(record), table + " " + address + ": " + record);
    assertEquals(value.getValue(), value(driver, table, address, format, value.getType()));
  }
}
