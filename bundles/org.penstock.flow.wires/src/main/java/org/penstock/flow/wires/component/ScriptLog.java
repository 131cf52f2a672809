package org.penstock.flow.wires.component;

import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a script logs, and no more of it than a log can bear. Thread safe. */
final class ScriptLog implements BiConsumer<String, String> {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptLog.class);
  private static final int A_SECOND = 10;

  private final String pid;
  private final long[] window = new long[3];

  ScriptLog(String pid) {
    this.pid = pid;
  }

  @Override
  public void accept(String level, String text) {
    long left;
    synchronized (window) {
      long second = System.nanoTime() / 1_000_000_000L;
      left = 0;
      if (window[0] != second) {
        left = Math.max(0, window[1] - A_SECOND);
        window[0] = second;
        window[1] = 0;
      }
      if (++window[1] > A_SECOND) {
        return;
      }
    }
    String more = left == 0 ? "" : " (" + left + " lines before were left out)";
    switch (level) {
      case "debug" -> LOG.debug("{}: {}{}", pid, text, more);
      case "info" -> LOG.info("{}: {}{}", pid, text, more);
      default -> LOG.warn("{}: {}{}", pid, text, more);
    }
  }
}
