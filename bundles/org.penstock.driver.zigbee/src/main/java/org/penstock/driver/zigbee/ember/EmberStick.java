package org.penstock.driver.zigbee.ember;

import com.zsmartsystems.zigbee.ExtendedPanId;
import com.zsmartsystems.zigbee.IeeeAddress;
import com.zsmartsystems.zigbee.ZigBeeChannel;
import com.zsmartsystems.zigbee.ZigBeeNodeStatus;
import com.zsmartsystems.zigbee.ZigBeeNwkAddressMode;
import com.zsmartsystems.zigbee.ZigBeeStatus;
import com.zsmartsystems.zigbee.aps.ZigBeeApsFrame;
import com.zsmartsystems.zigbee.security.MmoHash;
import com.zsmartsystems.zigbee.security.ZigBeeKey;
import com.zsmartsystems.zigbee.transport.TransportConfig;
import com.zsmartsystems.zigbee.transport.TransportConfigOption;
import com.zsmartsystems.zigbee.transport.TrustCentreJoinMode;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportProgressState;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportReceive;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportState;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.penstock.driver.zigbee.codec.ByteWriter;
import org.penstock.driver.zigbee.link.StickLine;
import org.penstock.driver.zigbee.stick.NetworkBackup;
import org.penstock.driver.zigbee.stick.NetworkSettings;
import org.penstock.driver.zigbee.stick.NetworkState;
import org.penstock.driver.zigbee.stick.Stick;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stick with EmberZNet (EZSP 4 to 13) by the library's dongle. What waits for the stick is asked in a
 * thread of this stick's own, never in the caller's.
 */
public final class EmberStick implements Stick {

  private static final Logger LOG = LoggerFactory.getLogger(EmberStick.class);
  private static final Duration CONFIRM = Duration.ofSeconds(9);
  private static final Duration OPENING = Duration.ofSeconds(60);
  private static final Duration SHUTDOWN = Duration.ofMillis(300);
  private static final String STOPS = "the driver stops";
  private static final int NOT_ACKNOWLEDGED = 0xE9;
  private static final int MOST_WAITING = 16;
  private static final int REFUSED = 1;
  private static final int PERMIT_JOIN = 0x0036;
  private static final int ALL_ENDPOINTS = 0xFF;
  private static final int FIRST_BROADCAST = 0xFFF8;
  private static final String WELL_KNOWN_LINK_KEY = "5A6967426565416C6C69616E63653039";

  private final String name;
  private final EmberPort port;
  private final NetworkSettings settings;
  private final Consumer<String> lost;
  private final ThreadPoolExecutor caller;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<EmberTransport> dongle = new AtomicReference<>();
  private final AtomicReference<NetworkState> state = new AtomicReference<>();
  private final AtomicReference<ZigBeeTransportReceive> receiver = new AtomicReference<>();
  private final AtomicInteger tags = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Integer>> confirms = new ConcurrentHashMap<>();

