package org.penstock.core.deployment;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.osgi.framework.Version;
import org.penstock.api.storage.DurableStorage;

/** Transactions over a folder and a remembered framework, without OSGi. */
final class Bench {

  final StateFile files;
  final Store store;
  final Journal journal;
  final RememberedBundles bundles;
  final Transactions transactions;
  final Recovery recovery;
  final ArtifactReader reader;
  final AtomicReference<String> fault = new AtomicReference<>("");
  final AtomicReference<RuntimeException> bugBefore = new AtomicReference<>();
  final AtomicReference<RuntimeException> bugAfter = new AtomicReference<>();

  Bench(Path home, DurableStorage storage, RememberedBundles bundles) throws IOException {
    this.bundles = bundles;
    files = new StateFile(storage, home);
    store = new Store(storage, home.resolve("store"));
    journal = new Journal(storage, home.resolve("journal"));
    reader = new ArtifactReader(home.resolveSibling("tmp"), 1 << 20);
    LoadWatch load = new LoadWatch(null, new LoadWatch.Limits(100, 1, 1), (b, r) -> {});
    Transactions.Means means =
        new Transactions.Means(
            files,
            store,
            journal,
            bundles,
            new NoResolve(),
            new Rules(false, Version.parseVersion("1.0.0")),
            new Signatures("off", home, new char[0], home),
            new Verdict(),
            new NoFragments(),
            load,
            new Leftovers(storage, home, Duration.ofHours(1), System::currentTimeMillis),
            reason -> {});
    transactions = new Transactions(means);
    recovery = new Recovery(means, transactions);
  }

  private final class Verdict extends Probation {
    Verdict() {
      super(null, null, null, null, Duration.ZERO);
    }

    @Override
    Before before() {
      if (bugBefore.get() != null) {
        throw bugBefore.get();
      }
      return new Before(Set.of(), Map.of(), Map.of(), null, Map.of());
    }

    @Override
    Map<String, String> instancesOf(Collection<String> symbolicNames) {
      return Map.of();
    }

    @Override
    void watch(Before before, Collection<String> touched, Set<String> removed) throws Refusal {
      if (bugAfter.get() != null) {
        throw bugAfter.get();
      }
      if (!fault.get().isEmpty()) {
        throw new Refusal(fault.get());
      }
    }
  }

  private static final class NoResolve extends ResolveCheck {
    NoResolve() {
      super(null);
    }

    @Override
    void check(String file, List<Piece> pieces, Set<String> gone, String requires) {
      // everything resolves
    }

    @Override
    Set<String> dependents(Set<String> names) {
      return Set.of();
    }
  }

  private static final class NoFragments extends Fragments {
    NoFragments() {
      super(null, null, null);
    }

    @Override
    List<ComponentConfiguration> parse(String file, Map<String, String> fragments) {
      return List.of();
    }

    @Override
    Map<String, java.util.Optional<Map<String, Object>>> capture(List<ComponentConfiguration> all) {
      return Map.of();
    }

    @Override
    List<String> restore(Map<String, java.util.Optional<Map<String, Object>>> before) {
      return List.of();
    }
  }

  Artifact read(String file, byte[] content) throws Refusal {
    return reader.read(reader.stage(file, new ByteArrayInputStream(content)));
  }

  /** The manifest that stands first in a jar. */
  private static Manifest manifest(byte[] jar) throws IOException {
    try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar), false)) {
      return in.getManifest();
    }
  }

  static byte[] bundle(String symbolicName, String version) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", symbolicName);
    manifest.getMainAttributes().putValue("Bundle-Version", version);
    return jar(manifest, Map.of());
  }

  static byte[] pack(String name, String version, Map<String, byte[]> bundles) throws IOException {
    return pack(name, version, bundles, Map.of());
  }

  static byte[] pack(
      String name, String version, Map<String, byte[]> bundles, Map<String, String> headers)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("DeploymentPackage-SymbolicName", name);
    manifest.getMainAttributes().putValue("DeploymentPackage-Version", version);
    headers.forEach(manifest.getMainAttributes()::putValue);
    for (Map.Entry<String, byte[]> bundle : bundles.entrySet()) {
      Attributes own = manifest(bundle.getValue()).getMainAttributes();
      Attributes section = new Attributes();
      section.putValue("Bundle-SymbolicName", own.getValue("Bundle-SymbolicName"));
      section.putValue("Bundle-Version", own.getValue("Bundle-Version"));
      manifest.getEntries().put(bundle.getKey(), section);
    }
    return jar(manifest, bundles);
  }

  /** The same bytes at any time: tests compare hashes. */
  private static byte[] jar(Manifest manifest, Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = new JarOutputStream(bytes)) {
      out.putNextEntry(entry(JarFile.MANIFEST_NAME));
      manifest.write(out);
      out.closeEntry();
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(entry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static JarEntry entry(String name) {
    JarEntry entry = new JarEntry(name);
    entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
    return entry;
  }
}
