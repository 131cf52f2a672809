package org.penstock.flow.rules.language;

import java.util.function.Supplier;
import org.penstock.api.expression.ExpressionException;

/** {@code orElse(value, otherwise)}: each is evaluated once at most, so that nesting costs nothing. */
final class OrElse {

  private final Run run;
  private final Supplier<String> before;
  private final Slot doubt;

  private OrElse(Run run) {
    this.run = run;
    this.before = run.fault();
    this.doubt = run.doubtful();
  }

  static Code of(Run run, Node second, Code value, Code otherwise) throws ExpressionException {
    Type type =
        Type.common(value.type(), otherwise.type())
            .orElseThrow(() -> Compiler.wrong(second, otherwise.type(), value.type()));
    return switch (type) {
      case TRUTH ->
          Code.truth(
              () -> {
                OrElse here = begin(run);
                boolean tried = value.truth().getAsBoolean();
                return here.well() ? tried : otherwise.truth().getAsBoolean();
              });
      case REAL ->
          Code.real(
              () -> {
                OrElse here = begin(run);
                double tried = value.real().getAsDouble();
                return here.well() ? tried : otherwise.real().getAsDouble();
              });
      case TEXT ->
          Code.text(
              () -> {
                OrElse here = begin(run);
                String tried = value.text().get();
                return here.well() ? tried : otherwise.text().get();
              });
      case BYTES -> throw Compiler.wrong(second, type, Type.REAL);
      default -> {
        Supplier<Long> either =
            () -> {
              OrElse here = begin(run);
              long tried = value.whole().getAsLong();
              return here.well() ? tried : otherwise.whole().getAsLong();
            };
        yield type == Type.WHOLE ? Code.whole(either::get) : Code.millis(type, either::get);
      }
    };
  }

  private static OrElse begin(Run run) {
    OrElse here = new OrElse(run);
    run.restore(null);
    return here;
  }

  private boolean well() {
    boolean well = !run.failed();
    run.restore(before);
    if (!well) {
      run.restoreDoubt(doubt);
    }
    return well;
  }
}
