/** {@code ./penstock demo}: a plant, a broker and a gateway between them, each a process of its own. */
package org.penstock.demo;
