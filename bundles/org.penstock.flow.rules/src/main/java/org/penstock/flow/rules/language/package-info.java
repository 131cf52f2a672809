/** The expression language: texts to closures over slots. Knows neither OSGi nor threads. */
package org.penstock.flow.rules.language;
