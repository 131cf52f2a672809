package org.eclipse.kura.annotation;

/** Marks what may be null. */
public @interface Nullable {}
