package org.penstock.bench.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** CPU of a gateway's threads but those of its HTTP server, its collector and its compiler. */
final class DataPathCpu {

  private static final double TICKS_PER_SECOND = 100;
  private static final List<String> OTHERS =
      List.of("qtp", "console/worker", "VM ", "C1 ", "C2 ", "GC ");

  private DataPathCpu() {}

  /** Seconds since its start; what ended threads used is not among them. */
  static double seconds(long pid) throws IOException {
    double seconds = 0;
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path task : tasks.toList()) {
        seconds += ofTask(task);
      }
    }
    return seconds;
  }

  private static double ofTask(Path task) throws IOException {
    try {
      String stat = Files.readString(task.resolve("stat"));
      int end = stat.lastIndexOf(')');
      String name = stat.substring(stat.indexOf('(') + 1, end);
      if (OTHERS.stream().anyMatch(name::startsWith)) {
        return 0;
      }
      String[] fields = stat.substring(end + 2).split(" ");
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    } catch (NoSuchFileException e) {
      return 0; // ended meanwhile
    }
  }
}
