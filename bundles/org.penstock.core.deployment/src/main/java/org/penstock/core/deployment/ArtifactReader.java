package org.penstock.core.deployment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.osgi.framework.Version;

/** Makes artifacts of files: a bundle, or a deployment package in OSGi's layout. */
final class ArtifactReader {

  static final String FIX_PACK = "DeploymentPackage-FixPack";
  static final String RUNTIME = "Penstock-Runtime";
  static final String REQUIRE = "Penstock-Require";

  private static final String PACKAGE_NAME = "DeploymentPackage-SymbolicName";
  private static final String PACKAGE_VERSION = "DeploymentPackage-Version";
  private static final String BUNDLE_NAME = "Bundle-SymbolicName";
  private static final String BUNDLE_VERSION = "Bundle-Version";
  private static final String MISSING = "DeploymentPackage-Missing";
  private static final String FRAGMENT = "Penstock-Configuration";
  private static final String MIGRATION = "Penstock-Migration";

  private final Path tmp;
  private final long maxBytes;

  ArtifactReader(Path tmp, long maxBytes) {
    this.tmp = tmp;
    this.maxBytes = maxBytes;
  }

  long maxBytes() {
    return maxBytes;
  }

  Artifact read(String file, byte[] content) throws Refusal {
    if (content.length > maxBytes) {
      throw new Refusal(
          file + " is larger than " + (maxBytes >> 20) + " MiB; see max.size.mb of the deployment");
    }
    SignedJar jar = verified(file, content);
    Attributes main = jar.manifest().getMainAttributes();
    if (main.getValue(PACKAGE_NAME) != null) {
      return ofPackage(file, content, jar, main);
    }
    if (main.getValue(BUNDLE_NAME) == null) {
      throw new Refusal(
          file
              + " is no OSGi bundle: its manifest has no Bundle-SymbolicName;"
              + " and no deployment package either");
    }
    Piece piece = piece(file, file, content, main);
    return new Artifact(
        file,
        piece.symbolicName(),
        piece.version(),
        false,
        piece.sha256(),
        content,
        List.of(piece),
        Facts.NONE,
        jar.chain());
  }

