package org.penstock.driver.modbus.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** If deleted: clients that lost their power could keep the plant's control room out for hours. */
@Timeout(30)
class ServerListenerTest {

  private static final byte[] REQUEST = {0, 1, 0, 0, 0, 3, 1, 7, 0};

  private NetworkLoop loop;

  /** Answers with what was asked. */
  private static final class Echo implements ServerHandler {
    @Override
    public void request(int unit, byte[] pdu, Consumer<byte[]> answer) {
      answer.accept(pdu);
    }

    @Override
    public boolean owns(int unit) {
      return true;
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

  private ServerListener listener(Duration silent) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new ServerListener(loop, any, from -> true, 1, new Echo(), silent);
  }

  private static Socket connect(ServerListener listener) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void ask(Socket socket) throws IOException {
    socket.getOutputStream().write(REQUEST);
    assertArrayEquals(REQUEST, socket.getInputStream().readNBytes(REQUEST.length));
  }

  @Test
  void aClientThatIsSilentGivesWayToANewOne() throws IOException {
    ServerListener listener = listener(Duration.ZERO);
    try (Socket silent = connect(listener)) {
      ask(silent);
      try (Socket next = connect(listener)) {
        ask(next);
        assertEquals(-1, silent.getInputStream().read());
        assertEquals(1, listener.clients());
        assertEquals(0, listener.refused());
      }
    } finally {
      listener.close();
    }
  }

  @Test
  void aClientThatTalksKeepsItsPlace() throws IOException {
    ServerListener listener = listener(Duration.ofHours(1));
    try (Socket first = connect(listener)) {
      ask(first);
      try (Socket next = connect(listener)) {
        assertEquals(-1, next.getInputStream().read());
        ask(first);
        assertEquals(1, listener.refused());
      }
    } finally {
      listener.close();
    }
  }
}
