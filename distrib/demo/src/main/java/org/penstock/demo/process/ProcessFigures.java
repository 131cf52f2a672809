package org.penstock.demo.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Linux says about a process in {@code /proc}.
 *
 * @param cpuSeconds user and system time of all its threads since its start, in steps of 10 ms
 * @param residentMegabytes resident set in MB (1,000,000 bytes)
 * @param threads threads now
 */
public record ProcessFigures(double cpuSeconds, double residentMegabytes, int threads) {

  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on all of Linux's ports

  /** Reads them. */
  public static ProcessFigures of(long pid) throws IOException {
    Path folder = Path.of("/proc", Long.toString(pid));
    return parse(
        Files.readString(folder.resolve("stat")), Files.readAllLines(folder.resolve("status")));
  }

  static ProcessFigures parse(String stat, List<String> status) {
    return new ProcessFigures(
        cpu(stat), number(status, "VmRSS:") * 1024 / 1e6, (int) number(status, "Threads:"));
  }

  /**
   * User and system time in seconds of those threads of a process that live now and whose names begin
   * so. Linux keeps 15 characters of a name.
   */
  public static double cpuSeconds(long pid, String name) throws IOException {
    double sum = 0;
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path thread : threads.toList()) {
        String stat = stat(thread);
        if (stat.contains("(" + name)) {
          sum += cpu(stat);
        }
      }
    }
    return sum;
  }

  /** Empty when the thread has ended meanwhile. */
  private static String stat(Path thread) {
    try {
      return Files.readString(thread.resolve("stat"));
    } catch (IOException ended) {
      return "";
    }
  }

  /** The second field is the name in brackets and may hold spaces; utime and stime are 14 and 15. */
  private static double cpu(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private static double number(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).trim().split(" ")[0])
        .mapToDouble(Double::parseDouble)
        .findFirst()
        .orElse(0);
  }
}
