/** Rules: when an expression holds, something is done. */
package org.penstock.flow.rules.rule;
