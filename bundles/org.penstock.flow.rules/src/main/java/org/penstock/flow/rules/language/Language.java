package org.penstock.flow.rules.language;

import java.util.Collections;
import java.util.SortedSet;
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

  /** The names of all functions. */
  public static SortedSet<String> functions() {
    return Collections.unmodifiableSortedSet(Suggestions.FUNCTIONS);
  }

  /** A channel's name as an expression has it: in brackets where it must be. */
  public static String written(String channel) {
    return Suggestions.written(channel);
  }

  @Override
  public Program compile(String text, DataType result, ChannelTypes channels)
      throws ExpressionException {
    return new Compiler(channels).program(Parser.parse(text), result);
  }
}
