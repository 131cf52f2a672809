/** Alarms by ISA-18.2: states, journal, publication. */
package org.penstock.flow.rules.alarm;
