package org.penstock.simulator.zigbee.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Without it devices could report when they should not, or hear a coordinator that is not theirs. */
class VirtualNetworkTest {

  private static final int TEMPERATURE = 0x0402;
  private static final byte[] ON = {0x01, 0x22, 0x01};

  private final ManualTime time = new ManualTime();
  private final VirtualNetwork network = new VirtualNetwork(0x00124B0000000001L, time);
  private final BlockingQueue<ApsMessage> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> permits = new LinkedBlockingQueue<>();
  private final BlockingQueue<Delivery> confirms = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() {
    network.attach(
        new FrontEnd() {
          @Override
          public void received(byte... octets) {}

          @Override
          public void connected() {}

          @Override
          public void powerCycle() {}

          @Override
          public void incoming(ApsMessage message, int linkQuality) {
            if (message.cluster() != ApsMessage.DEVICE_ANNOUNCE) {
              heard.add(message);
            }
          }

          @Override
          public void joined(VirtualNode node, boolean isRejoin) {}

          @Override
          public void left(VirtualNode node) {}

          @Override
          public void permitJoin(int seconds) {
            permits.add(seconds);
          }
        });
    network.faults().latency(0, 0);
    up(0x1234);
  }

  @AfterEach
  void stop() {
    network.close();
  }

  private void up(int pan) {
    network.call(
        () -> {
          network.coordinator().up(new NetworkParameters(pan, 1, 11, 0, new byte[16]), true);
          network.coordinator().permitJoin(60);
          return null;
        });
  }

  private VirtualNode joined(DeviceKind kind) {
    VirtualNode node = network.add(kind, 0x00124B0000000100L + kind.ordinal());
    assertTrue(network.join(node));
    return node;
  }

  private void send(VirtualNode to, int cluster, byte... data) {
    network.call(
        () -> {
          ApsMessage m = ApsMessage.unicast(0, 1, to.shortAddress(), 1, cluster, data);
          network.coordinator().send(m, confirms::add);
          return null;
        });
  }

  private <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    return queue.poll(30, TimeUnit.SECONDS);
  }

  /** All that the loop has to do without a delay is done. */
  private void settle() {
    network.call(() -> null);
    network.call(() -> null);
  }

  @Test
  void joiningEndsByItself() throws InterruptedException {
    assertEquals(60, next(permits));
    time.advance(59_999);
    assertTrue(network.isPermitted());
    time.advance(1);
    assertEquals(0, next(permits));
    assertFalse(network.join(network.add(DeviceKind.BULB, 5)));
  }

  @Test
  void reportsNotBeforeMinAndAtTheLatestAfterMax() throws InterruptedException {
    VirtualNode sensor = joined(DeviceKind.TEMPERATURE);
    byte[] configure = {0x00, 1, 0x06, 0, 0, 0, 0x29, 10, 0, 60, 0, 50, 0};
    byte[] bind =
        new FrameWriter()
            .u8(1)
            .u64(sensor.ieee())
            .u8(1)
            .u16(TEMPERATURE)
            .u8(3)
            .u64(network.coordinator().ieee())
            .u8(1)
            .done();
    network.call(
        () -> {
          sensor.receive(ApsMessage.unicast(0, 0, sensor.shortAddress(), 0, 0x21, bind));
          sensor.receive(
              ApsMessage.unicast(0, 1, sensor.shortAddress(), 1, TEMPERATURE, configure));
          return null;
        });
    assertArrayEquals(new byte[] {1, 0}, next(heard).data(), "bound");
    assertEquals(0x07, next(heard).data()[2], "configured");
    VirtualEndpoint endpoint = sensor.endpoint(1);
    endpoint.set(TEMPERATURE, 0, 2199);
    settle();
    time.advance(10_000);
    settle();
    assertNull(heard.poll(), "49 is less than the change of 50");
    time.advance(50_000);
    assertEquals(0x0A, next(heard).data()[2], "after max");
    endpoint.set(TEMPERATURE, 0, 2300);
    settle();
    time.advance(9_999);
    settle();
    assertNull(heard.poll(), "not before min");
    time.advance(1);
    assertEquals(0x0A, next(heard).data()[2], "after min");
  }

  @Test
  void aDeviceOfAnotherNetworkDoesNotHear() throws InterruptedException {
    VirtualNode bulb = joined(DeviceKind.BULB);
    send(bulb, 6, ON);
    assertEquals(Delivery.DELIVERED, next(confirms));
    up(0x4321);
    send(bulb, 6, ON);
    assertEquals(Delivery.NO_ACK, nextAfter(1000));
  }

  @Test
  void aLowerFrameCounterIsNotBelieved() throws InterruptedException {
    VirtualNode bulb = joined(DeviceKind.BULB);
    network.call(
        () -> {
          network.coordinator().frameCounter(500);
          return null;
        });
    send(bulb, 6, ON);
    assertEquals(Delivery.DELIVERED, next(confirms));
    network.call(
        () -> {
          network.coordinator().frameCounter(0);
          return null;
        });
    send(bulb, 6, ON);
    assertEquals(Delivery.NO_ACK, nextAfter(1000));
  }

  @Test
  void aSleepyDeviceHearsWhenItPolls() throws InterruptedException {
    VirtualNode sensor = joined(DeviceKind.TEMPERATURE);
    byte[] read = {0x00, 9, 0x00, 0, 0};
    send(sensor, TEMPERATURE, read);
    assertEquals(Delivery.DELIVERED, nextAfter(200));
    assertEquals(0x01, next(heard).data()[2]);
    sensor.pollEvery(10_000);
    send(sensor, TEMPERATURE, read);
    assertEquals(Delivery.EXPIRED, nextAfter(7680));
  }

  /** Moves the clock in steps until a confirmation comes: the message is still on its way when it is moved first. */
  private Delivery nextAfter(long step) throws InterruptedException {
    for (int i = 0; i < 3000; i++) {
      time.advance(step);
      Delivery delivery = confirms.poll(10, TimeUnit.MILLISECONDS);
      if (delivery != null) {
        return delivery;
      }
    }
    return null;
  }

  @Test
  void faultsOnTheAir() throws InterruptedException {
    VirtualNode sensor = joined(DeviceKind.TEMPERATURE);
    network.faults().duplicateNext(1);
    sensor.endpoint(1).report(TEMPERATURE, 0);
    assertArrayEquals(next(heard).data(), next(heard).data(), "twice the same");
    network.faults().loss(1);
    sensor.endpoint(1).report(TEMPERATURE, 0);
    VirtualNode bulb = joined(DeviceKind.BULB);
    send(bulb, 6, ON);
    assertEquals(Delivery.NO_ACK, nextAfter(1000));
    assertNull(heard.poll(), "the report was lost");
    assertEquals(0, bulb.endpoint(1).get(6, 0));
  }

  /** The example of Base Device Behaviour 10.1. */
  @Test
  void keyOfAnInstallCode() {
    byte[] code = HexFormat.of().parseHex("83fed3407a939723a5c639b26916d505c3b5");
    assertArrayEquals(
        HexFormat.of().parseHex("66b6900981e1ee3ca4206b6b861c02bb"), InstallCode.key(code));
    code[0]++;
    assertThrows(IllegalArgumentException.class, () -> InstallCode.key(code));
  }
}
