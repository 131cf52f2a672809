package org.eclipse.kura.annotation;

/** Marks a type that may be extended. */
public @interface Extensible {}
