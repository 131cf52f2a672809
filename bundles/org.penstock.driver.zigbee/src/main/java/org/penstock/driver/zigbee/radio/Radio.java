package org.penstock.driver.zigbee.radio;

import com.zsmartsystems.zigbee.IeeeAddress;
import com.zsmartsystems.zigbee.ZigBeeNodeStatus;
import com.zsmartsystems.zigbee.ZigBeeNwkAddressMode;
import com.zsmartsystems.zigbee.aps.ZigBeeApsFrame;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportProgressState;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportReceive;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportState;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.penstock.driver.zigbee.codec.ByteReader;
import org.penstock.driver.zigbee.codec.ByteWriter;
import org.penstock.driver.zigbee.codec.ZclFrame;
import org.penstock.driver.zigbee.device.Device;

/**
 * Requests to devices and their answers, and what devices tell unasked. Every request ends: with the
 * answer, the stick's reason why it was not delivered, or its time limit. Never waits; any thread may
 * call.
 */
public final class Radio implements ZigBeeTransportReceive {

  /** The coordinator's endpoint, to which devices report. */
  public static final int ENDPOINT = 1;

  private static final int HOME_AUTOMATION = 0x0104;
  private static final int ANNOUNCE = 0x0013;
  private static final int LEAVE = 0x0034;
  private static final int IS_RESPONSE = 0x8000;
  private static final int FIRST_BROADCAST = 0xFFF8;

  private final Function<ZigBeeApsFrame, CompletableFuture<Integer>> sender;
  private final Duration timeLimit;
  private final Hearer hearer;
  private final AtomicInteger sequence = new AtomicInteger();
  private final Map<Integer, CompletableFuture<ZclFrame>> answers = new ConcurrentHashMap<>();
  private final Map<Integer, CompletableFuture<byte[]>> zdoAnswers = new ConcurrentHashMap<>();
  private final AtomicLong garbled = new AtomicLong();

  /** Hears what devices tell unasked, in the line's reader thread: must not wait. */
  public interface Hearer {

    /**
     * A message that answers nothing.
     *
     * @param network address of its sender
     */
    void heard(int network, int endpoint, int cluster, ZclFrame frame, int linkQuality);

    /** A device has joined or come back. */
    void announced(long ieee, int network, int capability);

    /** A device has left. */
    void left(long ieee);
  }

  /**
   * A radio over a sender of messages.
   *
   * @param sender gives the status of the delivery: 0 delivered
   * @param timeLimit for each answer
   */
  public Radio(
      Function<ZigBeeApsFrame, CompletableFuture<Integer>> sender,
      Duration timeLimit,
      Hearer hearer) {
    this.sender = sender;
    this.timeLimit = timeLimit;
    this.hearer = hearer;
  }

  /** The number for the next request. */
  public int nextSequence() {
    return sequence.incrementAndGet() & 0xff;
  }

  /** Messages that could not be read. */
  public long garbled() {
    return garbled.get();
  }

