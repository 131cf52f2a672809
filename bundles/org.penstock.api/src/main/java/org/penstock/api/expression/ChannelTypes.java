package org.penstock.api.expression;

import java.util.Optional;
import org.eclipse.kura.type.DataType;

/** Tells the types of channels while an expression is compiled. */
@FunctionalInterface
public interface ChannelTypes {

  /**
   * The type of a channel.
   *
   * @param channel {@code asset/channel}
   * @return empty when there is no such channel, which is an error of the expression
   */
  Optional<DataType> type(String channel);
}
