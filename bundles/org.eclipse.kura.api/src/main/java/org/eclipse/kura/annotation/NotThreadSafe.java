package org.eclipse.kura.annotation;

/** Marks a type for one thread at a time. */
public @interface NotThreadSafe {}