  /** Sends a request of the cluster library to a device; gives its answer. */
  public CompletableFuture<ZclFrame> ask(int network, int endpoint, int cluster, ZclFrame frame) {
    CompletableFuture<ZclFrame> answer = new CompletableFuture<>();
    int key = network << 8 | frame.sequence();
    answers.put(key, answer);
    follow(send(network, endpoint, cluster, frame), answer);
    return answer
        .orTimeout(timeLimit.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((got, failure) -> answers.remove(key, answer));
  }

  /** Sends what is not answered; gives the status of the delivery. */
  public CompletableFuture<Integer> send(int network, int endpoint, int cluster, ZclFrame frame) {
    ZigBeeApsFrame message = message(HOME_AUTOMATION, cluster, frame.encode());
    message.setAddressMode(ZigBeeNwkAddressMode.DEVICE);
    message.setDestinationAddress(network);
    message.setDestinationEndpoint(endpoint);
    message.setSourceEndpoint(ENDPOINT);
    return sender.apply(message);
  }

  /** Sends to all members of a group; gives the status of the sending, since none of them answers. */
  public CompletableFuture<Integer> sendToGroup(int group, int cluster, ZclFrame frame) {
    ZigBeeApsFrame message = message(HOME_AUTOMATION, cluster, frame.encode());
    message.setAddressMode(ZigBeeNwkAddressMode.GROUP);
    message.setGroupAddress(group);
    message.setSourceEndpoint(ENDPOINT);
    return sender.apply(message);
  }

  /**
   * Sends a request to a device's device object; gives the body of the answer, status first.
   *
   * @param body without the transaction's number
   */
  public CompletableFuture<byte[]> askZdo(int network, int cluster, byte... body) {
    int transaction = nextSequence();
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    zdoAnswers.put(cluster << 8 | transaction, answer);
    follow(sendZdo(network, cluster, transaction, body), answer);
    return answer
        .orTimeout(timeLimit.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((got, failure) -> zdoAnswers.remove(cluster << 8 | transaction, answer));
  }

  /** Asks a device to leave the network, with its status first in the answer. */
  public CompletableFuture<byte[]> leave(Device device) {
    return askZdo(device.network(), LEAVE, new ByteWriter().u64(device.ieee()).u8(0).toBytes());
  }

  /** Lets devices join for so long; 0 ends it. */
  public CompletableFuture<Integer> permitJoin(int seconds) {
    return sendZdo(0xFFFC, 0x0036, nextSequence(), (byte) seconds, (byte) 0);
  }

  private CompletableFuture<Integer> sendZdo(
      int network, int cluster, int transaction, byte... body) {
    ZigBeeApsFrame message =
        message(0, cluster, new ByteWriter().u8(transaction).bytes(body).toBytes());
    message.setAddressMode(ZigBeeNwkAddressMode.DEVICE);
    message.setDestinationAddress(network);
    return sender.apply(message);
  }

  private static ZigBeeApsFrame message(int profile, int cluster, byte[] payload) {
    ZigBeeApsFrame message = new ZigBeeApsFrame();
    message.setProfile(profile);
    message.setCluster(cluster);
    int[] values = new int[payload.length];
    for (int i = 0; i < payload.length; i++) {
      values[i] = payload[i] & 0xff;
    }
    message.setPayload(values);
    return message;
  }

  private static void follow(CompletableFuture<Integer> delivery, CompletableFuture<?> answer) {
    delivery.whenComplete(
        (status, failure) -> {
          if (failure != null) {
            answer.completeExceptionally(failure);
          } else if (status != 0) {
            answer.completeExceptionally(new IOException(undelivered(status)));
          }
        });
  }

  /** Why a message was not delivered, in words. */
  public static String undelivered(int status) {
    String why =
        switch (status) {
          case 0xCD -> "no route to the device";
          case 0xE9 -> "the device does not acknowledge";
          case 0xF0 -> "the device did not fetch the message in time";
          default -> "the stick could not send it";
        };
    return "not delivered: %s (status 0x%02x)".formatted(why, status);
  }

  @Override
  public void receiveCommand(ZigBeeApsFrame message) {
    byte[] payload = new byte[message.getPayload().length];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) message.getPayload()[i];
    }
    try {
      if (message.getProfile() == 0) {
        zdo(message.getCluster(), new ByteReader(payload));
      } else {
        zcl(message, ZclFrame.decode(payload));
      }
    } catch (IllegalArgumentException tooShort) {
      garbled.incrementAndGet();
    }
  }

  private void zdo(int cluster, ByteReader in) {
    int transaction = in.u8();
    if (cluster == ANNOUNCE) {
      int network = in.u16();
      hearer.announced(in.u64(), network, in.u8());
      return;
    }
    CompletableFuture<byte[]> answer = zdoAnswers.get((cluster & ~IS_RESPONSE) << 8 | transaction);
    if (answer != null && (cluster & IS_RESPONSE) != 0) {
      answer.complete(in.rest());
    }
  }

  private void zcl(ZigBeeApsFrame message, ZclFrame frame) {
    int source = message.getSourceAddress();
    int lqi = message.getReceivedLqi() == null ? 0 : message.getReceivedLqi();
    hearer.heard(source, message.getSourceEndpoint(), message.getCluster(), frame, lqi);
    CompletableFuture<ZclFrame> answer = answers.get(source << 8 | frame.sequence());
    if (answer != null && frame.fromServer() && !frame.isGeneral(ZclFrame.REPORT)) {
      answer.complete(frame);
    } else if (!frame.quiet()
        && !frame.isGeneral(ZclFrame.DEFAULT_RESPONSE)
        && source < FIRST_BROADCAST) {
      acknowledge(message, frame);
    }
  }

  private void acknowledge(ZigBeeApsFrame message, ZclFrame frame) {
    ZclFrame response =
        new ZclFrame(
            false,
            frame.manufacturer(),
            !frame.fromServer(),
            true,
            frame.sequence(),
            ZclFrame.DEFAULT_RESPONSE,
            new byte[] {(byte) frame.command(), 0});
    send(message.getSourceAddress(), message.getSourceEndpoint(), message.getCluster(), response);
  }

  @Override
  public void nodeStatusUpdate(ZigBeeNodeStatus status, Integer network, IeeeAddress address) {
    if (status == ZigBeeNodeStatus.DEVICE_LEFT) {
      long ieee = 0;
      int[] value = address.getValue(); // least significant first
      for (int i = 0; i < value.length; i++) {
        ieee |= (value[i] & 0xffL) << 8 * i;
      }
      hearer.left(ieee);
    }
  }

  @Override
  public void setTransportState(ZigBeeTransportState state) {
    // the driver asks the stick itself
  }

  @Override
  public void receiveCommandState(int tag, ZigBeeTransportProgressState state) {
    // the sender's futures tell it
  }
}
