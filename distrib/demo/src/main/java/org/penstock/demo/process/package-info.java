/** Child processes and what the system says about them; used by the demo and by the benchmarks. */
package org.penstock.demo.process;
