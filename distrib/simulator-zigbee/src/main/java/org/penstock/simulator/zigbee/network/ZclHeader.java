package org.penstock.simulator.zigbee.network;

/**
 * Header of a ZCL frame (ZCL 2.4.1).
 *
 * @param control frame control
 * @param manufacturer 0 when the frame is not manufacturer specific
 * @param sequence transaction number
 * @param command command id
 */
record ZclHeader(int control, int manufacturer, int sequence, int command) {

  private static final int CLUSTER_SPECIFIC = 1;
  private static final int MANUFACTURER = 4;
  private static final int TO_CLIENT = 8;
  private static final int NO_DEFAULT_RESPONSE = 16;

  static ZclHeader read(FrameReader in) {
    int control = in.u8();
    int manufacturer = (control & MANUFACTURER) != 0 ? in.u16() : 0;
    return new ZclHeader(control, manufacturer, in.u8(), in.u8());
  }

  /** The header of an answer to this, with default responses disabled. */
  ZclHeader answer(boolean isClusterSpecific, int answerCommand) {
    int flags = (isClusterSpecific ? CLUSTER_SPECIFIC : 0) | (control & MANUFACTURER);
    int direction = toClient() ? 0 : TO_CLIENT;
    return new ZclHeader(
        flags | direction | NO_DEFAULT_RESPONSE, manufacturer, sequence, answerCommand);
  }

  /** The header of a frame that the server side sends by itself. */
  static ZclHeader fromServer(
      boolean clusterSpecific, int manufacturer, int sequence, int command) {
    int flags = (clusterSpecific ? CLUSTER_SPECIFIC : 0) | (manufacturer != 0 ? MANUFACTURER : 0);
    return new ZclHeader(flags | TO_CLIENT | NO_DEFAULT_RESPONSE, manufacturer, sequence, command);
  }

  /** The header of a command that the client side sends, such as a button's. */
  static ZclHeader fromClient(int sequence, int command) {
    return new ZclHeader(CLUSTER_SPECIFIC | NO_DEFAULT_RESPONSE, 0, sequence, command);
  }

  boolean isClusterSpecific() {
    return (control & 3) == CLUSTER_SPECIFIC;
  }

  boolean toClient() {
    return (control & TO_CLIENT) != 0;
  }

  boolean wantsDefaultResponse() {
    return (control & NO_DEFAULT_RESPONSE) == 0;
  }

  byte[] with(byte... payload) {
    FrameWriter out = new FrameWriter().u8(control);
    if ((control & MANUFACTURER) != 0) {
      out.u16(manufacturer);
    }
    return out.u8(sequence).u8(command).bytes(payload).done();
  }
}
