package org.eclipse.kura.annotation;

/** Marks a type that several threads may use. */
public @interface ThreadSafe {}
