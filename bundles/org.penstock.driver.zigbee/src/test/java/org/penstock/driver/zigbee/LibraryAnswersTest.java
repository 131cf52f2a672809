package org.penstock.driver.zigbee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zsmartsystems.zigbee.CommandResult;
import com.zsmartsystems.zigbee.ZigBeeNode;
import com.zsmartsystems.zigbee.aps.ZigBeeApsFrame;
import com.zsmartsystems.zigbee.transaction.ZigBeeTransactionFuture;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportProgressState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.penstock.driver.zigbee.codec.ZclFrame;
import org.penstock.driver.zigbee.radio.Radio;

/**
 * Faults of the library's transactions, beside what this driver does in their place. When the library
 * has mended one, its half fails here, and the driver can do without its own way (decision 0100).
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true") // waits for what does not come
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LibraryAnswersTest {

  private static final int PLUG = 0x1234;
  private static final int AT_A_TIME = 5;
  private static final Duration OURS = Duration.ofMillis(500);

  private static final class Nobody implements Radio.Hearer {

    @Override
    public void heard(int network, int endpoint, int cluster, ZclFrame frame, int linkQuality) {
      assertEquals(PLUG, network);
    }

    @Override
    public void announced(long ieee, int network, int capability) {
      throw new AssertionError("nobody joins");
    }

    @Override
    public void left(long ieee) {
      throw new AssertionError("nobody leaves");
    }
  }

  private static CompletableFuture<ZclFrame> ask(Radio radio) {
    int sequence = radio.nextSequence();
    return radio.ask(
        PLUG,
        1,
        PlainLibrary.ON_OFF,
        ZclFrame.request(false, ZclFrame.NO_MANUFACTURER, sequence, ZclFrame.READ, new byte[2]));
  }

  private static ZigBeeApsFrame on() {
    ZigBeeApsFrame answer = new ZigBeeApsFrame();
    answer.setProfile(0x0104);
    answer.setCluster(PlainLibrary.ON_OFF);
    answer.setSourceAddress(PLUG);
    answer.setSourceEndpoint(1);
    answer.setPayload(new int[] {0x18, 1, ZclFrame.READ_RESPONSE, 0, 0, 0, 0x10, 1});
    return answer;
  }

  /**
   * A quick stick tells in one breath that it has sent a message and that the device has it; the
   * library works on both in threads without an order. If deleted: the answers of a quick
   * stick could be lost, and its commands be sent again.
   */
  @Test
  void anAnswerIsLostWhenItsConfirmsAreWorkedOnInTheOtherOrderAndOursIsNot() throws Exception {
    try (PlainLibrary plain = new PlainLibrary()) {
      ZigBeeNode plug = plain.device(PLUG);
      Future<CommandResult> inOrder = PlainLibrary.ask(plug);
      PlainLibrary.Sent first = plain.next();
      plain.tell(first, ZigBeeTransportProgressState.TX_ACK, "TRANSMITTED");
      plain.tell(first, ZigBeeTransportProgressState.RX_ACK, "ACKED");
      plain.answer(first);
      assertTrue(inOrder.get(10, TimeUnit.SECONDS).isSuccess());
      Future<CommandResult> overtaken = PlainLibrary.ask(plug);
      PlainLibrary.Sent second = plain.next();
      plain.tell(second, ZigBeeTransportProgressState.RX_ACK, "ACKED");
      plain.tell(second, ZigBeeTransportProgressState.TX_ACK, "TRANSMITTED");
      plain.answer(second);
      PlainLibrary.until(() -> plain.state(second).equals("RESPONDED")); // and there it stays
      assertFalse(overtaken.get(2, TimeUnit.SECONDS).isSuccess(), "the library has mended it");
    }
    for (boolean confirmFirst : new boolean[] {true, false}) {
      CompletableFuture<Integer> confirm = new CompletableFuture<>();
      Radio radio = new Radio(question -> confirm, OURS, new Nobody());
      CompletableFuture<ZclFrame> asked = ask(radio);
      if (confirmFirst) {
        confirm.complete(0);
      }
      radio.receiveCommand(on());
      assertEquals(1, asked.get(1, TimeUnit.SECONDS).payload()[4]);
    }
  }

  /**
   * The library asks five devices at a time, and forgets the sixth whose turn it was then. If deleted: a
   * reader could wait for minutes, for a question that nobody asks.
   */
  @Test
  void aReadBesideFiveOthersIsNeverSentAndWaitsForMinutesAndOursDoesNot() throws Exception {
    PlainLibrary plain = new PlainLibrary();
    List<Future<CommandResult>> asked = new ArrayList<>();
    List<PlainLibrary.Sent> sent = new ArrayList<>();
    for (int i = 1; i <= AT_A_TIME; i++) {
      asked.add(PlainLibrary.ask(plain.device(PLUG + i)));
      sent.add(plain.next());
    }
    ZigBeeNode sixth = plain.device(PLUG);
    CompletableFuture<Object> value = new CompletableFuture<>();
    Thread reader = new Thread(() -> value.complete(PlainLibrary.readValue(sixth)), "test/reader");
    reader.start();
    PlainLibrary.until(() -> reader.getState() == Thread.State.TIMED_WAITING);
    for (int i = 0; i < AT_A_TIME; i++) {
      plain.tell(sent.get(i), ZigBeeTransportProgressState.TX_ACK, "TRANSMITTED");
      plain.tell(sent.get(i), ZigBeeTransportProgressState.RX_ACK, "ACKED");
      plain.answer(sent.get(i));
      assertTrue(asked.get(i).get(10, TimeUnit.SECONDS).isSuccess());
    }
    assertTrue(plain.sendsNothing(3 * OURS.toMillis()), "the library has mended it");
    assertFalse(value.isDone());
    assertEquals(
        5L, PlainLibrary.field(ZigBeeTransactionFuture.class, "TIMEOUT_MINUTES", Long.class));
    plain.close();
    assertNull(value.get(20, TimeUnit.SECONDS), "it ends with the library");
    Radio radio = new Radio(question -> new CompletableFuture<>(), OURS, new Nobody());
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> ask(radio).get(5, TimeUnit.SECONDS));
    assertInstanceOf(TimeoutException.class, failed.getCause());
  }
}
