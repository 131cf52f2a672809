package org.penstock.driver.lorawan.simulator;

import java.util.List;
import org.penstock.driver.lorawan.codec.AesKey;
import org.penstock.driver.lorawan.codec.DataFrame;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.codec.FrameCrypto;
import org.penstock.driver.lorawan.codec.FrameException;
import org.penstock.driver.lorawan.codec.JoinAccept;
import org.penstock.driver.lorawan.codec.JoinRequest;
import org.penstock.driver.lorawan.codec.MacCommand;
import org.penstock.driver.lorawan.codec.MessageType;
import org.penstock.driver.lorawan.codec.PhyPayload;

/** A device of LoRaWAN 1.0.x, with counters and keys. Not safe for several threads. */
public final class VirtualDevice {

  /** The key of every device that joins. */
  public static final String APP_KEY = "00112233445566778899aabbccddeeff";

  private final Eui devEui;
  private int devNonce = 1;
  private int devAddr;
  private AesKey nwkSKey;
  private AesKey appSKey;
  private long up;
  private long down = -1;

  /** One that has to join. */
  public VirtualDevice(Eui devEui) {
    this.devEui = devEui;
  }

  /** One with keys of its own. */
  public VirtualDevice(Eui devEui, int devAddr, String nwkSKey, String appSKey) {
    this.devEui = devEui;
    this.devAddr = devAddr;
    this.nwkSKey = AesKey.parse(nwkSKey);
    this.appSKey = AesKey.parse(appSKey);
  }

  /** Its name. */
  public Eui devEui() {
    return devEui;
  }

  /** Its address. */
  public int devAddr() {
    return devAddr;
  }

  /** A join-request with the next DevNonce. */
  public byte[] joinRequest() {
    return JoinRequest.encode(new Eui(0), devEui, ++devNonce, AesKey.parse(APP_KEY));
  }

  /** A join-accept has come. */
  public JoinAccept joined(byte[] bytes) throws FrameException {
    AesKey appKey = AesKey.parse(APP_KEY);
    JoinAccept accept = JoinAccept.decode(bytes, appKey);
    devAddr = accept.devAddr();
    nwkSKey = FrameCrypto.sessionKey(appKey, 1, accept.joinNonce(), accept.netId(), devNonce);
    appSKey = FrameCrypto.sessionKey(appKey, 2, accept.joinNonce(), accept.netId(), devNonce);
    up = 0;
    down = -1;
    return accept;
  }

  /** The next frame's counter. */
  public VirtualDevice counter(long next) {
    up = next;
    return this;
  }

  /** The next frame. */
  public byte[] up(int port, byte[] content) {
    return up(MessageType.UNCONFIRMED_UP, 0, new byte[0], port, content);
  }

  /** The next frame, in full. */
  public byte[] up(MessageType type, int flags, byte[] options, int port, byte[] content) {
    DataFrame frame =
        new DataFrame(type, devAddr, flags, (int) up & 0xffff, options, port, content, 0);
    return frame.encode(nwkSKey, port == 0 ? nwkSKey : appSKey, (int) up++);
  }

  /**
   * What came down, deciphered.
   *
   * @param content in clear
   * @param commands of FOpts
   */
  public record Down(DataFrame frame, byte[] content, List<MacCommand> commands) {}

  /** A frame has come: genuine, for this device, and with a counter that is new. */
  public Down down(byte[] bytes) throws FrameException {
    DataFrame frame = (DataFrame) PhyPayload.parse(bytes);
    if (frame.devAddr() != devAddr || !frame.signedBy(nwkSKey, frame.counter())) {
      throw new FrameException("not for this device, or forged");
    }
    if (frame.counter() <= down) {
      throw new FrameException("counter " + frame.counter() + " after " + down);
    }
    down = frame.counter();
    return new Down(
        frame,
        frame.deciphered(appSKey, frame.counter()),
        MacCommand.parse(frame.options(), false).commands());
  }
}
