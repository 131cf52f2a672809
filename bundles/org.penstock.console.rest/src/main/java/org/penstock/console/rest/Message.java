package org.penstock.console.rest;

/**
 * The body of an error, in Kura's form.
 *
 * @param message what is wrong, where, and what to do
 */
record Message(String message) {}
