package org.penstock.core.configuration;

/**
 * Something in a document that can't be used, while the rest can.
 *
 * @param line where in the document, 1 or more; 0 when unknown
 * @param pid the configuration it stands in; may be empty
 * @param attribute the property; may be empty
 * @param given the text that stands there, masked for passwords
 * @param allowed what may stand there
 */
record Flaw(int line, String pid, String attribute, String given, String allowed) {}
