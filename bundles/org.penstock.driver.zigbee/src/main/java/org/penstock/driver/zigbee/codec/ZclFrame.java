package org.penstock.driver.zigbee.codec;

/**
 * A frame of the ZigBee Cluster Library (2.4 of its specification).
 *
 * @param clusterSpecific a cluster's command; else one that all clusters have
 * @param manufacturer code, or {@link #NO_MANUFACTURER}
 * @param fromServer direction: from the cluster's server to its client
 * @param quiet no default response is wanted
 * @param sequence number of the transaction, 0 to 255
 * @param command 0 to 255
 * @param payload what follows the header
 */
public record ZclFrame(
    boolean clusterSpecific,
    int manufacturer,
    boolean fromServer,
    boolean quiet,
    int sequence,
    int command,
    byte[] payload) {

  /** Not specific to a manufacturer. */
  public static final int NO_MANUFACTURER = -1;

  /** General command: read attributes. */
  public static final int READ = 0x00;

  /** General command: read attributes response. */
  public static final int READ_RESPONSE = 0x01;

  /** General command: write attributes. */
  public static final int WRITE = 0x02;

  /** General command: write attributes response. */
  public static final int WRITE_RESPONSE = 0x04;

  /** General command: configure reporting. */
  public static final int CONFIGURE_REPORTING = 0x06;

  /** General command: configure reporting response. */
  public static final int CONFIGURE_REPORTING_RESPONSE = 0x07;

  /** General command: report attributes. */
  public static final int REPORT = 0x0A;

  /** General command: default response. */
  public static final int DEFAULT_RESPONSE = 0x0B;

  private static final int MANUFACTURER_BIT = 0x04;
  private static final int SERVER_BIT = 0x08;
  private static final int QUIET_BIT = 0x10;

  /** From client to server, with a default response wanted. */
  public static ZclFrame request(
      boolean clusterSpecific, int manufacturer, int sequence, int command, byte[] payload) {
    return new ZclFrame(clusterSpecific, manufacturer, false, false, sequence, command, payload);
  }

  /** The frame in these bytes; throws IllegalArgumentException when they are too few. */
  public static ZclFrame decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int control = in.u8();
    int manufacturer = (control & MANUFACTURER_BIT) == 0 ? NO_MANUFACTURER : in.u16();
    return new ZclFrame(
        (control & 3) == 1,
        manufacturer,
        (control & SERVER_BIT) != 0,
        (control & QUIET_BIT) != 0,
        in.u8(),
        in.u8(),
        in.rest());
  }

  /** The bytes of the frame. */
  public byte[] encode() {
    int control =
        (clusterSpecific ? 1 : 0)
            | (manufacturer == NO_MANUFACTURER ? 0 : MANUFACTURER_BIT)
            | (fromServer ? SERVER_BIT : 0)
            | (quiet ? QUIET_BIT : 0);
    ByteWriter out = new ByteWriter().u8(control);
    if (manufacturer != NO_MANUFACTURER) {
      out.u16(manufacturer);
    }
    return out.u8(sequence).u8(command).bytes(payload).toBytes();
  }

  /** Whether it is this general command. */
  public boolean isGeneral(int wanted) {
    return !clusterSpecific && command == wanted;
  }
}
