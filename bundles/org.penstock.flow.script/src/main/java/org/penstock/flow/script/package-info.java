/** The script sandbox: Rhino, interpreted, with bounds on time, memory, depth and size of each step. */
package org.penstock.flow.script;
