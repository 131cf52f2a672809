package org.penstock.driver.zigbee.stick;

import com.zsmartsystems.zigbee.aps.ZigBeeApsFrame;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportReceive;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.penstock.driver.zigbee.link.StickLine;

/**
 * A coordinator. Sending never waits. The receiver is called in the line's reader thread and must not
 * wait. Lives once: a lost line needs a new one.
 */
public interface Stick extends AutoCloseable {

  /** Makes sticks of one firmware. */
  @FunctionalInterface
  interface Maker {

    /**
     * A stick that is not open yet.
     *
     * @param name of its thread
     * @param answerLimit longest wait for the stick's answer to a request
     * @param lost told once why an open line is gone
     */
    Stick make(
        String name,
        StickLine.Opener opener,
        NetworkSettings settings,
        Duration answerLimit,
        Consumer<String> lost);
  }

  /**
   * Opens the line and brings the network up. Blocks, a minute at most.
   *
   * @param backup which a stick without a network takes; empty: it forms a new one
   * @throws IOException what is wrong and what to do
   */
  NetworkState open(Optional<NetworkBackup> backup) throws IOException, InterruptedException;

  /** The stick's network; null before {@link #open} has ended. */
  NetworkState state();

  /** What devices say goes there. */
  void receive(ZigBeeTransportReceive to);

  /**
   * Sends a message. The status: 0 delivered, otherwise why not (0xCD no route, 0xE9 no
   * acknowledgement, 0xF0 expired).
   */
  CompletableFuture<Integer> send(ZigBeeApsFrame frame);

  /** Asks the stick for a sign of life. */
  CompletableFuture<?> ping();

  /**
   * Lets a device join with the key of its install code.
   *
   * @param code with its checksum, as it stands on the device
   */
  CompletableFuture<Integer> installCode(long ieee, byte... code);

  /**
   * What another stick needs to go on in this one's place. Blocks, a minute at most.
   *
   * @throws IOException when this stick does not tell it
   */
  NetworkBackup backup() throws IOException, InterruptedException;

  /** Damaged frames on the line. */
  long garbled();

  /** Stops at once; whoever waits gets an error. */
  @Override
  void close();
}
