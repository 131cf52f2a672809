package org.penstock.acceptance.deployment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.penstock.acceptance.product.BundleJar;

/** Bundles that do what no bundle should. */
final class Faults {

  /** How the content of a file comes to be; a package of the file holds the same bundle. */
  interface Maker extends Function<BundleJar, BundleJar> {}

  /**
   * One fault.
   *
   * @param name as the issue calls it
   * @param result REFUSED or ROLLED_BACK
   * @param maker makes a good bundle bad
   * @param spoil changes the finished jar's bytes
   * @param words that the reason must hold
   */
  record Fault(
      String name, String result, Maker maker, Function<byte[], byte[]> spoil, List<String> words) {

    byte[] jar(String symbolicName, String version) {
      return spoil.apply(maker.apply(new BundleJar(symbolicName, version)).bytes());
    }
  }

  private static final String SCR =
      "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"faulty\""
          + " immediate=\"true\" activate=\"activate\"><implementation class=\"faulty.Part\"/>";

  private Faults() {}

  private static Fault fault(String name, String result, Maker maker, String... words) {
    return new Fault(name, result, maker, Function.identity(), List.of(words));
  }

  /** A thread of the bundle's own that does this for ever. */
  private static Maker busy(String body) {
    return b ->
        b.activator(
            "Thread t = new Thread(() -> { java.util.List<Object> kept = new java.util.ArrayList<>();"
                + " long n = 0; while (true) { "
                + body
                + " } }, \"faulty\"); t.setDaemon(true); t.start();");
  }

  static List<Fault> all(int httpsPort) {
    List<Fault> all = new ArrayList<>(starting(httpsPort));
    all.addAll(loading());
    all.addAll(unfit());
    return all;
  }

  private static List<Fault> starting(int httpsPort) {
    List<Fault> all = new ArrayList<>();
    all.add(
        fault(
            "throws in activator",
            "ROLLED_BACK",
            b -> b.activator("throw new IllegalStateException(\"boom\");"),
            "boom"));
    all.add(
        fault(
            "hangs in activate",
            "ROLLED_BACK",
            b ->
                b.component(SCR + "</scr:component>")
                    .source(
                        "faulty.Part",
                        "package faulty; public class Part { public void activate() throws Exception"
                            + " { Thread.sleep(3600000); } }"),
            "hangs"));
    all.add(
        fault(
            "hangs in activator and heeds no interruption",
            "ROLLED_BACK",
            b ->
                b.activator(
                    "while (true) { try { Thread.sleep(1000); } catch (InterruptedException e) {"
                        + " keep = e; } }"),
            "hangs"));
    all.add(
        fault(
            "never satisfied",
            "ROLLED_BACK",
            b ->
                b.component(
                        SCR
                            + "<reference name=\"absent\" interface=\"java.lang.Runnable\""
                            + " target=\"(absent=true)\" field=\"absent\"/></scr:component>")
                    .source(
                        "faulty.Part",
                        "package faulty; public class Part { Runnable absent;"
                            + " public void activate() {} }"),
            "never satisfied",
            "absent"));
    all.add(
        fault(
            "opens the HTTP port",
            "ROLLED_BACK",
            b -> b.activator("keep = new java.net.ServerSocket(" + httpsPort + ");"),
            "in use"));
    return all;
  }

  private static List<Fault> loading() {
    List<Fault> all = new ArrayList<>();
    all.add(
        fault(
            "log flood",
            "ROLLED_BACK",
            b ->
                b.activator("")
                    .imports("org.slf4j;version=\"[1.7,3)\"")
                    .source(
                        "faulty.Start",
                        "package faulty; import org.osgi.framework.*; public class Start implements"
                            + " BundleActivator { static final org.slf4j.Logger log ="
                            + " org.slf4j.LoggerFactory.getLogger(Start.class);"
                            + " public void start(BundleContext c) { Thread t = new Thread(() -> {"
                            + " long n = 0; while (true) log.info(\"flood {}\", n++); });"
                            + " t.setDaemon(true); t.start(); }"
                            + " public void stop(BundleContext c) {} }"),
            " for "));
    all.add(
        fault(
            "memory hog",
            "ROLLED_BACK",
            busy(
                "byte[] b = new byte[1 << 20]; n += b.length;"
                    + " java.util.concurrent.locks.LockSupport.parkNanos(8_000_000);"),
            "allocates"));
    all.add(fault("core spinner", "ROLLED_BACK", busy("n++;"), "of a core"));
    return all;
  }

  private static List<Fault> unfit() {
    List<Fault> all = new ArrayList<>();
    all.add(
        fault(
            "missing import",
            "REFUSED",
            b -> b.imports("com.example.absent;version=\"[2,3)\""),
            "com.example.absent",
            "nobody offers it"));
    all.add(
        fault(
            "wrong API version",
            "REFUSED",
            b -> b.imports("org.eclipse.kura.driver;version=\"[7,8)\""),
            "org.eclipse.kura.driver",
            "by org.eclipse.kura.api"));
    all.add(
        new Fault(
            "corrupt zip",
            "REFUSED",
            b -> b.activator(""),
            jar -> Arrays.copyOf(jar, jar.length / 2),
            List.of("damaged")));
    all.add(
        fault(
            "path traversal",
            "REFUSED",
            b -> b.file("../../outside.txt", "gotcha"),
            "leaves its folder"));
    return all;
  }
}
