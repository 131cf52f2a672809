package org.penstock.acceptance.deployment;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Random;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.PackageJar;
import org.penstock.acceptance.product.Seed;

/** Faults that are not in a bundle itself: who made it, how it comes, what it takes from others. */
final class OtherFaults {

  private static final String SHIPPED = "org.penstock.driver.template";
  private static final String ROLLED_BACK = "ROLLED_BACK";
  private static final String REFUSED = "REFUSED";
  private static final String NO_CONFIGURATION = "a bundle brings no configuration";
  private static final int LARGE = 1 << 20;

  private OtherFaults() {}

  static List<NamedFault> all() {
    return List.of(
        NamedFault.of("wrong hash", REFUSED, OtherFaults::wrongHash, "has the hash"),
        NamedFault.of("unsigned", REFUSED, (s, k) -> s.upload(k, good(k)), "is unsigned"),
        NamedFault.of("expired signer", REFUSED, (s, k) -> signed(s, k, Signers.LATE), "expired"),
        NamedFault.of("revoked signer", REFUSED, (s, k) -> signed(s, k, Signers.LEAVER), "revoked"),
        NamedFault.of("downgrade", REFUSED, OtherFaults::older, "no downgrade", "0.0.1"),
        NamedFault.of(
            "same name other content",
            REFUSED,
            OtherFaults::sameName,
            "other content|belongs to victim"),
        NamedFault.of("truncated download", REFUSED, (s, k) -> fetch(s, k, "/cut/"), "damaged"),
        NamedFault.of(
            "server drops mid-way",
            REFUSED,
            (s, k) -> fetch(s, k, "/half/"),
            "download of",
            "failed"),
        NamedFault.of(
            "server sends for ever",
            REFUSED,
            (s, k) -> fetch(s, k, "/forever/"),
            "larger than 4 MiB"),
        NamedFault.of(
            "disk full", REFUSED, OtherFaults::diskFull, "No space left", "make room on the disk"),
        NamedFault.of(
                "bad configuration fragment",
                ROLLED_BACK,
                OtherFaults::badFragment,
                "modbus",
                "port")
            .without(NO_CONFIGURATION, Kind.BUNDLE, Kind.BUNDLE_UPDATE),
        NamedFault.of(
                "breaks another driver's service", ROLLED_BACK, OtherFaults::breaks, "no longer")
            .ofBase(),
        NamedFault.of(
                "changes an exported package", REFUSED, OtherFaults::changesExport, "client needs")
            .ofBase()
            .without("what is new had exported nothing before", Kind.BUNDLE, Kind.PACKAGE),
        NamedFault.of(
                "uninstall of a needed bundle", REFUSED, OtherFaults::uninstall, "client needs")
            .ofBase()
            .without("an update of a bundle takes no bundle away", Kind.BUNDLE_UPDATE));
  }

  /** What is to be updated by most. */
  static byte[] victim(String name, String version) {
    return new BundleJar(name, version).activator("").bytes();
  }

  private static byte[] good(Kind kind) {
    String victim = NamedFault.VICTIM;
    return kind.file(victim, "2.0.0", victim(kind.bundle(victim), "2.0.0"));
  }

  /** What others need: a service of its name, and a package. */
  static byte[] base(String name, String version, String exported, boolean service) {
    String shared = "shared." + name;
    BundleJar jar =
        new BundleJar(name, version)
            .header("Export-Package", shared + ";version=\"" + exported + "\"")
            .source(shared + ".Shared", "package " + shared + "; public class Shared {}");
    if (service) {
      jar.component(
              "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\""
                  + name
                  + "\" immediate=\"true\"><implementation class=\"p.P\"/><property name=\"x\""
                  + " value=\""
                  + name
                  + "\"/><service><provide interface=\"java.lang.Runnable\"/></service>"
                  + "</scr:component>")
          .source("p.P", "package p; public class P implements Runnable { public void run() {} }");
    }
    return jar.bytes();
  }

  /** Who needs both. */
  static byte[] client() {
    String reference =
        "<reference name=\"%s\" interface=\"java.lang.Runnable\" target=\"(x=%s)\" field=\"%s\"/>";
    return new BundleJar("client", "1.0.0")
        .imports("shared.base;version=\"[1,2)\"")
        .imports("shared.base.part;version=\"[1,2)\"")
        .component(
            "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"client\""
                + " immediate=\"true\"><implementation class=\"u.U\"/>"
                + reference.formatted("a", "base", "a")
                + reference.formatted("b", "base.part", "b")
                + "</scr:component>")
        .source("u.U", "package u; public class U { Runnable a; Runnable b; }")
        .bytes();
  }

