package org.penstock.driver.lorawan.server;

import java.nio.ByteBuffer;
import org.penstock.driver.lorawan.codec.FrameCounter;

/**
 * What server and device have in common since they joined; all of it is durable. Keys are not in it:
 * they are derived again from the device's own.
 *
 * @param devAddr the address that the device uses
 * @param joinNonce 24 bits; 0 for ABP
 * @param devNonce 16 bits; 0 for ABP
 * @param up the last accepted counter of the device, or {@link FrameCounter#NONE}
 * @param down the next counter to be used downwards
 * @param rxDelay seconds to RX1, 1 to 15
 * @param rx1Offset RX1DROffset
 * @param rx2Rate data rate of RX2
 */
record Session(
    int devAddr,
    int joinNonce,
    int devNonce,
    long up,
    long down,
    int rxDelay,
    int rx1Offset,
    int rx2Rate) {

  static final int LENGTH = 31;

  Session heard(long whole) {
    return new Session(devAddr, joinNonce, devNonce, whole, down, rxDelay, rx1Offset, rx2Rate);
  }

  Session answered() {
    return new Session(devAddr, joinNonce, devNonce, up, down + 1, rxDelay, rx1Offset, rx2Rate);
  }

  Session windows(int delay, int offset, int rate) {
    return new Session(devAddr, joinNonce, devNonce, up, down, delay, offset, rate);
  }

  void write(ByteBuffer out) {
    out.putInt(devAddr).putInt(joinNonce).putInt(devNonce).putLong(up).putLong(down);
    out.put((byte) rxDelay).put((byte) rx1Offset).put((byte) rx2Rate);
  }

  static Session read(ByteBuffer in) {
    return new Session(
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getLong(),
        in.getLong(),
        in.get(),
        in.get(),
        in.get());
  }
}
