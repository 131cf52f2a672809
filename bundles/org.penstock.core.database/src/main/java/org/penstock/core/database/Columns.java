package org.penstock.core.database;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireRecord;

/** Types of wires and of columns. */
final class Columns {

  private Columns() {}

  static String type(DataType type) {
    return switch (type) {
      case BOOLEAN -> "BOOLEAN";
      case BYTE_ARRAY -> "VARBINARY";
      case DOUBLE -> "DOUBLE PRECISION";
      case FLOAT -> "REAL";
      case INTEGER -> "INTEGER";
      case LONG -> "BIGINT";
      case STRING -> "CHARACTER VARYING";
    };
  }

  /** A name that SQL takes as it is. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** One row; columns without value are left out. */
  static WireRecord record(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    Map<String, TypedValue<?>> values = new HashMap<>();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      TypedValue<?> value = value(row, column, columns.getColumnType(column));
      if (value != null && !row.wasNull()) {
        values.put(columns.getColumnLabel(column), value);
      }
    }
    return new WireRecord(values);
  }

  private static TypedValue<?> value(ResultSet row, int column, int type) throws SQLException {
    return switch (type) {
      case Types.BOOLEAN, Types.BIT -> TypedValues.newBooleanValue(row.getBoolean(column));
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER ->
          TypedValues.newIntegerValue(row.getInt(column));
      case Types.BIGINT -> TypedValues.newLongValue(row.getLong(column));
      case Types.REAL -> TypedValues.newFloatValue(row.getFloat(column));
      case Types.DOUBLE, Types.FLOAT, Types.DECIMAL, Types.NUMERIC ->
          TypedValues.newDoubleValue(row.getDouble(column));
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> {
        byte[] bytes = row.getBytes(column);
        yield bytes == null ? null : TypedValues.newByteArrayValue(bytes);
      }
      default -> {
        String text = row.getString(column);
        yield text == null ? null : TypedValues.newStringValue(text);
      }
    };
  }
}
