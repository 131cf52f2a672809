package org.penstock.field.asset;

import java.util.Objects;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;

/**
 * The keys under which a channel stands in a record that goes out, and its unit: made once, used in
 * each poll.
 *
 * @param name the channel's
 * @param unitText as the record gives it; may be null
 * @param unit the same as a value; null when there is none to show
 */
record Labels(
    String name,
    String unitText,
    TypedValue<?> unit,
    String unitKey,
    String timestampKey,
    String errorKey,
    String qualityKey) {

  static Labels of(ChannelRecord record, WireAssetOptions options) {
    String name = record.getChannelName();
    String unit = record.getUnit();
    boolean shown = unit != null && !unit.isBlank();
    boolean timed = options.timestamps() == TimestampMode.PER_CHANNEL;
    return new Labels(
        name,
        unit,
        shown ? TypedValues.newStringValue(unit) : null,
        shown ? name + RecordComposer.UNIT : null,
        timed ? name + RecordComposer.TIMESTAMP : null,
        options.emitErrors() ? name + RecordComposer.ERROR : null,
        options.emitQuality() ? name + RecordComposer.QUALITY : null);
  }

  boolean fits(ChannelRecord record) {
    return name.equals(record.getChannelName()) && Objects.equals(unitText, record.getUnit());
  }
}
