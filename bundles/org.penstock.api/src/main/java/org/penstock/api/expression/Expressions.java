package org.penstock.api.expression;

import org.eclipse.kura.type.DataType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Compiles texts of the expression language. A service; where none is registered, formulas have no
 * value and say so. Any thread may call.
 */
@ProviderType
public interface Expressions {

  /**
   * Compiles an expression once, to be evaluated often.
   *
   * @param text in the language
   * @param result the type that it must give; numbers are converted, other types must be the same
   * @param channels tells the types of the channels that it refers to
   * @throws ExpressionException names the place and what would be right
   */
  Expression compile(String text, DataType result, ChannelTypes channels)
      throws ExpressionException;
}
