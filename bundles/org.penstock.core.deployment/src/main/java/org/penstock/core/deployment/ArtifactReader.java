package org.penstock.core.deployment;

import java.io.IOException;
import java.io.InputStream;
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
import java.util.zip.ZipEntry;
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

  private static final int MAX_TEXT = 4 << 20;

  private final Path tmp;
  private final long maxBytes;

  ArtifactReader(Path tmp, long maxBytes) {
    this.tmp = tmp;
    this.maxBytes = maxBytes;
  }

  /** Deletes what a crash left. */
  void clean() throws IOException {
    Staged.clean(tmp);
  }

  /** Copies it to where nobody changes it. */
  Staged stage(String file, InputStream in) throws Refusal {
    try {
      Files.createDirectories(tmp);
      Path folder = Files.createTempDirectory(tmp, Staged.PREFIX);
      Path content = folder.resolve("whole");
      boolean done = false;
      try {
        String sha256 = Hashes.copy(new Bounded(in, maxBytes), content);
        done = true;
        return new Staged(file, folder, content, sha256);
      } finally {
        if (!done) {
          new Staged(file, folder, content, "").close();
        }
      }
    } catch (Bounded.TooMuch e) {
      throw tooLarge(file, e);
    } catch (IOException e) {
      throw new Refusal(
          file + " can't be copied to " + tmp + " (" + e.getMessage() + "); make room there", e);
    }
  }

  /** The same of a file in reach. */
  Staged stage(String file, Path source) throws Refusal {
    try (InputStream in = Files.newInputStream(source)) {
      if (Files.size(source) > maxBytes) {
        throw tooLarge(file, null);
      }
      return stage(file, in);
    } catch (IOException e) {
      throw new Refusal(file + " can't be read: " + e + "; copy it again", e);
    }
  }

  private Refusal tooLarge(String file, Throwable cause) {
    return new Refusal(
        file + " is larger than " + (maxBytes >> 20) + " MiB; see max.size.mb of the deployment",
        cause);
  }

  /** Reads and checks it; what it holds is unpacked beside it. */
  Artifact read(Staged staged) throws Refusal {
    String file = staged.file();
    SignedJar jar = SignedJar.read(file, staged.content());
    Attributes main = jar.manifest().getMainAttributes();
    if (main.getValue(PACKAGE_NAME) != null) {
      try (JarFile open = new JarFile(staged.content().toFile(), false)) {
        return ofPackage(staged, open, jar, main);
      } catch (IOException e) {
        throw new Refusal(
            file + " can't be unpacked to " + tmp + " (" + e.getMessage() + "); make room there",
            e);
      }
    }
    if (main.getValue(BUNDLE_NAME) == null) {
      throw new Refusal(
          file
              + " is no OSGi bundle: its manifest has no Bundle-SymbolicName;"
              + " and no deployment package either");
    }
    Piece piece = piece(file, file, staged.sha256(), staged.content(), main);
    return new Artifact(
        file,
        piece.symbolicName(),
        piece.version(),
        false,
        piece.sha256(),
        staged.content(),
        List.of(piece),
        Facts.NONE,
        jar.chain());
  }

  private static Artifact ofPackage(Staged staged, JarFile open, SignedJar jar, Attributes main)
      throws Refusal, IOException {
    String file = staged.file();
    String first = jar.entries().get(0);
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
        pieces.add(declared(staged, section.getKey(), a, open));
      }
    }
    for (String entry : jar.entries()) {
      Attributes a = jar.manifest().getAttributes(entry);
      boolean bundle = a != null && a.getValue(BUNDLE_NAME) != null;
      if (a != null && Boolean.parseBoolean(a.getValue(FRAGMENT))) {
        fragments.put(entry, text(file, entry, open));
      } else if (a != null && Boolean.parseBoolean(a.getValue(MIGRATION))) {
        String text = text(file, entry, open);
        Migration.parse(file + ": " + entry, text);
        fragments.put(entry, text);
      } else if (!bundle && !entry.startsWith("META-INF/")) {
        resources.add(entry);
        checkDeclared(file, entry, a);
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
    return new Artifact(
        file, name, version, true, staged.sha256(), staged.content(), pieces, facts, jar.chain());
  }

  private static String text(String file, String entry, JarFile open) throws Refusal, IOException {
    try (InputStream in = open.getInputStream(open.getEntry(entry))) {
      byte[] text = in.readNBytes(MAX_TEXT + 1);
      if (text.length > MAX_TEXT) {
        throw new Refusal(
            file + ": " + entry + " is larger than " + (MAX_TEXT >> 20) + " MiB; divide it");
      }
      return new String(text, StandardCharsets.UTF_8);
    }
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

  private static Piece declared(Staged staged, String path, Attributes section, JarFile open)
      throws Refusal, IOException {
    String file = staged.file();
    ZipEntry entry = open.getEntry(path);
    if (entry == null || entry.isDirectory()) {
      throw new Refusal(file + " lacks " + path + ", which its manifest names");
    }
    Path content = Files.createTempFile(staged.folder(), "piece", ".jar");
    String sha256;
    try (InputStream in = open.getInputStream(entry)) {
      sha256 = Hashes.copy(in, content);
    }
    SignedJar inner = SignedJar.read(file + ": " + path, content);
    Piece piece = piece(file, path, sha256, content, inner.manifest().getMainAttributes());
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

  private static Piece piece(
      String file, String path, String sha256, Path content, Attributes manifest) throws Refusal {
    String symbolicName = manifest.getValue(BUNDLE_NAME);
    if (symbolicName == null) {
      throw new Refusal(file + ": " + path + " is no OSGi bundle: no Bundle-SymbolicName");
    }
    String name = Headers.name(file + ": " + path, BUNDLE_NAME, symbolicName);
    String version =
        Headers.version(file + ": " + path, BUNDLE_VERSION, manifest.getValue(BUNDLE_VERSION));
    return new Piece(path, name, version, sha256, content);
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
