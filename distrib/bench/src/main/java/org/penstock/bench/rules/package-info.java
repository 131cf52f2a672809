/** Rules beside Siddhi and Node-RED. */
package org.penstock.bench.rules;
