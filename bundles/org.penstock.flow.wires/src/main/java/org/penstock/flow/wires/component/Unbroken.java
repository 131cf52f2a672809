package org.penstock.flow.wires.component;

/** Works with files that an interrupt closes: it may be moved aside, but is not woken up. */
public interface Unbroken {}
