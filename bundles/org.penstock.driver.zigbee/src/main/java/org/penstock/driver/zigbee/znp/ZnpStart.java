package org.penstock.driver.zigbee.znp;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.penstock.driver.zigbee.codec.ByteReader;
import org.penstock.driver.zigbee.codec.ByteWriter;
import org.penstock.driver.zigbee.codec.ZnpFrame;
import org.penstock.driver.zigbee.stick.NetworkBackup;
import org.penstock.driver.zigbee.stick.NetworkSettings;
import org.penstock.driver.zigbee.stick.NetworkState;

/**
 * Brings a stick from any state to a running network: resumes the one that it has, forms one when it
 * has none. It never forms over one that it has: devices would be lost. Every wait is bounded. Blocks:
 * not for the reader's thread.
 */
final class ZnpStart {

  static final int UTIL = 7;
  static final int ZDO = 5;
  static final int AF = 4;
  static final int LOCAL_ENDPOINT = 1;

  static final int APP_CNF = 15;
  private static final int SAPI = 6;
  private static final int COORDINATOR_UP = 9;
  private static final byte CONFIGURED = 0x55;
  private static final int Z_STACK_12 = 0;
  private static final int ALREADY_REGISTERED = 0xB8;
  private static final Duration COMMISSIONING = Duration.ofSeconds(40);
  private static final Duration RESET = Duration.ofSeconds(15);
  private static final byte SKIP_BOOT_LOADER = (byte) 0xEF;
  private static final int PINGS = 3;

  private final ZnpLink link;
  private final ZnpMemory memory;
  private final NetworkSettings wanted;
  private final SecureRandom random = new SecureRandom();

  ZnpStart(ZnpLink link, NetworkSettings wanted) {
    this.link = link;
    this.memory = new ZnpMemory(link);
    this.wanted = wanted;
  }

  NetworkState run(Optional<NetworkBackup> backup) throws IOException, InterruptedException {
    link.raw(SKIP_BOOT_LOADER);
    ping();
    ByteReader version = new ByteReader(ask(ZnpMemory.SYS, 0x02).data());
    version.u8();
    int product = version.u8();
    String text =
        "Z-Stack product %d, %d.%d.%d".formatted(product, version.u8(), version.u8(), version.u8());
    boolean formed = !hasNetwork(product);
    if (formed) {
      form(product, backup);
    } else {
      memory.write(ZnpMemory.DIRECT_CALLBACKS, (byte) 1);
      up();
    }
    registerEndpoint();
    NetworkState state = state(text, formed);
    wanted.check(state);
    return state;
  }

  private void ping() throws IOException, InterruptedException {
    IOException last = null;
    for (int i = 0; i < PINGS; i++) {
      try {
        ask(ZnpMemory.SYS, 0x01);
        return;
      } catch (IOException silent) {
        last = silent;
      }
    }
    throw new IOException(
        "the stick does not answer; is it one with Z-Stack firmware (ZNP)? " + last.getMessage(),
        last);
  }

  private boolean hasNetwork(int product) throws IOException, InterruptedException {
    Optional<byte[]> mark = memory.read(mark(product));
    return mark.isPresent() && mark.get().length > 0 && mark.get()[0] == CONFIGURED;
  }

  private static int mark(int product) {
    return product == Z_STACK_12 ? ZnpMemory.CONFIGURED_12 : ZnpMemory.CONFIGURED_3X;
  }

  /** Starts the network that the stick has, unless it runs already. */
  private void up() throws IOException, InterruptedException {
    if (deviceState() == COORDINATOR_UP) {
      return;
    }
    CompletableFuture<ZnpFrame> up = link.await(ZnpStart::isUp, COMMISSIONING);
    ask(ZDO, 0x40, new ByteWriter().u16(100).toBytes()); // start up from the application, 100 ms
    waitFor(up, "the network did not come up");
  }

  private int deviceState() throws IOException, InterruptedException {
    ByteReader info = new ByteReader(ask(UTIL, 0x00).data());
    info.bytes(1 + 8 + 2 + 1);
    return info.u8();
  }

