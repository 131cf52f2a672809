package org.eclipse.kura.annotation;

/** Marks a type whose instances do not change. */
public @interface Immutable {}
