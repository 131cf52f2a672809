package org.penstock.flow.rules.language;

import org.eclipse.kura.type.DataType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.expression.ChannelTypes;
import org.penstock.api.expression.ExpressionException;
import org.penstock.api.expression.Expressions;

/** The language as a service. Any thread may call. */
@Component(service = Expressions.class)
public final class Language implements Expressions {

  /** Made by the framework, and by tests. */
  @Activate
  public Language() {
    // holds nothing
  }

  @Override
  public Program compile(String text, DataType result, ChannelTypes channels)
      throws ExpressionException {
    return new Compiler(channels).program(Parser.parse(text), result);
  }
}
