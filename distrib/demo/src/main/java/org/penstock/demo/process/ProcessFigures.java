package org.penstock.demo.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
    // the second field is the name in brackets and may hold spaces; utime and stime are 14 and 15
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    double cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    return new ProcessFigures(
        cpu, number(status, "VmRSS:") * 1024 / 1e6, (int) number(status, "Threads:"));
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
