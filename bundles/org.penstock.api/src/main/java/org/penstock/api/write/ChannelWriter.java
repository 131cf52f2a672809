package org.penstock.api.write;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.eclipse.kura.type.TypedValue;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The way to write to channels of assets with a source. Each channel decides by its configuration
 * whose writes are taken; every write, taken or not, is in the audit log with before and after. A
 * write through Kura's {@code Asset} interface goes the same way, with a source that is taken from
 * the caller's audit context. Any thread may call; every method returns at once, and stages are
 * completed by other threads, in which nobody may block.
 */
@ProviderType
public interface ChannelWriter {

  /**
   * Writes values to channels of one asset.
   *
   * @param asset its kura.service.pid
   * @param values by channel, each of the channel's value type
   * @return an outcome for each value; never completes exceptionally
   */
  CompletionStage<List<WriteOutcome>> write(
      String asset, Map<String, TypedValue<?>> values, WriteSource source);

  /**
   * Switches a channel to hand: only operators may write to it. Outlasts restarts.
   *
   * @return completes when the switch is durable, exceptionally when the asset or channel is not
   *     there, cannot be written, or the switch cannot be stored
   * @throws IllegalArgumentException when the source is no operator
   */
  CompletionStage<Void> hand(String asset, String channel, WriteSource operator);

  /**
   * Switches a channel back to automatic.
   *
   * @return as with {@link #hand}
   * @throws IllegalArgumentException when the source is no operator
   */
  CompletionStage<Void> automatic(String asset, String channel, WriteSource operator);

  /** Ends the source's own hold of a channel before its time; nothing happens if it has none. */
  void release(String asset, String channel, WriteSource source);

  /** Who may write, by channel; channels that nobody holds are not among them. */
  Map<String, ChannelAuthority> authorities(String asset);
}
