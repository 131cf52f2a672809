package org.penstock.field.asset;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of an asset in a wire graph; those of its channels are added at run time. */
@ObjectClassDefinition(
    id = WireAssetConfig.FACTORY_PID,
    name = "WireAsset",
    description = "Channels of one device as wire records")
@interface WireAssetConfig {

  /** Kura's factory pid. */
  String FACTORY_PID = "org.eclipse.kura.wire.WireAsset";

  /** Key of {@link #asset_desc}. */
  String DESCRIPTION = "asset.desc";

  /** Key of {@link #driver_pid}. */
  String DRIVER_PID = "driver.pid";

  /** Key of {@link #emit_all_channels}. */
  String EMIT_ALL_CHANNELS = "emit.all.channels";

  /** Key of {@link #timestamp_mode}. */
  String TIMESTAMP_MODE = "timestamp.mode";

  /** Key of {@link #emit_errors}. */
  String EMIT_ERRORS = "emit.errors";

  /** Key of {@link #emit_connection_errors}. */
  String EMIT_CONNECTION_ERRORS = "emit.connection.errors";

  /** Key of {@link #emit_on_change}. */
  String EMIT_ON_CHANGE = "emit.on.change";

  /** Key of {@link #emit_empty_envelopes}. */
  String EMIT_EMPTY_ENVELOPES = "emit.empty.envelopes";

  /** Key of {@link #emit_quality}. */
  String EMIT_QUALITY = "emit.quality";

  /** Key of {@link #poll_interval_ms}. */
  String POLL_INTERVAL = "poll.interval.ms";

  /** Key of {@link #asset_group}. */
  String GROUP = "asset.group";

  /** The key of a channel whose events are emitted, without channel name. */
  String LISTEN = "+listen";

  @AttributeDefinition(
      name = "Description",
      description = "What this asset stands for",
      required = false)
  String asset_desc() default "";

  @AttributeDefinition(name = "Driver", description = "kura.service.pid of the driver instance")
  String driver_pid();

  @AttributeDefinition(
      name = "Emit all channels",
      description = "On an event of one channel, read and emit all of them")
  boolean emit_all_channels() default false;

  @AttributeDefinition(name = "Timestamps", description = "Which timestamps are emitted")
  TimestampMode timestamp_mode() default TimestampMode.PER_CHANNEL;

  @AttributeDefinition(
      name = "Emit errors",
      description = "Add <channel>_error to each record, empty on success")
  boolean emit_errors() default false;

  @AttributeDefinition(
      name = "Emit connection errors",
      description = "With emit errors: emit assetError when nothing could be read")
  boolean emit_connection_errors() default false;

  @AttributeDefinition(
      name = "Emit on change",
      description = "Leave out channels whose value is the last one read")
  boolean emit_on_change() default false;

  @AttributeDefinition(
      name = "Emit empty envelopes",
      description = "With emit on change: emit a record also when no channel changed")
  boolean emit_empty_envelopes() default true;

  @AttributeDefinition(
      name = "Emit quality",
      description = "Add <channel>_quality to each record: GOOD, UNCERTAIN or BAD")
  boolean emit_quality() default false;

  @AttributeDefinition(
      name = "Poll interval",
      description = "Milliseconds between the asset's own reads; 0 reads only when triggered",
      min = "0")
  long poll_interval_ms() default 0;

  @AttributeDefinition(
      name = "Group",
      description = "Roles can be limited to the assets of a group, for example role.operate.north",
      required = false)
  String asset_group() default "";
}
