package org.penstock.driver.zigbee.znp;

import com.zsmartsystems.zigbee.IeeeAddress;
import com.zsmartsystems.zigbee.ZigBeeNodeStatus;
import com.zsmartsystems.zigbee.aps.ZigBeeApsFrame;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportReceive;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportState;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.penstock.driver.zigbee.codec.ByteReader;
import org.penstock.driver.zigbee.codec.ByteWriter;
import org.penstock.driver.zigbee.codec.ZnpFrame;
import org.penstock.driver.zigbee.link.StickLine;
import org.penstock.driver.zigbee.stick.NetworkBackup;
import org.penstock.driver.zigbee.stick.NetworkSettings;
import org.penstock.driver.zigbee.stick.NetworkState;
import org.penstock.driver.zigbee.stick.Stick;

/** A stick with TI's Z-Stack (1.2, 3.0.x, 3.x.0). */
public final class ZnpStick implements Stick {

  /** Longest wait for the confirmation that a message was delivered. */
  private static final Duration CONFIRM = Duration.ofSeconds(9);

  private static final int ANNOUNCE = 0x0013;
  private static final int CODE_WITH_CHECKSUM = 1;

  private final String name;
  private final StickLine.Opener opener;
  private final NetworkSettings settings;
  private final Duration answerLimit;
  private final Consumer<String> lost;
  private final AtomicReference<ZnpLink> link = new AtomicReference<>();
  private final AtomicReference<NetworkState> state = new AtomicReference<>();
  private final AtomicReference<ZigBeeTransportReceive> receiver = new AtomicReference<>();
  private final AtomicReference<String> failure = new AtomicReference<>("");
  private final AtomicInteger transactions = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Integer>> confirms = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> zdoTransactions = new ConcurrentHashMap<>();

  /**
   * A transport that is not open yet.
   *
   * @param name of its thread
   * @param answerLimit longest wait for the stick's answer to a request
   * @param lost told once, in the reader's thread, why an open line is gone
   */
  public ZnpStick(
      String name,
      StickLine.Opener opener,
      NetworkSettings settings,
      Duration answerLimit,
      Consumer<String> lost) {
    this.name = name;
    this.opener = opener;
    this.settings = settings;
    this.answerLimit = answerLimit;
    this.lost = lost;
  }

  @Override
  public NetworkState open(Optional<NetworkBackup> backup)
      throws IOException, InterruptedException {
    ZnpLink opened = new ZnpLink(name, opener.open(), answerLimit, this::lineLost);
    link.set(opened);
    opened.listen(this::received);
    NetworkState now = new ZnpStart(opened, settings).run(backup);
    state.set(now);
    tell(ZigBeeTransportState.ONLINE);
    return now;
  }

  private void lineLost(String why) {
    confirms.values().forEach(confirm -> confirm.completeExceptionally(new IOException(why)));
    tell(ZigBeeTransportState.OFFLINE);
    lost.accept(why);
  }

  private void tell(ZigBeeTransportState now) {
    ZigBeeTransportReceive to = receiver.get();
    if (to != null) {
      to.setTransportState(now);
    }
  }

  @Override
  public CompletableFuture<?> ping() {
    return link.get().request(ZnpFrame.sreq(ZnpMemory.SYS, 0x01));
  }

  @Override
  public NetworkState state() {
    return state.get();
  }

  @Override
  public void receive(ZigBeeTransportReceive to) {
    receiver.set(to);
  }

  /** The network that is wanted. */
  NetworkSettings settings() {
    return settings;
  }

  ZigBeeTransportReceive receiver() {
    return receiver.get();
  }

  @Override
  public long garbled() {
    ZnpLink now = link.get();
    return now == null ? 0 : now.garbled();
  }

  @Override
  public CompletableFuture<Integer> send(ZigBeeApsFrame frame) {
    ZnpLink to = link.get();
    if (to == null) {
      return CompletableFuture.failedFuture(new IOException("the stick is not open"));
    }
    return frame.getProfile() == 0 ? sendZdo(to, frame) : sendData(to, frame);
  }

  private CompletableFuture<Integer> sendZdo(ZnpLink to, ZigBeeApsFrame frame) {
    int cluster = frame.getCluster();
    int source = cluster <= 1 ? 0 : frame.getDestinationAddress();
    zdoTransactions.put((cluster & 0xff) << 16 | source, frame.getPayload()[0]);
    return to.request(ZnpMessages.zdo(frame)).thenApply(answer -> answer.data()[0] & 0xff);
  }

