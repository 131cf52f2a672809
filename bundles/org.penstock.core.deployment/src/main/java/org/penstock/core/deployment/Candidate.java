package org.penstock.core.deployment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipException;

/**
 * A file of the deploy folder, read and checked as far as that goes without the framework.
 *
 * @param file its name
 * @param symbolicName the bundle's
 * @param version the bundle's, as written
 * @param sha256 of the content, hexadecimal
 * @param content the whole jar
 */
record Candidate(String file, String symbolicName, String version, String sha256, byte[] content) {

  /** Largest jar that is accepted, 256 MiB: one must fit the memory of a small box. */
  static final long MAX_BYTES = 256L << 20;

  static Candidate read(Path path) throws Refusal {
    String name = path.getFileName().toString();
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new Refusal(name + " is larger than " + (MAX_BYTES >> 20) + " MiB");
      }
      byte[] content = Files.readAllBytes(path);
      try (JarFile jar = new JarFile(path.toFile(), true)) {
        Attributes manifest =
            jar.getManifest() == null ? new Attributes() : jar.getManifest().getMainAttributes();
        String symbolicName = manifest.getValue("Bundle-SymbolicName");
        if (symbolicName == null) {
          throw new Refusal(name + " is no OSGi bundle: its manifest has no Bundle-SymbolicName");
        }
        String version = manifest.getValue("Bundle-Version");
        return new Candidate(
            name,
            symbolicName.split(";")[0].trim(),
            version == null ? "0.0.0" : version.trim(),
            sha256(content),
            content);
      }
    } catch (ZipException e) {
      throw new Refusal(
          name + " is damaged or not yet complete (" + e.getMessage() + "); copy it again", e);
    } catch (IOException e) {
      throw new Refusal(name + " can't be read: " + e.getMessage(), e);
    }
  }

  InputStream open() {
    return new ByteArrayInputStream(content);
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