  private void form(int product, Optional<NetworkBackup> backup)
      throws IOException, InterruptedException {
    NetworkSettings network = backup.map(NetworkBackup::settings).orElse(wanted);
    memory.write(ZnpMemory.STARTUP_OPTION, (byte) 0x02); // forget the network at the next reset
    reset();
    memory.write(ZnpMemory.STARTUP_OPTION, (byte) 0);
    memory.write(ZnpMemory.LOGICAL_TYPE, (byte) 0); // coordinator
    memory.write(ZnpMemory.KEYS_ENABLED, (byte) 0); // the key is told to those that join
    memory.write(ZnpMemory.DIRECT_CALLBACKS, (byte) 1);
    byte[] channels = new ByteWriter().u32(1L << network.channel()).toBytes();
    memory.write(ZnpMemory.CHANNELS, channels);
    memory.write(ZnpMemory.PAN_ID, new ByteWriter().u16(panId(network)).toBytes());
    byte[] extended = new ByteWriter().u64(extendedPanId(network)).toBytes();
    memory.write(ZnpMemory.EXTENDED_PAN_ID, extended);
    writeKey(product, network.key());
    CompletableFuture<ZnpFrame> up = link.await(ZnpStart::isUp, COMMISSIONING);
    if (product == Z_STACK_12) {
      ask(ZDO, 0x40, new ByteWriter().u16(100).toBytes());
    } else {
      memory.demand(channels(1, channels), "take the channel");
      memory.demand(channels(0, new byte[4]), "take the second channels");
      memory.demand(ZnpFrame.sreq(APP_CNF, 0x05, (byte) 4), "form a network");
    }
    waitFor(up, "the network was not formed");
    if (backup.isPresent()) {
      ZnpBackup.of(memory).counter(backup.get());
      reset(); // takes the counter
      memory.write(ZnpMemory.DIRECT_CALLBACKS, (byte) 1);
      up();
    }
    memory.write(mark(product), CONFIGURED); // last: what broke off before begins anew
  }

  private static ZnpFrame channels(int primary, byte[] mask) {
    return ZnpFrame.sreq(APP_CNF, 0x08, new ByteWriter().u8(primary).bytes(mask).toBytes());
  }

  private int panId(NetworkSettings network) {
    return network.panId() == 0 ? 1 + random.nextInt(0xFFFD) : network.panId();
  }

  private long extendedPanId(NetworkSettings network) {
    return network.extendedPanId() == 0 ? random.nextLong() : network.extendedPanId();
  }

  private void writeKey(int product, byte... wantedKey) throws IOException, InterruptedException {
    byte[] key = wantedKey;
    if (key.length == 0) {
      key = new byte[16];
      random.nextBytes(key);
    }
    if (product == Z_STACK_12) {
      byte[] data = new ByteWriter().u8(ZnpMemory.NETWORK_KEY).u8(key.length).bytes(key).toBytes();
      memory.demand(ZnpFrame.sreq(SAPI, 0x05, data), "take the network key");
    } else {
      memory.write(ZnpMemory.NETWORK_KEY, key);
    }
  }

  private void reset() throws IOException, InterruptedException {
    CompletableFuture<ZnpFrame> done =
        link.await(frame -> frame.is(ZnpFrame.Type.AREQ, ZnpMemory.SYS, 0x80), RESET);
    link.tell(new ZnpFrame(ZnpFrame.Type.AREQ, ZnpMemory.SYS, 0x00, new byte[] {1}));
    waitFor(done, "the stick did not come back from its reset");
  }

  private void registerEndpoint() throws IOException, InterruptedException {
    byte[] endpoint =
        new ByteWriter()
            .u8(LOCAL_ENDPOINT)
            .u16(0x0104) // home automation
            .u16(0x0005) // configuration tool
            .u8(0)
            .u8(0)
            .u8(0) // no clusters to find: devices need none to report
            .u8(0)
            .toBytes();
    int status = new ByteReader(ask(AF, 0x00, endpoint).data()).u8();
    if (status != 0 && status != ALREADY_REGISTERED) {
      throw new IOException("the stick refuses our endpoint (status " + status + ")");
    }
  }

  private NetworkState state(String version, boolean formed)
      throws IOException, InterruptedException {
    ByteReader device = new ByteReader(ask(UTIL, 0x00).data());
    device.u8();
    long ieee = device.u64();
    ByteReader network = new ByteReader(ask(ZDO, 0x50).data());
    network.u16(); // our own short address
    network.u8(); // state
    int panId = network.u16();
    network.u16(); // parent
    long extended = network.u64();
    network.u64(); // parent's
    int channel = network.u8();
    String ignored =
        formed ? "" : wanted.ignored(channel, ZnpBackup.of(memory).key().orElse(new byte[0]));
    return new NetworkState(ieee, panId, extended, channel, version, formed, ignored);
  }

  private static boolean isUp(ZnpFrame frame) {
    return frame.is(ZnpFrame.Type.AREQ, ZDO, 0xC0)
        && frame.data().length > 0
        && frame.data()[0] == COORDINATOR_UP;
  }

  private static void waitFor(CompletableFuture<ZnpFrame> event, String otherwise)
      throws IOException, InterruptedException {
    try {
      ZnpMemory.get(event, COMMISSIONING);
    } catch (IOException late) {
      throw new IOException(otherwise + ": " + late.getMessage(), late);
    }
  }

  private ZnpFrame ask(int subsystem, int command, byte... data)
      throws IOException, InterruptedException {
    return memory.ask(ZnpFrame.sreq(subsystem, command, data));
  }
}
