package org.penstock.driver.zigbee.radio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zsmartsystems.zigbee.aps.ZigBeeApsFrame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.penstock.driver.zigbee.codec.ZclFrame;

/** Answers that come sooner than the stick says that it has sent the question. */
final class RadioTest {

  private static final int DEVICE = 0x1234;
  private static final int ACTIVE_ENDPOINTS = 5;
  private static final int REQUESTS = 600; // the sequence number goes round twice

  private static final class Nobody implements Radio.Hearer {

    @Override
    public void heard(int network, int endpoint, int cluster, ZclFrame frame, int linkQuality) {
      assertEquals(DEVICE, network);
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

  private static Radio quick(AtomicReference<Radio> radio) {
    radio.set(
        new Radio(
            question -> {
              radio.get().receiveCommand(answer(question)); // before the sending has ended
              return CompletableFuture.completedFuture(0);
            },
            Duration.ofMillis(500),
            new Nobody()));
    return radio.get();
  }

  private static ZigBeeApsFrame answer(ZigBeeApsFrame question) {
    ZigBeeApsFrame answer = new ZigBeeApsFrame();
    answer.setProfile(question.getProfile());
    answer.setSourceAddress(question.getDestinationAddress());
    answer.setSourceEndpoint(question.getDestinationEndpoint());
    int[] payload = question.getPayload();
    if (question.getProfile() == 0) {
      answer.setCluster(question.getCluster() | 0x8000);
      answer.setPayload(new int[] {payload[0], 0, 0x34, 0x12, 1, 1});
    } else {
      answer.setCluster(question.getCluster());
      answer.setPayload(new int[] {0x18, payload[1], ZclFrame.READ_RESPONSE, 0, 0, 0, 0x10, 1});
    }
    return answer;
  }

  /** If deleted: a stick that is quicker than the driver's thread could lose one answer in three. */
  @Test
  void anAnswerThatOvertakesItsSendingIsNotLost()
      throws InterruptedException, ExecutionException, TimeoutException {
    Radio radio = quick(new AtomicReference<>());
    for (int i = 0; i < REQUESTS; i++) {
      byte[] told = radio.askZdo(DEVICE, ACTIVE_ENDPOINTS).get(1, TimeUnit.SECONDS);
      assertArrayEquals(new byte[] {0, 0x34, 0x12, 1, 1}, told);
      int sequence = radio.nextSequence();
      ZclFrame read =
          ZclFrame.request(false, ZclFrame.NO_MANUFACTURER, sequence, ZclFrame.READ, new byte[2]);
      ZclFrame value = radio.ask(DEVICE, 1, 6, read).get(1, TimeUnit.SECONDS);
      assertEquals(sequence, value.sequence());
      assertEquals(1, value.payload()[4]);
    }
  }
}
