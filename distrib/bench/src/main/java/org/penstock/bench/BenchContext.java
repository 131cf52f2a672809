package org.penstock.bench;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * What a benchmark is given.
 *
 * @param install the unpacked distribution
 * @param work an empty folder, removed afterwards
 * @param quick a shorter run for a first look: fewer rounds, shorter waits
 * @param profile small, medium or large
 * @param progress for a word on what goes on; never the figures
 */
public record BenchContext(
    Path install, Path work, boolean quick, String profile, PrintStream progress) {

  /** Rounds in which each side runs once: so many, or one third of it (at least one) when quick. */
  public int rounds(int full) {
    return quick ? Math.max(1, full / 3) : full;
  }

  /** One line on what goes on. */
  public void say(String line) {
    progress.println("  " + line);
  }
}
