/**
 * Benchmarks: {@code ./penstock bench [NAME] [--quick] [--json FILE] [--profile P]}. To add one, implement
 * {@link org.penstock.bench.Benchmark} and name the class in
 * {@code META-INF/services/org.penstock.bench.Benchmark}.
 */
package org.penstock.bench;
