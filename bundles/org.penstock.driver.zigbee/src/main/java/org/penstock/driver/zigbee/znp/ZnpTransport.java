package org.penstock.driver.zigbee.znp;

import com.zsmartsystems.zigbee.ExtendedPanId;
import com.zsmartsystems.zigbee.IeeeAddress;
import com.zsmartsystems.zigbee.ZigBeeChannel;
import com.zsmartsystems.zigbee.ZigBeeStatus;
import com.zsmartsystems.zigbee.aps.ZigBeeApsFrame;
import com.zsmartsystems.zigbee.security.ZigBeeKey;
import com.zsmartsystems.zigbee.transport.TransportConfig;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportProgressState;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportReceive;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportTransmit;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A stick as a transport of the ZigBee library. Sending never waits: what became of a message is told
 * by {@link ZigBeeTransportReceive#receiveCommandState}.
 */
public final class ZnpTransport implements ZigBeeTransportTransmit {

  private final ZnpStick stick;
  private final AtomicReference<String> failure = new AtomicReference<>("");

  /** Over a stick that is not open yet. */
  public ZnpTransport(ZnpStick stick) {
    this.stick = stick;
  }

  @Override
  public ZigBeeStatus initialize() {
    return ZigBeeStatus.SUCCESS;
  }

  @Override
  public ZigBeeStatus startup(boolean reinitialize) {
    try {
      stick.open(Optional.empty());
      return ZigBeeStatus.SUCCESS;
    } catch (IOException refused) {
      failure.set(refused.getMessage());
      return ZigBeeStatus.COMMUNICATION_ERROR;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return ZigBeeStatus.FAILURE;
    }
  }

  @Override
  public void shutdown() {
    stick.close();
  }

  @Override
  public String getVersionString() {
    return stick.state() == null ? failure.get() : stick.state().version();
  }

  @Override
  public IeeeAddress getIeeeAddress() {
    return stick.state() == null ? null : ZnpStick.address(stick.state().ieee());
  }

  @Override
  public Integer getNwkAddress() {
    return 0;
  }

  @Override
  public void sendCommand(int tag, ZigBeeApsFrame frame) {
    stick
        .send(frame)
        .whenComplete(
            (status, problem) -> {
              ZigBeeTransportReceive to = stick.receiver();
              if (to != null) {
                boolean delivered = problem == null && status == 0;
                to.receiveCommandState(
                    tag,
                    delivered
                        ? ZigBeeTransportProgressState.RX_ACK
                        : ZigBeeTransportProgressState.RX_NAK);
              }
            });
  }

  @Override
  public void setZigBeeTransportReceive(ZigBeeTransportReceive to) {
    stick.receive(to);
  }

  @Override
  public ZigBeeChannel getZigBeeChannel() {
    return ZigBeeChannel.create(
        stick.state() == null ? stick.settings().channel() : stick.state().channel());
  }

  @Override
  public ZigBeeStatus setZigBeeChannel(ZigBeeChannel channel) {
    return ZigBeeStatus.UNSUPPORTED; // settings are final
  }

  @Override
  public int getZigBeePanId() {
    return stick.state() == null ? stick.settings().panId() : stick.state().panId();
  }

  @Override
  public ZigBeeStatus setZigBeePanId(int panId) {
    return ZigBeeStatus.UNSUPPORTED;
  }

  @Override
  public ExtendedPanId getZigBeeExtendedPanId() {
    long id =
        stick.state() == null ? stick.settings().extendedPanId() : stick.state().extendedPanId();
    return new ExtendedPanId(new BigInteger(Long.toUnsignedString(id)));
  }

  @Override
  public ZigBeeStatus setZigBeeExtendedPanId(ExtendedPanId panId) {
    return ZigBeeStatus.UNSUPPORTED;
  }

  @Override
  public ZigBeeStatus setZigBeeNetworkKey(ZigBeeKey key) {
    return ZigBeeStatus.UNSUPPORTED;
  }

  @Override
  public ZigBeeKey getZigBeeNetworkKey() {
    return null; // a secret; nobody asks for it
  }

  @Override
  public ZigBeeStatus setTcLinkKey(ZigBeeKey key) {
    return ZigBeeStatus.UNSUPPORTED;
  }

  @Override
  public ZigBeeKey getTcLinkKey() {
    return null;
  }

  @Override
  public void updateTransportConfig(TransportConfig config) {
    // nothing of it can be changed while the network runs
  }
}
