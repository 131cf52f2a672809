package org.penstock.driver.lorawan.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What another network server tells of a device. */
public sealed interface RemoteEvent {

  /** Which device it is about. */
  Who who();

  /**
   * A device as that server names it.
   *
   * @param id of The Things Stack; for ChirpStack the DevEUI
   */
  record Who(Eui devEui, String id) {}

  /**
   * A gateway that has heard a frame.
   *
   * @param gateway its EUI, 0 when it has none
   */
  record Copy(Eui gateway, double rssi, double snr) {}

  /**
   * Data.
   *
   * @param rate data rate of the region; -1 when that server does not say
   * @param modulation null when it does not say
   * @param fields as that server has decoded them, by their path with dots
   * @param copies the best first
   * @param battery 255 when it does not say
   */
  record Up(
      Who who,
      long counter,
      int port,
      int rate,
      int hertz,
      Modulation modulation,
      byte[] bytes,
      Map<String, Object> fields,
      List<Copy> copies,
      int battery)
      implements RemoteEvent {

    @Override
    public boolean equals(Object other) {
      return other instanceof Up that
          && who.equals(that.who)
          && counter == that.counter
          && port == that.port
          && Arrays.equals(bytes, that.bytes)
          && fields.equals(that.fields)
          && copies.equals(that.copies);
    }

    @Override
    public int hashCode() {
      return who.hashCode();
    }
  }

  /** It has joined. */
  record Joined(Who who) implements RemoteEvent {}

  /**
   * How it is.
   *
   * @param battery 0 external power, 1 to 254 of 254, 255 unknown
   * @param margin dB
   */
  record Status(Who who, int battery, int margin) implements RemoteEvent {}

  /** How far a downlink is. */
  enum Progress {
    /** In that server's queue. */
    QUEUED,
    /** A gateway has sent it. */
    SENT,
    /** The device has got it. */
    ACKNOWLEDGED,
    /** It was not sent, or not acknowledged. */
    FAILED
  }

  /**
   * What became of a downlink.
   *
   * @param ids one of them is ours
   * @param reason empty unless it failed
   */
  record Down(Who who, List<String> ids, Progress progress, String reason) implements RemoteEvent {}
}