  private static JsonObject wrongHash(FaultStage stage, Kind kind) {
    String address = stage.files().put("hash-" + kind.ordinal(), good(kind));
    return stage.packages().fetchAndInstall(address, "SHA-256:" + "0".repeat(64));
  }

  private static JsonObject fetch(FaultStage stage, Kind kind, String folder) {
    String name = "fetched-" + kind.ordinal();
    stage.files().put(name, good(kind));
    return stage.packages().fetchAndInstall(stage.files().address(folder + name), null);
  }

  private static JsonObject signed(FaultStage stage, Kind kind, String signer) {
    return stage.upload(kind, stage.signers().signed(good(kind), signer));
  }

  /** What is new holds a bundle of the distribution's name: the distribution's own is guarded, too. */
  private static JsonObject older(FaultStage stage, Kind kind) {
    String name = kind.isUpdate() ? kind.bundle(NamedFault.VICTIM) : SHIPPED;
    byte[] jar = new BundleJar(name, "0.0.1").activator("").bytes();
    return stage.upload(kind, kind.file(NamedFault.VICTIM, name, "0.0.1", jar));
  }

  /** What is new holds a bundle that belongs to another: the name is taken, whatever is in it. */
  private static JsonObject sameName(FaultStage stage, Kind kind) {
    String name =
        switch (kind) {
          case BUNDLE -> "victim.part";
          case PACKAGE -> "victim";
          default -> kind.bundle(NamedFault.VICTIM);
        };
    byte[] jar = new BundleJar(name, "1.0.0").activator("keep = 7;").bytes();
    return stage.upload(kind, kind.file(NamedFault.VICTIM, name, "1.0.0", jar));
  }

  private static JsonObject diskFull(FaultStage stage, Kind kind) {
    byte[] much = new byte[LARGE];
    new Random(1).nextBytes(much);
    String name = kind.bundle(NamedFault.VICTIM);
    byte[] jar = new BundleJar(name, "2.0.0").activator("").file("much", much).bytes();
    byte[] file = kind.file(NamedFault.VICTIM, "2.0.0", jar);
    return stage.onAFullDisk(() -> stage.upload(kind, file));
  }

  private static JsonObject badFragment(FaultStage stage, Kind kind) {
    String xml =
        new Seed()
            .component("new.toy", SHIPPED)
            .component("modbus", "org.penstock.driver.modbus", "port", 70_000)
            .xml();
    String bundle = kind.bundle(NamedFault.VICTIM);
    JsonObject outcome =
        stage.upload(
            kind,
            new PackageJar(kind.unit(NamedFault.VICTIM), "2.0.0")
                .bundle(victim(bundle, "2.0.0"))
                .configuration("config.xml", xml)
                .bytes());
    String pids = stage.gateway().get("/services/configuration/v2/configurableComponents").body();
    if (pids.contains("new.toy")) {
      throw new AssertionError("the configuration was not put back: " + pids);
    }
    return outcome;
  }

  /** An update lacks the service; what is new stops the bundle that offers it. */
  private static JsonObject breaks(FaultStage stage, Kind kind) {
    String name = kind.bundle(NamedFault.BASE);
    byte[] jar =
        kind.isUpdate()
            ? base(name, "2.0.0", "1.0.0", false)
            : new BundleJar(name, "2.0.0")
                .activator(
                    "for (Bundle b : c.getBundles())"
                        + " if (\"base\".equals(b.getSymbolicName())) b.stop();")
                .bytes();
    return stage.upload(kind, kind.file(NamedFault.BASE, "2.0.0", jar));
  }

  private static JsonObject changesExport(FaultStage stage, Kind kind) {
    byte[] jar = base(kind.bundle(NamedFault.BASE), "2.0.0", "2.0.0", true);
    return stage.upload(kind, kind.file(NamedFault.BASE, "2.0.0", jar));
  }

  /** A package takes a bundle away, too, when its next version has it no more. */
  private static JsonObject uninstall(FaultStage stage, Kind kind) {
    if (kind == Kind.PACKAGE_UPDATE) {
      byte[] without =
          new PackageJar("bases", "2.0.0").bundle(victim("other.part", "2.0.0")).bytes();
      return stage.upload(kind, without);
    }
    return stage.packages().uninstall(kind.isPackage() ? "bases" : "base");
  }
}
