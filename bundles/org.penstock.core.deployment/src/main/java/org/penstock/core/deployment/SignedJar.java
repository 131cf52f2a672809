package org.penstock.core.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The entries of a jar, all read, with its signature verified. Each is read by the directory, as
 * verification and framework do, and as a stream: the two must be the same.
 *
 * @param manifest never null
 * @param entries names in the order of the file, without folders
 * @param chain of the one who signed every entry, the signer's certificate first; empty when any
 *     entry is unsigned
 */
record SignedJar(Manifest manifest, List<String> entries, List<X509Certificate> chain) {

  private static final long MAX_UNPACKED = 512L << 20;
  private static final int BLOCK = 16 << 10;

  /** Reads a jar, which nobody changes meanwhile. */
  static SignedJar read(String file, Path path) throws Refusal {
    try {
      List<ZipLayout.Entry> layout = ZipLayout.read(file, path);
      checkNames(file, layout);
      try (JarFile jar = new JarFile(path.toFile(), true);
          InputStream bytes = Files.newInputStream(path);
          ZipInputStream stream = new ZipInputStream(bytes)) {
        Manifest manifest = jar.getManifest() == null ? new Manifest() : jar.getManifest();
        boolean isPackage =
            manifest.getMainAttributes().getValue("DeploymentPackage-SymbolicName") != null;
        JarSigners signers = new JarSigners(file);
        List<String> entries = new ArrayList<>();
        // Only a package is unpacked here; a bundle may unpack to much.
        long limit = isPackage ? 4 * Files.size(path) + (1 << 20) : MAX_UNPACKED;
        long left = limit;
        for (ZipLayout.Entry listed : layout) {
          JarEntry entry = jar.getJarEntry(listed.name());
          left -= both(file, listed, jar.getInputStream(entry), stream, left);
          if (left < 0) {
            throw new Refusal(file + " unpacks to more than " + (limit >> 20) + " MiB; refused");
          }
          if (!listed.isFolder()) {
            signers.add(entry);
            entries.add(listed.name());
          }
        }
        return new SignedJar(manifest, entries, signers.chain(jar));
      }
    } catch (SecurityException e) {
      throw new Refusal(
          file + " was changed after it was signed (" + e.getMessage() + "); get it again", e);
    } catch (IOException e) {
      throw damaged(file, e);
    }
  }

  /** Reads an entry by the directory and as a stream; gives its size, or more than is left. */
  private static long both(
      String file, ZipLayout.Entry listed, InputStream verified, ZipInputStream stream, long left)
      throws IOException, Refusal {
    ZipEntry local = stream.getNextEntry();
    long total = 0;
    boolean same = local != null && local.getName().equals(listed.name());
    try (InputStream in = verified) {
      byte[] one = new byte[BLOCK];
      byte[] other = new byte[BLOCK];
      int n = BLOCK;
      while (same && n == BLOCK && total <= left) {
        n = in.readNBytes(one, 0, BLOCK); // at the end it throws when the digest is wrong
        same = n == stream.readNBytes(other, 0, BLOCK) && Arrays.equals(one, 0, n, other, 0, n);
        total += n;
      }
    }
    if (!same || total <= left && total != listed.size() || listed.isFolder() && total > 0) {
      throw new Refusal(
          file
              + ": "
              + listed.name()
              + " has other content as a stream than by the directory, or is a folder with content,"
              + " so that what is checked need not be what runs; refused, build it again");
    }
    return total;
  }

  private static Refusal damaged(String file, IOException e) {
    return new Refusal(
        file + " is damaged or not yet complete (" + e.getMessage() + "); copy it again", e);
  }

  /** No name leaves the folder, and none stands for two contents, whoever looks it up. */
  private static void checkNames(String file, List<ZipLayout.Entry> layout)
      throws IOException, Refusal {
    Set<String> names = new HashSet<>();
    for (ZipLayout.Entry entry : layout) {
      String name = entry.name();
      checkName(file, name);
      String upper = name.toUpperCase(Locale.ROOT);
      String plain = upper.startsWith("META-INF/") ? upper : name;
      if (!names.add(entry.isFolder() ? plain.substring(0, plain.length() - 1) : plain)) {
        throw new Refusal(file + " holds " + name + " twice; refused, build it again");
      }
      if (name.equalsIgnoreCase(JarFile.MANIFEST_NAME) && !name.equals(JarFile.MANIFEST_NAME)) {
        throw new Refusal(
            file + " calls its manifest " + name + "; it must be " + JarFile.MANIFEST_NAME);
      }
    }
    if (names.isEmpty()) {
      throw new IOException("no entries");
    }
  }

  private static void checkName(String file, String name) throws Refusal {
    boolean outside =
        name.startsWith("/")
            || name.contains("\\")
            || name.contains("\0")
            || name.matches("[A-Za-z]:.*")
            || List.of(name.split("/")).contains("..");
    if (outside || name.isEmpty()) {
      throw new Refusal(file + " has an entry that leaves its folder: " + name + "; refused");
    }
  }

  /** The manifest of a jar that needs no verification. */
  static Manifest manifest(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile(), false)) {
      return jar.getManifest() == null ? new Manifest() : jar.getManifest();
    }
  }
}
