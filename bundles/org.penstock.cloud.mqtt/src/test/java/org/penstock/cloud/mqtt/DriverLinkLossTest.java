package org.penstock.cloud.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.penstock.api.driver.LinkState;
import org.penstock.api.mqtt.MqttLinkListener;
import org.penstock.api.mqtt.MqttLinkOptions;

/** Connections that end at a bad moment. If deleted: a driver could be deaf until a restart. */
@Timeout(60)
class DriverLinkLossTest {

  private static final int CONNECT = 1;
  private static final int PUBLISH = 3;
  private static final int SUBSCRIBE = 8;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> packets = new LinkedBlockingQueue<>();
  private final AtomicReference<Runnable> beforeGrant = new AtomicReference<>(() -> {});
  private ServerSocket door;
  private DriverLink link;

  private final class Ears implements MqttLinkListener {
    @Override
    public void message(String topic, byte[] payload, boolean retained) {
      heard.add(topic);
    }

    @Override
    public void state(LinkState state) {
      heard.add(state.phase().name());
    }
  }

  @BeforeEach
  void start() throws Exception {
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "test/broker");
    thread.setDaemon(true);
    thread.start();
    String url = "mqtt://127.0.0.1:" + door.getLocalPort();
    link =
        new DriverLink(
            new MqttLinkOptions("driver/test/x", url, "d1", "", new char[0], 5),
            new Ears(),
            name -> new TimedStrand(),
            closed -> {});
    link.subscribe("zigbee/#", 1);
    link.start();
  }

  @AfterEach
  void stop() throws Exception {
    link.close();
    door.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = door.accept();
        Thread thread = new Thread(() -> serve(socket), "test/broker/client");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException closed) {
      packets.add(0);
    }
  }

  /** Grants connections and subscriptions, and confirms no message. */
  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (true) {
        int type = in.readUnsignedByte() >> 4;
        byte[] body = new byte[in.readUnsignedByte()]; // all packets here are short
        in.readFully(body);
        packets.add(type);
        if (type == CONNECT) {
          socket.getOutputStream().write(new byte[] {0x20, 2, 0, 0});
        } else if (type == SUBSCRIBE) {
          beforeGrant.getAndSet(() -> {}).run();
          socket.getOutputStream().write(new byte[] {(byte) 0x90, 3, body[0], body[1], 1});
        }
      }
    } catch (IOException gone) {
      packets.add(0);
    }
  }

  private void await(int type) throws InterruptedException {
    Integer next = packets.poll(20, TimeUnit.SECONDS);
    while (next != null && next != type) {
      next = packets.poll(20, TimeUnit.SECONDS);
    }
    assertEquals(type, next);
  }

  private void awaitOnline() throws InterruptedException {
    String next = heard.poll(20, TimeUnit.SECONDS);
    while (next != null && !next.equals("ONLINE")) {
      next = heard.poll(20, TimeUnit.SECONDS);
    }
    assertEquals("ONLINE", next);
  }

  @Test
  void aConnectionThatIsLostBeforeItIsSaidToBeThereIsMadeAnew() throws Exception {
    awaitOnline();
    packets.clear();
    beforeGrant.set(() -> link.lost(new IOException("taken over")));
    link.lost(new IOException("cut")); // connects anew, and then loses that one while it subscribes
    await(SUBSCRIBE);
    await(CONNECT);
    awaitOnline();
    packets.clear();
    link.publish("a", new byte[] {1}, 0, false).toCompletableFuture().get(20, TimeUnit.SECONDS);
    await(PUBLISH);
  }

  @Test
  void whoWaitsForAConfirmationHearsThatTheLinkIsClosed() throws Exception {
    awaitOnline();
    CompletableFuture<Void> sent =
        link.publish("a", new byte[] {1}, 1, false).toCompletableFuture();
    await(PUBLISH);
    link.close();
    assertThrows(ExecutionException.class, () -> sent.get(20, TimeUnit.SECONDS));
  }
}
