package org.penstock.acceptance.product;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes deployment packages in OSGi's layout: manifest first, then bundles, then resources. */
public final class PackageJar {

  private final Manifest manifest = new Manifest();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  /** An empty package. */
  public PackageJar(String name, String version) {
    header("Manifest-Version", "1.0");
    header("DeploymentPackage-ManifestVersion", "1");
    header("DeploymentPackage-SymbolicName", name);
    header("DeploymentPackage-Version", version);
  }

  /** Sets a main header. */
  public PackageJar header(String name, String value) {
    manifest.getMainAttributes().putValue(name, value);
    return this;
  }

  /** Adds a bundle, named as its own manifest does where that can be read. */
  public PackageJar bundle(byte[] jar) {
    Manifest own = BundleJar.manifest(jar);
    Attributes main = own == null ? new Attributes() : own.getMainAttributes();
    String name = String.valueOf(main.getValue("Bundle-SymbolicName")).split(";")[0];
    return bundle(name, String.valueOf(main.getValue("Bundle-Version")), jar);
  }

  /** Adds a bundle under this name and version. */
  public PackageJar bundle(String symbolicName, String version, byte[] jar) {
    Attributes section = section("bundles/" + symbolicName + ".jar");
    section.putValue("Bundle-SymbolicName", symbolicName);
    section.putValue("Bundle-Version", version);
    entries.put("bundles/" + symbolicName + ".jar", jar);
    return this;
  }

  /** Adds a configuration in Kura's XML form. */
  public PackageJar configuration(String path, String xml) {
    section(path).putValue("Penstock-Configuration", "true");
    entries.put(path, xml.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Adds what becomes of configurations of versions before. */
  public PackageJar migration(String path, String text) {
    section(path).putValue("Penstock-Migration", "true");
    entries.put(path, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Adds any entry. */
  public PackageJar entry(String path, byte[] content) {
    section(path);
    entries.put(path, content);
    return this;
  }

  private Attributes section(String path) {
    return manifest.getEntries().computeIfAbsent(path, p -> new Attributes());
  }

  /** The package's bytes. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
