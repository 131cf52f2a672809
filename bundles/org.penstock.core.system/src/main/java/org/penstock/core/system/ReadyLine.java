package org.penstock.core.system;

/** The one line on standard output that says that the gateway is ready. */
final class ReadyLine {

  private ReadyLine() {}

  static void print(Object port) {
    System.out.println("ready https://localhost:" + port);
    System.out.flush();
  }
}
