package org.penstock.api.expression;

import java.util.Optional;
import java.util.Set;
import org.eclipse.kura.type.DataType;

/** Tells the types of channels while an expression is compiled. */
@FunctionalInterface
public interface ChannelTypes {

  /**
   * The type of a channel.
   *
   * @param channel {@code asset/channel}; or a bare word, where the user of the language offers some
   * @return empty when there is no such channel, which is an error of the expression
   */
  Optional<DataType> type(String channel);

  /** The channels that there are, for suggestions; empty when it is not known. */
  default Set<String> known() {
    return Set.of();
  }
}