  private CompletableFuture<Integer> sendData(ZnpLink to, ZigBeeApsFrame frame) {
    int transaction = transactions.incrementAndGet() & 0xff;
    CompletableFuture<Integer> confirm = new CompletableFuture<>();
    // registered before it is sent: a quick stick confirms before its answer is worked on
    confirms.put(transaction, confirm);
    to.request(ZnpMessages.data(frame, transaction))
        .whenComplete(
            (answer, problem) -> {
              if (problem != null) {
                confirm.completeExceptionally(problem);
              } else if (answer.data()[0] != 0) {
                confirm.complete(answer.data()[0] & 0xff);
              } else {
                confirm.orTimeout(CONFIRM.toMillis(), TimeUnit.MILLISECONDS);
              }
            });
    return confirm.whenComplete((status, problem) -> confirms.remove(transaction, confirm));
  }

  @Override
  public CompletableFuture<Integer> installCode(long ieee, byte... code) {
    byte[] data = new ByteWriter().u8(CODE_WITH_CHECKSUM).u64(ieee).bytes(code).toBytes();
    return link.get()
        .request(ZnpFrame.sreq(ZnpStart.APP_CNF, 0x04, data))
        .thenApply(answer -> answer.data()[0] & 0xff);
  }

  @Override
  public NetworkBackup backup() throws IOException, InterruptedException {
    return ZnpBackup.of(new ZnpMemory(link.get())).read(state.get());
  }

  private void received(ZnpFrame frame) {
    try {
      work(frame);
    } catch (IllegalArgumentException tooShort) {
      failure.set(frame + ": " + tooShort.getMessage()); // a frame that we can't read is left out
    }
  }

  private void work(ZnpFrame frame) {
    ZigBeeTransportReceive to = receiver.get();
    if (frame.is(ZnpFrame.Type.AREQ, ZnpStart.AF, 0x80)) {
      ByteReader in = new ByteReader(frame.data());
      int status = in.u8();
      in.u8();
      CompletableFuture<Integer> confirm = confirms.get(in.u8());
      if (confirm != null) {
        confirm.complete(status);
      }
    } else if (to != null && frame.subsystem() == ZnpStart.AF) {
      ZnpMessages.incoming(frame).ifPresent(to::receiveCommand);
    } else if (to != null && frame.subsystem() == ZnpStart.ZDO) {
      zdo(frame.command(), new ByteReader(frame.data()), to);
    }
  }

  private void zdo(int command, ByteReader in, ZigBeeTransportReceive to) {
    switch (command) {
      case 0xC1 -> {
        int source = in.u16();
        to.receiveCommand(ZnpMessages.zdoMessage(source, ANNOUNCE, 0, in.rest()));
      }
      case 0xC9 -> {
        int source = in.u16();
        long ieee = in.u64();
        in.u16(); // asked for it; its children leave too
        if (in.left() == 0 || in.u8() == 0) { // else it comes back by itself
          to.nodeStatusUpdate(ZigBeeNodeStatus.DEVICE_LEFT, source, address(ieee));
        }
      }
      case 0xCA -> {
        int source = in.u16();
        to.nodeStatusUpdate(ZigBeeNodeStatus.UNSECURED_JOIN, source, address(in.u64()));
      }
      case 0x80, 0x81 -> { // no source in front; lists of associated devices are not asked for
        byte[] body = in.bytes(1 + 8 + 2);
        answered(command, 0, body, to);
      }
      default -> {
        if (command >= 0x82 && command <= 0xB8) {
          answered(command, in.u16(), in.rest(), to);
        }
      }
    }
  }

  private void answered(int command, int source, byte[] body, ZigBeeTransportReceive to) {
    Integer transaction = zdoTransactions.remove((command & 0x7f) << 16 | source);
    if (transaction != null) {
      to.receiveCommand(ZnpMessages.zdoMessage(source, 0x8000 | command & 0x7f, transaction, body));
    }
  }

  static IeeeAddress address(long ieee) {
    return new IeeeAddress(ZnpMessages.ints(new ByteWriter().u64(ieee).toBytes()));
  }

  @Override
  public void close() {
    ZnpLink opened = link.get();
    if (opened != null) {
      opened.close();
    }
    IOException closed = new IOException("the driver stops");
    confirms.values().forEach(confirm -> confirm.completeExceptionally(closed));
  }
}
