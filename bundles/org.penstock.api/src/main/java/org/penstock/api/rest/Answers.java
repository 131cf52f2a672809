package org.penstock.api.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a resource method that returns a {@code Response} puts into it when it succeeds: the OpenAPI
 * document tells it, and the contract tests check it. Not needed where there is no body.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Answers {
  /** The type of the body. */
  Class<?> value();
}
