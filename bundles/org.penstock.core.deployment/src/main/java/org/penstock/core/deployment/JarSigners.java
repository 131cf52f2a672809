package org.penstock.core.deployment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.CodeSigner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Who signed all entries of a jar; told of one after the other, each read to its end before. */
final class JarSigners {

  private static final String WHOLE = "-Digest-Manifest";

  private final String file;
  private final List<String> signatureFiles = new ArrayList<>();
  private final Set<List<X509Certificate>> common = new LinkedHashSet<>();
  private String unsigned = "";
  private String signed = "";

  JarSigners(String file) {
    this.file = file;
  }

  void add(JarEntry entry) {
    String name = entry.getName();
    if (isSignatureFile(name)) {
      signatureFiles.add(name);
      return;
    }
    CodeSigner[] signers = entry.getCodeSigners();
    if (signers == null || signers.length == 0) {
      unsigned = name;
      return;
    }
    Set<List<X509Certificate>> chains = new LinkedHashSet<>();
    for (CodeSigner signer : signers) {
      chains.add(chain(signer));
    }
    if (signed.isEmpty()) {
      common.addAll(chains);
    } else {
      common.retainAll(chains);
    }
    signed = name;
  }

  private static List<X509Certificate> chain(CodeSigner signer) {
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate certificate : signer.getSignerCertPath().getCertificates()) {
      chain.add((X509Certificate) certificate);
    }
    return chain;
  }

  /** The one who signed everything, the manifest as it is included; empty when there is none. */
  List<X509Certificate> chain(JarFile jar) throws IOException, Refusal {
    if (!signed.isEmpty() && !unsigned.isEmpty()) {
      throw new Refusal(
          file
              + " was changed after it was signed, or is signed in part: "
              + unsigned
              + " is unsigned; get it again, or sign it as a whole");
    }
    return common.isEmpty() || !isManifestSigned(jar) ? List.of() : common.iterator().next();
  }

  /** The JDK is content when the sections of the entries are those signed; more may stand there. */
  private boolean isManifestSigned(JarFile jar) throws IOException {
    byte[] manifest = content(jar, JarFile.MANIFEST_NAME);
    for (String name : signatureFiles) {
      if (name.toUpperCase(java.util.Locale.ROOT).endsWith(".SF")) {
        Manifest statements = new Manifest(new ByteArrayInputStream(content(jar, name)));
        boolean stated = false;
        for (Map.Entry<Object, Object> one : statements.getMainAttributes().entrySet()) {
          String key = one.getKey().toString();
          if (key.endsWith(WHOLE)) {
            String algorithm = key.substring(0, key.length() - WHOLE.length());
            if (!one.getValue().equals(digest(algorithm, manifest))) {
              return false;
            }
            stated = true;
          }
        }
        if (!stated) {
          return false;
        }
      }
    }
    return true;
  }

  private static byte[] content(JarFile jar, String name) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return in.readAllBytes();
    }
  }

  private static String digest(String algorithm, byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(content);
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      return "unknown algorithm"; // equals no digest
    }
  }

  /** What can't be signed, since it is the signature. */
  static boolean isSignatureFile(String name) {
    return name.equals(JarFile.MANIFEST_NAME)
        || name.matches("(?i)META-INF/[^/]*\\.(SF|RSA|DSA|EC)");
  }
}
