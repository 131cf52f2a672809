package org.eclipse.kura.util.validation;

import java.util.function.Consumer;
import java.util.function.Predicate;

/** Refuses texts that fail a test, null among them. */
public class PredicateValidator implements Validator<String> {

  private final Predicate<String> predicate;
  private final String message;

  public PredicateValidator(Predicate<String> predicate, String message) {
    this.predicate = predicate;
    this.message = message;
  }

  @Override
  public void validate(String value, Consumer<String> errorMessageConsumer) {
    if (value == null || !predicate.test(value)) {
      errorMessageConsumer.accept(message);
    }
  }
}