  /** The JDK's verification wants a file; nobody else writes to this one. */
  private SignedJar verified(String file, byte[] content) throws Refusal {
    try {
      Files.createDirectories(tmp);
      Path copy = Files.createTempFile(tmp, "verify", ".jar");
      try {
        Files.write(copy, content);
        return SignedJar.read(file, copy);
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new Refusal(
          file + " can't be checked in " + tmp + " (" + e.getMessage() + "); make room there", e);
    }
  }

  private Artifact ofPackage(String file, byte[] content, SignedJar jar, Attributes main)
      throws Refusal {
    String first = jar.entries().keySet().iterator().next();
    if (!first.equalsIgnoreCase(JarFile.MANIFEST_NAME)) {
      throw new Refusal(file + " does not begin with its manifest; build the package again");
    }
    String name = Headers.name(file, PACKAGE_NAME, main.getValue(PACKAGE_NAME));
    String version = Headers.version(file, PACKAGE_VERSION, main.getValue(PACKAGE_VERSION));
    if (!name.matches("[A-Za-z0-9_.-]+")) {
      throw new Refusal(file + ": the name " + name + " is none that a package may have");
    }
    List<Piece> pieces = new ArrayList<>();
    Map<String, String> missing = new LinkedHashMap<>();
    Map<String, String> fragments = new LinkedHashMap<>();
    List<String> resources = new ArrayList<>();
    for (Map.Entry<String, Attributes> section : jar.manifest().getEntries().entrySet()) {
      Attributes a = section.getValue();
      if (a.getValue(BUNDLE_NAME) != null && Boolean.parseBoolean(a.getValue(MISSING))) {
        missing.put(
            Headers.name(file, BUNDLE_NAME, a.getValue(BUNDLE_NAME)),
            Headers.version(file, BUNDLE_VERSION, a.getValue(BUNDLE_VERSION)));
      } else if (a.getValue(BUNDLE_NAME) != null) {
        pieces.add(declared(file, section.getKey(), a, jar));
      }
    }
    for (Map.Entry<String, byte[]> entry : jar.entries().entrySet()) {
      Attributes a = jar.manifest().getAttributes(entry.getKey());
      boolean bundle = a != null && a.getValue(BUNDLE_NAME) != null;
      if (a != null && Boolean.parseBoolean(a.getValue(FRAGMENT))) {
        fragments.put(entry.getKey(), new String(entry.getValue(), StandardCharsets.UTF_8));
      } else if (a != null && Boolean.parseBoolean(a.getValue(MIGRATION))) {
        String text = new String(entry.getValue(), StandardCharsets.UTF_8);
        Migration.parse(file + ": " + entry.getKey(), text);
        fragments.put(entry.getKey(), text);
      } else if (!bundle && !entry.getKey().startsWith("META-INF/")) {
        resources.add(entry.getKey());
        checkDeclared(file, entry.getKey(), a);
      }
    }
    checkTwice(file, pieces);
    Map<String, String> headers = new LinkedHashMap<>();
    main.forEach((key, value) -> headers.put(key.toString(), value.toString()));
    Facts facts =
        new Facts(
            headers,
            range(file, FIX_PACK, main),
            missing,
            range(file, RUNTIME, main),
            or(main.getValue(REQUIRE)),
            fragments,
            resources);
    String sha256 = Hashes.sha256(content);
    return new Artifact(file, name, version, true, sha256, content, pieces, facts, jar.chain());
  }

  private static void checkDeclared(String file, String entry, Attributes attributes)
      throws Refusal {
    if (attributes != null && attributes.getValue("Resource-Processor") != null) {
      throw new Refusal(
          file
              + ": "
              + entry
              + " asks for the resource processor "
              + attributes.getValue("Resource-Processor")
              + "; there are none here, use Penstock-Configuration for configurations");
    }
    if (entry.endsWith(".jar")) {
      throw new Refusal(file + ": " + entry + " is not named in the manifest; build it again");
    }
  }

  private Piece declared(String file, String path, Attributes section, SignedJar jar)
      throws Refusal {
    byte[] content = jar.entries().get(path);
    if (content == null) {
      throw new Refusal(file + " lacks " + path + ", which its manifest names");
    }
    SignedJar inner = verified(file + ": " + path, content);
    Piece piece = piece(file, path, content, inner.manifest().getMainAttributes());
    String version = Headers.version(file, BUNDLE_VERSION, section.getValue(BUNDLE_VERSION));
    boolean same =
        piece.symbolicName().equals(Headers.name(section.getValue(BUNDLE_NAME)))
            && Version.parseVersion(piece.version()).equals(Version.parseVersion(version));
    if (!same) {
      throw new Refusal(
          file
              + ": "
              + path
              + " is "
              + piece.symbolicName()
              + " "
              + piece.version()
              + ", but the package's manifest calls it "
              + section.getValue(BUNDLE_NAME)
              + " "
              + version);
    }
    return piece;
  }

  private static Piece piece(String file, String path, byte[] content, Attributes manifest)
      throws Refusal {
    String symbolicName = manifest.getValue(BUNDLE_NAME);
    if (symbolicName == null) {
      throw new Refusal(file + ": " + path + " is no OSGi bundle: no Bundle-SymbolicName");
    }
    String name = Headers.name(file + ": " + path, BUNDLE_NAME, symbolicName);
    String version =
        Headers.version(file + ": " + path, BUNDLE_VERSION, manifest.getValue(BUNDLE_VERSION));
    return new Piece(path, name, version, Hashes.sha256(content), content);
  }

  private static void checkTwice(String file, List<Piece> pieces) throws Refusal {
    Set<String> names = new HashSet<>();
    for (Piece piece : pieces) {
      if (!names.add(piece.symbolicName())) {
        throw new Refusal(file + " holds two bundles named " + piece.symbolicName());
      }
    }
  }

  /** A range as it is written, or nothing. */
  private static String range(String file, String header, Attributes main) throws Refusal {
    String value = or(main.getValue(header));
    if (!value.isEmpty()) {
      Headers.range(file, header, value);
    }
    return value;
  }

  private static String or(String value) {
    return value == null ? "" : value.trim();
  }
}