  /** A stick that is not open yet; see {@link Stick.Maker}. */
  public EmberStick(
      String name,
      StickLine.Opener opener,
      NetworkSettings settings,
      Duration answerLimit,
      Consumer<String> lost) {
    this.name = name;
    this.settings = settings;
    this.lost = lost;
    this.port = new EmberPort(name, opener, this::lineLost);
    this.caller =
        new ThreadPoolExecutor(
            1,
            1,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, name + "-ezsp");
              thread.setDaemon(true);
              return thread;
            });
    caller.allowCoreThreadTimeOut(true);
  }

  private void lineLost(String why) {
    if (!closed.get()) {
      fail(new IOException(why));
      lost.accept(why);
    }
  }

  private void fail(IOException why) {
    confirms.values().forEach(confirm -> confirm.completeExceptionally(why));
  }

  @Override
  public NetworkState open(Optional<NetworkBackup> backup)
      throws IOException, InterruptedException {
    EmberTransport fresh = DongleLoader.dongle(port);
    dongle.set(fresh);
    if (closed.get()) {
      throw new IOException(STOPS);
    }
    fresh.setZigBeeTransportReceive(new Incoming());
    Future<NetworkState> opening = caller.submit(() -> bringUp(fresh, backup));
    try {
      return opening.get(OPENING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause().getMessage(), failed.getCause());
    } catch (TimeoutException late) {
      throw new IOException(refused("is not up after " + OPENING.toSeconds() + " s"), late);
    }
  }

  /** In the stick's own thread: the library hears no interruption. */
  private NetworkState bringUp(EmberTransport fresh, Optional<NetworkBackup> backup)
      throws IOException {
    if (fresh.initialize() != ZigBeeStatus.SUCCESS) {
      throw new IOException(refused("does not answer as one with EmberZNet (EZSP 4 to 13)"));
    }
    ZigBeeStatus status = fresh.startup(false);
    boolean formed = status == ZigBeeStatus.NO_NETWORK;
    if (formed && backup.isPresent()) {
      restore(fresh, backup.get());
    } else if (formed) {
      form(fresh);
    } else if (status != ZigBeeStatus.SUCCESS) {
      throw new IOException(refused("does not start its network (" + status + ")"));
    }
    TransportConfig joining =
        new TransportConfig(
            TransportConfigOption.TRUST_CENTRE_JOIN_MODE, TrustCentreJoinMode.TC_JOIN_INSECURE);
    fresh.updateTransportConfig(joining); // who may join is told by permit join
    NetworkState now = state(fresh, formed);
    settings.check(now);
    state.set(now);
    return now;
  }

  private String refused(String what) {
    return port.problem().isEmpty() ? "the stick " + what : port.problem();
  }

  private void restore(EmberTransport fresh, NetworkBackup backup) throws IOException {
    byte[] linkKey = HexFormat.of().parseHex(WELL_KNOWN_LINK_KEY);
    if (!fresh.restore(backup, linkKey) || fresh.startup(false) != ZigBeeStatus.SUCCESS) {
      throw new IOException(refused("does not take the network of the backup"));
    }
  }

  private void form(EmberTransport fresh) throws IOException {
    SecureRandom random = new SecureRandom();
    long extended = settings.extendedPanId() == 0 ? random.nextLong() : settings.extendedPanId();
    fresh.setZigBeeChannel(ZigBeeChannel.create(settings.channel()));
    // both, or the library draws both
    fresh.setZigBeePanId(settings.panId() == 0 ? 1 + random.nextInt(0xFFFD) : settings.panId());
    fresh.setZigBeeExtendedPanId(
        new ExtendedPanId(new BigInteger(Long.toUnsignedString(extended))));
    byte[] key = settings.key();
    if (key.length == 0) {
      key = new byte[16];
      random.nextBytes(key);
    }
    fresh.setZigBeeNetworkKey(new ZigBeeKey(unsigned(key)));
    fresh.setTcLinkKey(new ZigBeeKey(WELL_KNOWN_LINK_KEY));
    ZigBeeStatus status = fresh.startup(true);
    if (status != ZigBeeStatus.SUCCESS) {
      throw new IOException(refused("does not form a network (" + status + ")"));
    }
  }

  private NetworkState state(EmberTransport from, boolean formed) throws IOException {
    IeeeAddress ieee = from.getIeeeAddress();
    if (ieee == null || from.getZigBeeChannel() == null) {
      throw new IOException(refused("does not tell its network"));
    }
    int channel = from.getZigBeeChannel().getChannel();
    return new NetworkState(
        number(ieee.getValue()),
        from.getZigBeePanId(),
        number(from.getZigBeeExtendedPanId().getValue()),
        channel,
        from.getVersionString(),
        formed,
        formed ? "" : settings.ignored(channel, from.networkKey()));
  }

  /** Octets, least significant first. */
  private static long number(int... octets) {
    long number = 0;
    for (int i = 0; i < octets.length; i++) {
      number |= (octets[i] & 0xffL) << 8 * i;
    }
    return number;
  }

  private static int[] unsigned(byte... bytes) {
    int[] values = new int[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] & 0xff;
    }
    return values;
  }

  @Override
  public NetworkState state() {
    return state.get();
  }

  @Override
  public void receive(ZigBeeTransportReceive to) {
    receiver.set(to);
  }

  @Override
  public CompletableFuture<Integer> send(ZigBeeApsFrame frame) {
    EmberTransport to = dongle.get();
    if (to == null || closed.get() || state.get() == null) {
      return CompletableFuture.failedFuture(new IOException("the stick is not open"));
    }
    boolean unicast =
        frame.getAddressMode() != ZigBeeNwkAddressMode.GROUP
            && frame.getDestinationAddress() < FIRST_BROADCAST;
    frame.setAckRequest(unicast);
    if (frame.getAddressMode() == ZigBeeNwkAddressMode.GROUP) {
      frame.setDestinationEndpoint(ALL_ENDPOINTS);
    }
    int tag = tags.incrementAndGet() & 0xff;
    CompletableFuture<Integer> confirm = new CompletableFuture<>();
    // registered before it is sent: a quick stick confirms before its answer is worked on
    confirms.put(tag, confirm);
    to.sendCommand(tag, frame);
    CompletableFuture<Integer> sent =
        confirm
            .orTimeout(CONFIRM.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((status, problem) -> confirms.remove(tag, confirm));
    if (frame.getProfile() != 0 || frame.getCluster() != PERMIT_JOIN || unicast) {
      return sent;
    }
    // EmberZNet opens only the routers by the broadcast, and itself by a command of its own
    int seconds = frame.getPayload()[1];
    return call(stick -> stick.permitJoin(seconds))
        .thenCombine(sent, (opened, status) -> opened ? status : REFUSED);
  }

  /** What the library tells, in its own threads. */
  private final class Incoming implements ZigBeeTransportReceive {

    @Override
    public void receiveCommand(ZigBeeApsFrame frame) {
      ZigBeeTransportReceive to = receiver.get();
      if (to != null) {
        to.receiveCommand(frame);
      }
    }

    @Override
    public void setTransportState(ZigBeeTransportState now) {
      if (now == ZigBeeTransportState.OFFLINE && state.get() != null) {
        lineLost("the stick has left its network");
      }
    }

    @Override
    public void nodeStatusUpdate(ZigBeeNodeStatus status, Integer network, IeeeAddress address) {
      ZigBeeTransportReceive to = receiver.get();
      if (to != null) {
        to.nodeStatusUpdate(status, network, address);
      }
    }

    @Override
    public void receiveCommandState(int tag, ZigBeeTransportProgressState progress) {
      CompletableFuture<Integer> confirm = confirms.get(tag);
      if (confirm == null) {
        return;
      }
      switch (progress) {
        case RX_ACK -> confirm.complete(0);
        case RX_NAK -> confirm.complete(NOT_ACKNOWLEDGED);
        case TX_NAK ->
            confirm.completeExceptionally(new IOException("the stick could not send it"));
        default -> {
          // sent; what becomes of it is told later
        }
      }
    }
  }

  @Override
  public CompletableFuture<?> ping() {
    return call(EmberTransport::answers)
        .thenAccept(
            answers -> {
              if (!answers) {
                throw new IllegalStateException("the stick does not answer");
              }
            });
  }

  @Override
  public CompletableFuture<Integer> installCode(long ieee, byte... code) {
    int[] key = new MmoHash(unsigned(code)).getHash();
    IeeeAddress device = new IeeeAddress(unsigned(new ByteWriter().u64(ieee).toBytes()));
    return call(to -> to.linkKey(device, key))
        .thenCompose(
            taken ->
                taken
                    ? CompletableFuture.completedFuture(0)
                    : CompletableFuture.failedFuture(
                        new IOException("the stick does not take the install code")));
  }

  @Override
  public NetworkBackup backup() throws IOException, InterruptedException {
    NetworkState network = state.get();
    if (network == null) {
      throw new IOException("the stick is not open");
    }
    try {
      return call(stick -> stick.backup(network))
          .get(OPENING.toMillis(), TimeUnit.MILLISECONDS)
          .orElseThrow(() -> new IOException("the stick does not tell its key"));
    } catch (ExecutionException | TimeoutException failed) {
      throw new IOException("the stick does not tell its key: " + failed.getMessage(), failed);
    }
  }

  private <T> CompletableFuture<T> call(Function<EmberTransport, T> question) {
    try {
      return CompletableFuture.supplyAsync(() -> question.apply(dongle.get()), caller);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.failedFuture(new IOException("the stick is stopped", full));
    }
  }

  @Override
  public long garbled() {
    return 0; // the library does not tell
  }

  @Override
  public void close() {
    closed.set(true);
    fail(new IOException(STOPS));
    port.close(); // first: the library's threads end when they get nothing more
    EmberTransport opened = dongle.getAndSet(null);
    caller.shutdownNow();
    if (opened != null) {
      shutDown(opened);
    }
  }

  /** The library waits for its threads without a limit: never in ours. */
  private void shutDown(EmberTransport opened) {
    Thread shutdown =
        new Thread(
            () -> {
              try {
                opened.shutdown();
              } catch (RuntimeException halfOpen) { // thread start
                LOG.debug("{}: the library had not begun its threads", name, halfOpen);
              }
            },
            name + "-shutdown");
    shutdown.setDaemon(true);
    shutdown.start();
    try {
      shutdown.join(SHUTDOWN.toMillis());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
