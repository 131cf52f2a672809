package org.penstock.api.expression;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.eclipse.kura.type.TypedValue;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.driver.Quality;

/**
 * A compiled expression. Its cost is bounded when it is compiled. One that has window functions
 * remembers what it saw: each user compiles one of its own, and evaluates it in one thread at a time.
 */
@ProviderType
public interface Expression {

  /**
   * What came of one evaluation.
   *
   * @param value empty when the quality is bad
   * @param quality the worst of what was used, unless the expression tests qualities itself
   */
  record Result(Optional<TypedValue<?>> value, Quality quality) {}

  /** The channels that it refers to, as {@code asset/channel}. */
  Set<String> references();

  /**
   * Evaluates it. Never throws for a value: division by zero, a missing channel or text that is no
   * number is a bad quality with the reason.
   *
   * @param now the time that counts for time functions and windows
   */
  Result evaluate(ChannelValues values, Instant now);
}
