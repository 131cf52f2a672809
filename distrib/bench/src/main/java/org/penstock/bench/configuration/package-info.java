/** Many component instances: start, apply, growth. */
package org.penstock.bench.configuration;
