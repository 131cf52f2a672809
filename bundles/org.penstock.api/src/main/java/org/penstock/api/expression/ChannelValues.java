package org.penstock.api.expression;

import java.util.Optional;
import org.penstock.api.driver.ChannelState;

/** Gives the present states of channels while an expression is evaluated. */
@FunctionalInterface
public interface ChannelValues {

  /**
   * The state of a channel now.
   *
   * @param channel {@code asset/channel}, one of the expression's references
   * @return empty when it was never read
   */
  Optional<ChannelState> state(String channel);
}
