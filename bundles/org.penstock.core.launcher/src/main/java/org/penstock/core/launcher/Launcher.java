package org.penstock.core.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;

/**
 * Starts one gateway: checks the command line and the state folder, starts the framework with the
 * set of system bundles that {@link Boot} chooses, and stops it on SIGTERM. Exit status: 0 stopped as
 * asked, 2 wrong command line, 3 home not usable, 4 program folder damaged, 75 to be started again.
 */
public final class Launcher {

  private static final long STOP_LIMIT_MS = TimeUnit.SECONDS.toMillis(15);
  private static final int START_LEVEL = 90;
  private static final int RESTART = 75;

  private Launcher() {}

  /** Runs until the gateway is stopped. */
  public static void main(String... args) throws InterruptedException {
    System.exit(run(System.err, args));
  }

  static int run(PrintStream err, String... args) throws InterruptedException {
    try {
      Path install = install();
      Arguments arguments = Arguments.parse(install, defaultHome(install), args);
      Boot boot =
          new Boot(arguments.home(), arguments.install(), what -> err.println("penstock: " + what));
      try (Home home = Home.open(arguments.home())) {
        serve(arguments, boot);
      }
      return boot.wantsRestart() ? RESTART : 0;
    } catch (StartFailure e) {
      err.println("penstock: " + e.getMessage());
      return e.status();
    } catch (IOException e) {
      err.println("penstock: the home's notes or its lock can't be written: " + e.getMessage());
      return StartFailure.HOME;
    }
  }

  private static void serve(Arguments arguments, Boot boot)
      throws StartFailure, IOException, InterruptedException {
    Path set = boot.begin();
    Map<String, String> properties = properties(arguments);
    properties.putAll(boot.properties());
    Framework framework = new FrameworkFactory().newFramework(properties);
    AtomicBoolean served = new AtomicBoolean();
    Thread stopper = new Thread(() -> stop(framework, served), "core/launcher/stop");
    try {
      framework.init();
      Runtime.getRuntime().addShutdownHook(stopper);
      new SystemSet(set).apply(framework.getBundleContext());
      framework.start();
      boot.watch(framework.getBundleContext());
    } catch (BundleException e) {
      throw new StartFailure(
          StartFailure.INSTALL,
          "the framework does not start: "
              + e.getMessage()
              + "; remove "
              + arguments.home().resolve("tmp/framework")
              + " and start again");
    }
    FrameworkEvent end = framework.waitForStop(0);
    while (end.getType() == FrameworkEvent.STOPPED_UPDATE) {
      end = framework.waitForStop(0);
    }
    served.set(true);
  }

  private static void install(Framework framework, Arguments arguments) throws StartFailure {
    new SystemSet(arguments.install().resolve("system")).apply(framework.getBundleContext());
  }

  /**
   * Prepares the gateway's own framework in this process, initialised and with the program folder's
   * bundles, for tests that run inside it. The caller starts and stops it, and owns the home.
   *
   * @param more framework properties beside the gateway's own
   * @param args the command line
   * @throws BundleException when the framework, the command line or the program folder is no good
   */
  public static Framework prepare(Map<String, String> more, String... args) throws BundleException {
    try {
      Path install = install();
      Arguments arguments = Arguments.parse(install, defaultHome(install), args);
      Home.open(arguments.home()).close();
      Map<String, String> properties = properties(arguments);
      properties.putAll(more);
      Framework framework = new FrameworkFactory().newFramework(properties);
      framework.init();
      install(framework, arguments);
      return framework;
    } catch (StartFailure | IOException e) {
      throw new BundleException(e.getMessage(), e);
    }
  }

  /** On a signal: stopped as asked is status 0, whichever signal it was. */
  private static void stop(Framework framework, AtomicBoolean served) {
    if (served.get()) {
      return;
    }
    try {
      framework.stop();
      framework.waitForStop(STOP_LIMIT_MS);
      Runtime.getRuntime().halt(0);
    } catch (BundleException e) {
      System.err.println("penstock: stop: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> properties(Arguments arguments) {
    Path home = arguments.home();
    System.setProperty("penstock.home", home.toString()); // the logging configuration names it
    Map<String, String> map = new HashMap<>();
    map.put("penstock.home", home.toString());
    // add-ons for Kura use these packages of Java without importing them
    map.put(Constants.FRAMEWORK_BOOTDELEGATION, "javax.*,org.w3c.*,org.xml.*");
    map.put(Constants.FRAMEWORK_BUNDLE_PARENT, Constants.FRAMEWORK_BUNDLE_PARENT_EXT);
    map.put("penstock.install", arguments.install().toString());
    map.put("penstock.https.port", Integer.toString(arguments.httpsPort()));
    map.put("penstock.profile", arguments.profile());
    arguments
        .adminPasswordFile()
        .ifPresent(file -> map.put("penstock.admin.password.file", file.toString()));
    arguments.seed().ifPresent(file -> map.put("penstock.seed", file.toString()));
    arguments.restore().ifPresent(file -> map.put("penstock.restore", file.toString()));
    arguments
        .passphrase()
        .ifPresent(file -> map.put("penstock.restore.passphrase.file", file.toString()));
    map.put(Constants.FRAMEWORK_STORAGE, home.resolve("tmp/framework").toString());
    map.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(START_LEVEL));
    // Add-ons written for Kura use these packages of the JDK without importing them.
    map.put(Constants.FRAMEWORK_BOOTDELEGATION, "javax.*,org.w3c.*,org.xml.*,sun.misc");
    map.put(Constants.FRAMEWORK_BUNDLE_PARENT, Constants.FRAMEWORK_BUNDLE_PARENT_EXT);
    map.put("felix.log.level", "1");
    map.put("ds.loglevel", "warn");
    map.put("org.apache.felix.eventadmin.ThreadPoolSize", "4"); // else 20; rooms use strands
    map.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
    map.put("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN");
    // Event Admin tells its handlers of each log entry by itself.
    map.put("org.ops4j.pax.logging.eventAdminEnabled", "false");
    map.put(
        "org.ops4j.pax.logging.StaticLogbackFile",
        arguments.install().resolve("config/logback.xml").toString());
    map.put("org.apache.felix.http.enable", "false"); // the console's bundle configures HTTPS
    map.put("org.osgi.service.http.port", "-1");
    return map;
  }

  private static Path defaultHome(Path install) {
    Path service = Path.of("/var/lib/penstock");
    return Files.isWritable(service) ? service : install.resolveSibling("penstock-home");
  }

  private static Path install() throws StartFailure {
    String folder = System.getProperty("penstock.install");
    if (folder == null) {
      throw new StartFailure(StartFailure.USAGE, "start the gateway with bin/penstock");
    }
    return Path.of(folder).toAbsolutePath().normalize();
  }
}
