package org.penstock.api.strand;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Opens strands over one shared pool of threads. The pool has max(4, 2 x cores) runnable threads; a
 * task that runs longer than 50 ms is replaced by a spare thread (32 threads at most in all), so that
 * a slow task of one strand never delays another strand. Any thread may call.
 */
@ProviderType
public interface Strands {

  /**
   * Opens a strand.
   *
   * @param name {@code <room>/<thing>/<instance pid>}; the thread carries it while it runs a task
   */
  Strand open(String name);
}
