package org.eclipse.kura.util.validation;

import java.util.function.Consumer;

/** Tells what is wrong with a value. */
public interface Validator<T> {

  void validate(T value, Consumer<String> errorMessageConsumer);
}
