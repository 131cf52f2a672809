package org.penstock.core.deployment;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The entries of a jar, all read, with its signature verified.
 *
 * @param manifest never null
 * @param entries in the order of the file, without folders
 * @param chain of the one who signed every entry, the signer's certificate first; empty when any
 *     entry is unsigned
 */
record SignedJar(Manifest manifest, Map<String, byte[]> entries, List<X509Certificate> chain) {

  private static final long MAX_UNPACKED = 512L << 20;
  private static final int MAX_ENTRIES = 65_536;

  /**
   * Reads a jar.
   *
   * @param tmp a folder for the copy that the JDK's verification wants
   */
  static SignedJar read(String file, byte[] content, Path tmp) throws Refusal {
    Map<String, byte[]> entries = inOrder(file, content);
    try {
      Files.createDirectories(tmp);
      Path copy = Files.createTempFile(tmp, "verify", ".jar");
      try {
        Files.write(copy, content);
        try (JarFile jar = new JarFile(copy.toFile(), true)) {
          List<X509Certificate> chain = verify(jar);
          Manifest manifest = jar.getManifest();
          return new SignedJar(manifest == null ? new Manifest() : manifest, entries, chain);
        }
      } finally {
        Files.delete(copy);
      }
    } catch (SecurityException e) {
      throw new Refusal(
          file + " was changed after it was signed (" + e.getMessage() + "); get it again", e);
    } catch (IOException e) {
      throw damaged(file, e);
    }
  }

  /** Only the contents of a package's entries are kept: a bundle may unpack to much. */
  private static Map<String, byte[]> inOrder(String file, byte[] content) throws Refusal {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    boolean keep = isPackage(content);
    long limit = keep ? 4L * content.length + (1 << 20) : MAX_UNPACKED;
    Set<String> names = new HashSet<>();
    long total = 0;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String name = entry.getName();
        checkName(file, name);
        if (!names.add(name) || names.size() > MAX_ENTRIES) {
          throw new Refusal(file + " holds " + name + " twice, or too many entries");
        }
        if (!entry.isDirectory()) {
          ByteArrayOutputStream kept = new ByteArrayOutputStream();
          byte[] block = new byte[16 << 10];
          for (int n = in.read(block); n >= 0; n = in.read(block)) {
            total += n;
            if (total > limit) {
              throw new Refusal(file + " unpacks to more than " + (limit >> 20) + " MiB; refused");
            }
            if (keep) {
              kept.write(block, 0, n);
            }
          }
          entries.put(name, kept.toByteArray());
        }
      }
    } catch (IOException e) {
      throw damaged(file, e);
    } catch (IllegalArgumentException e) {
      throw new Refusal(file + " has entry names that are no text; build it again", e);
    }
    if (entries.isEmpty()) {
      throw damaged(file, new IOException("no entries"));
    }
    return entries;
  }

  private static boolean isPackage(byte[] content) {
    try {
      Manifest manifest = manifest(content);
      return manifest.getMainAttributes().getValue("DeploymentPackage-SymbolicName") != null;
    } catch (IOException e) {
      return false; // damaged, as will be said when it is read
    }
  }

  private static Refusal damaged(String file, IOException e) {
    return new Refusal(
        file + " is damaged or not yet complete (" + e.getMessage() + "); copy it again", e);
  }

  private static void checkName(String file, String name) throws Refusal {
    boolean outside =
        name.startsWith("/")
            || name.contains("\\")
            || name.contains("\0")
            || name.matches("[A-Za-z]:.*")
            || List.of(name.split("/")).contains("..");
    if (outside) {
      throw new Refusal(file + " has an entry that leaves its folder: " + name + "; refused");
    }
  }

  private static List<X509Certificate> verify(JarFile jar) throws IOException {
    List<X509Certificate> common = null;
    for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
      JarEntry entry = all.nextElement();
      if (entry.isDirectory() || isSignatureFile(entry.getName())) {
        continue;
      }
      jar.getInputStream(entry).readAllBytes(); // throws when the digest is wrong
      CodeSigner[] signers = entry.getCodeSigners();
      List<X509Certificate> chain = signers == null ? List.of() : chain(signers[0]);
      if (common != null && !common.equals(chain)) {
        return List.of(); // a part of it is unsigned, or signed by somebody else
      }
      common = chain;
    }
    return common == null ? List.of() : common;
  }

  private static List<X509Certificate> chain(CodeSigner signer) {
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate certificate : signer.getSignerCertPath().getCertificates()) {
      chain.add((X509Certificate) certificate);
    }
    return chain;
  }

  static boolean isSignatureFile(String name) {
    return name.equalsIgnoreCase(JarFile.MANIFEST_NAME)
        || name.matches("(?i)META-INF/[^/]*\\.(SF|RSA|DSA|EC|MF)")
        || name.matches("(?i)META-INF/SIG-[^/]*");
  }

  /** The manifest of a jar that needs no verification. */
  static Manifest manifest(byte[] content) throws IOException {
    try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(content), false)) {
      return in.getManifest() == null ? new Manifest() : in.getManifest();
    }
  }
}
