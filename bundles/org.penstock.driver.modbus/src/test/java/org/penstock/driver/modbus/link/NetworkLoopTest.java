package org.penstock.driver.modbus.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** If deleted: an error in one link, or in one client's request, could end all links of the plant. */
@Timeout(30)
class NetworkLoopTest {

  private static final byte[] GOOD = {0, 1, 0, 0, 0, 3, 1, 7, 0};
  private static final byte[] EVIL = {0, 1, 0, 0, 0, 3, 1, 9, 0};
  private static final byte[] FATAL = {0, 1, 0, 0, 0, 3, 1, 10, 0};

  private NetworkLoop loop;

  /** Answers with what was asked, unless that breaks it. */
  private static final class Fragile implements ServerHandler {
    @Override
    public void request(int unit, byte[] pdu, Consumer<byte[]> answer) {
      if (pdu[0] == EVIL[7]) {
        throw new IllegalStateException("function 9");
      }
      if (pdu[0] == FATAL[7]) {
        throw new StackOverflowError("function 10");
      }
      answer.accept(pdu);
    }

    @Override
    public boolean owns(int unit) {
      return true;
    }
  }

  /** Its timer throws, or its end does, or both. */
  private static final class Broken implements NetworkLoop.Endpoint {

    private final CountDownLatch aborted = new CountDownLatch(1);
    private final AtomicInteger aborts = new AtomicInteger();
    private final boolean throwing;
    private final boolean throwingAtTheEnd;

    Broken(boolean throwing, boolean throwingAtTheEnd) {
      this.throwing = throwing;
      this.throwingAtTheEnd = throwingAtTheEnd;
    }

    @Override
    public void ready(SelectionKey key, long now) {
      throw new IllegalStateException("has no channel");
    }

    @Override
    public void timer(long now) {
      if (throwing) {
        throw new IllegalStateException("timer");
      }
    }

    @Override
    public void abort(String reason) {
      aborts.incrementAndGet();
      aborted.countDown();
      if (throwingAtTheEnd) {
        throw new IllegalStateException("a handler throws");
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    loop = new NetworkLoop("test/loop");
  }

  @AfterEach
  void stop() {
    loop.close();
  }

  private ServerListener listener() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new ServerListener(loop, any, from -> true, 4, new Fragile());
  }

  private static Socket connect(ServerListener listener) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void ask(Socket socket) throws IOException {
    socket.getOutputStream().write(GOOD);
    assertArrayEquals(GOOD, socket.getInputStream().readNBytes(GOOD.length));
  }

  @Test
  void aRequestThatBreaksTheServerEndsThatClientOnly() throws IOException {
    breaksOnlyItsOwnClient(EVIL);
  }

  @Test
  void aRequestThatEndsInAnErrorOfTheMachineEndsThatClientOnly() throws IOException {
    breaksOnlyItsOwnClient(FATAL);
  }

  private void breaksOnlyItsOwnClient(byte[] request) throws IOException {
    ServerListener listener = listener();
    try (Socket good = connect(listener);
        Socket evil = connect(listener)) {
      ask(good);
      ask(evil);
      evil.getOutputStream().write(request);
      assertEquals(-1, evil.getInputStream().read());
      ask(good);
      assertEquals(1, listener.clients());
    } finally {
      listener.close();
    }
  }

  @Test
  void aTimerThatThrowsEndsItsOwnLinkOnly() throws Exception {
    Broken broken = new Broken(true, false);
    Broken bystander = new Broken(false, false);
    loop.add(broken);
    loop.add(bystander);
    loop.executeAndWait(() -> loop.wakeAt(System.nanoTime(), broken));
    assertTrue(broken.aborted.await(10, TimeUnit.SECONDS));
    loop.executeAndWait(() -> {});
    assertEquals(0, bystander.aborts.get());
  }

  @Test
  void aHandlerThatThrowsAtTheEndOfItsLinkDoesNotEndTheThread() throws Exception {
    Broken broken = new Broken(true, true);
    loop.add(broken);
    loop.executeAndWait(() -> loop.wakeAt(System.nanoTime(), broken));
    assertTrue(broken.aborted.await(10, TimeUnit.SECONDS));
    stillRuns();
  }

  @Test
  void aTaskThatEndsInAnErrorOfTheMachineDoesNotEndTheThread() throws Exception {
    Broken broken = new Broken(false, true);
    loop.add(broken);
    loop.execute(
        () -> {
          throw new StackOverflowError("a task");
        });
    assertTrue(broken.aborted.await(10, TimeUnit.SECONDS));
    stillRuns();
  }

  private void stillRuns() throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(1);
    loop.execute(ran::countDown);
    assertTrue(ran.await(10, TimeUnit.SECONDS), "the thread has ended");
  }
}
