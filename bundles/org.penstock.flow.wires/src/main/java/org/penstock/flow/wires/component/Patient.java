package org.penstock.flow.wires.component;

/** A receiver that may wait as it was configured to; that is no fault. */
public interface Patient {}
