/** Tables of channels: how long an import takes. */
package org.penstock.bench.tags;
