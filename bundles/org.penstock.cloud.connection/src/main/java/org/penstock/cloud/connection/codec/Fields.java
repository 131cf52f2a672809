package org.penstock.cloud.connection.codec;

/** Field numbers of KuraPayload, and the wire types of protobuf. */
final class Fields {

  static final int TIMESTAMP = 1;
  static final int POSITION = 2;
  static final int METRIC = 5000;
  static final int BODY = 5001;

  static final int METRIC_NAME = 1;
  static final int METRIC_TYPE = 2;

  /** The field of a metric's value is its type's number and this. */
  static final int METRIC_VALUE = 3;

  static final int DOUBLE = 0;
  static final int FLOAT = 1;
  static final int INT64 = 2;
  static final int INT32 = 3;
  static final int BOOL = 4;
  static final int STRING = 5;
  static final int BYTES = 6;

  static final int LATITUDE = 1;
  static final int LONGITUDE = 2;
  static final int ALTITUDE = 3;
  static final int PRECISION = 4;
  static final int HEADING = 5;
  static final int SPEED = 6;
  static final int POSITION_TIMESTAMP = 7;
  static final int SATELLITES = 8;
  static final int STATUS = 9;

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH = 2;
  static final int FIXED32 = 5;

  private Fields() {}
}
