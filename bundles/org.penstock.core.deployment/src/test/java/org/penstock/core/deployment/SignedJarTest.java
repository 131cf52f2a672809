package org.penstock.core.deployment;

import static java.lang.ProcessBuilder.Redirect.DISCARD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What "enforce" lets through is what was signed, whoever reads the file: verification and the framework by
 * the directory, others as a stream. Without it a crafted zip shows each of them something else.
 */
class SignedJarTest {

  private static final String PASSWORD = "changeit";
  private static final byte[] EVIL = "evil".getBytes(StandardCharsets.UTF_8);
  private static final String CODE = "org/example/Code.class";

  @TempDir static Path keys;
  private static KeyStore.PrivateKeyEntry key;
  private static byte[] plain;
  private static byte[] signed;

  @TempDir Path tmp;

  @BeforeAll
  static void sign() throws Exception {
    Path store = keys.resolve("trust.p12");
    List<String> words =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "maker",
            "-keyalg",
            "EC",
            "-dname",
            "CN=maker",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            store.toString());
    assertEquals(
        0,
        new ProcessBuilder(words).redirectOutput(DISCARD).redirectError(DISCARD).start().waitFor());
    KeyStore loaded = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    key =
        (KeyStore.PrivateKeyEntry)
            loaded.getEntry("maker", new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
    Map<String, byte[]> entries = new LinkedHashMap<>(entries(Bench.bundle("one", "1.0.0")));
    entries.put("org/example/", new byte[0]);
    entries.put(CODE, "good".getBytes(StandardCharsets.UTF_8));
    plain = zip(entries);
    signed = signed(plain);
  }

  private static byte[] signed(byte[] jar) throws IOException {
    Path file = Files.write(keys.resolve("unsigned.jar"), jar);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipFile in = new ZipFile(file.toFile())) {
      new JarSigner.Builder(key).build().sign(in, out);
    }
    return out.toByteArray();
  }

  private static Map<String, byte[]> entries(byte[] jar) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        entries.put(e.getName(), in.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static CraftedZip crafted(byte[] jar) throws IOException {
    CraftedZip zip = new CraftedZip();
    entries(jar).forEach(zip::put);
    return zip;
  }

  /** As the gateway does it under the policy "enforce". */
  private Artifact enforced(byte[] jar) throws Refusal {
    Artifact artifact = read(jar);
    signatures("enforce").check(artifact);
    return artifact;
  }

  private Artifact read(byte[] jar) throws Refusal {
    ArtifactReader reader = new ArtifactReader(tmp, 1 << 20);
    return reader.read(reader.stage("one.jar", new ByteArrayInputStream(jar)));
  }

  private static Signatures signatures(String policy) {
    Path trust = keys.resolve("trust.p12");
    return new Signatures(policy, trust, PASSWORD.toCharArray(), keys.resolve("none.crl"));
  }

  private static byte[] commented(byte[] comment) {
    byte[] jar = Arrays.copyOf(signed, signed.length + comment.length);
    jar[signed.length - 2] = (byte) comment.length;
    jar[signed.length - 1] = (byte) (comment.length >> 8);
    System.arraycopy(comment, 0, jar, signed.length, comment.length);
    return jar;
  }

  private void refused(byte[] jar, String... words) {
    String reason = assertThrows(Refusal.class, () -> enforced(jar)).getMessage();
    for (String word : words) {
      assertTrue(reason.contains(word), () -> "'" + word + "' is not in: " + reason);
    }
  }

  @Test
  void whatATrustedMakerSignedIsTakenHoweverItIsPacked() throws Exception {
    assertEquals("CN=maker", enforced(signed).signer(), "by the JDK's tool, deflated and streamed");
    assertEquals("CN=maker", enforced(crafted(signed).bytes()).signer(), "stored");
    assertEquals("CN=maker", enforced(commented("by its maker".getBytes())).signer());
    byte[] dp = Bench.pack("p", "1.0.0", new TreeMap<>(Map.of("one.jar", plain)));
    Artifact artifact = enforced(signed(dp));
    assertEquals("CN=maker", artifact.signer());
    assertEquals(Hashes.sha256(plain), artifact.pieces().get(0).sha256());
  }

  @Test
  void whatNobodySignedIsRefused() {
    refused(plain, "one.jar", "is unsigned", "sign it as a whole", "trust.p12");
  }

  /** What was changed after signing is refused under each of them: that is the reader's. */
  @Test
  void thePolicySaysWhetherTheUnsignedIsPassedNamedOrRefused() throws Exception {
    assertTrue(signatures("off").check(read(plain)).isEmpty());
    String named = signatures("warn").check(read(plain)).orElse("");
    assertTrue(named.contains("one.jar is unsigned"), named);
    assertTrue(signatures("warn").check(read(signed)).isEmpty());
    assertThrows(Refusal.class, () -> signatures("enforce").check(read(plain)));
  }

  @Test
  void aTamperedEntryIsRefused() throws Exception {
    Map<String, byte[]> entries = entries(signed);
    entries.put(CODE, EVIL);
    refused(zip(entries), "one.jar was changed after it was signed", CODE, "get it again");
  }

  @Test
  void anEntryAddedAfterSigningIsRefused() throws Exception {
    for (String name : List.of("org/example/Evil.class", "META-INF/EVIL.MF", "META-INF/SIG-EVIL")) {
      Map<String, byte[]> entries = entries(signed);
      entries.put(name, EVIL);
      refused(zip(entries), "one.jar", name + " is unsigned", "sign it as a whole");
    }
  }

  @Test
  void aSectionAddedToTheManifestAfterSigningIsRefused() throws Exception {
    Map<String, byte[]> entries = entries(signed);
    ByteArrayOutputStream manifest = new ByteArrayOutputStream();
    manifest.writeBytes(entries.get("META-INF/MANIFEST.MF"));
    manifest.writeBytes("Name: evil.jar\r\nBundle-SymbolicName: evil\r\n\r\n".getBytes());
    entries.put("META-INF/MANIFEST.MF", manifest.toByteArray());
    refused(zip(entries), "one.jar", "its manifest", "sign it as a whole");
  }

  @Test
  void anEntryThatOnlyTheStreamShowsIsRefused() throws Exception {
    byte[] last = crafted(signed).local("org/example/Evil.class", EVIL).bytes();
    refused(last, "one.jar reads differently", "does not name", "build it again");
    CraftedZip zip = new CraftedZip().local("org/example/Evil.class", EVIL);
    entries(signed).forEach(zip::put);
    refused(zip.bytes(), "one.jar reads differently", "does not name");
  }

  @Test
  void anEntryThatOnlyTheDirectoryShowsIsRefused() throws Exception {
    CraftedZip zip = crafted(signed);
    int at = zip.size();
    byte[] hidden = new CraftedZip().local("org/example/Evil.class", EVIL).data();
    zip.put("org/example/cover.txt", hidden); // its content is another entry
    zip.listed("org/example/Evil.class", EVIL, at + 30 + "org/example/cover.txt".length());
    refused(zip.bytes(), "one.jar reads differently", "org/example/");
  }

  @Test
  void otherContentInTheStreamThanByTheDirectoryIsRefused() throws Exception {
    CraftedZip zip = new CraftedZip();
    zip.local(CODE, EVIL); // the reader of a stream takes the first
    entries(signed).forEach(zip::put);
    refused(zip.bytes(), "one.jar reads differently", "does not name");
    CraftedZip sizes = new CraftedZip();
    for (Map.Entry<String, byte[]> e : entries(signed).entrySet()) {
      int at = sizes.size();
      byte[] told = e.getKey().equals(CODE) ? EVIL : e.getValue();
      sizes.local(e.getKey(), told).listed(e.getKey(), e.getValue(), at);
    }
    refused(sizes.bytes(), "one.jar reads differently", CODE);
  }

  @Test
  void anotherNameInTheStreamThanInTheDirectoryIsRefused() throws Exception {
    CraftedZip zip = crafted(signed);
    int at = zip.size();
    zip.local("org/example/a", EVIL).listed("META-INF/A.SF", EVIL, at);
    refused(zip.bytes(), "one.jar reads differently", "META-INF/A.SF");
  }

  @Test
  void anEntryThatIsThereTwiceIsRefused() throws Exception {
    for (String name : List.of(CODE, "META-INF/manifest.mf", "org/example")) {
      refused(crafted(signed).put(name, EVIL).bytes(), "one.jar holds ", "twice", "build it again");
    }
  }

  @Test
  void dataAroundTheArchiveIsRefused() throws Exception {
    byte[] before = new byte[signed.length + 4];
    System.arraycopy(signed, 0, before, 4, signed.length);
    refused(before, "one.jar reads differently", "before its first entry");
    byte[] other = new CraftedZip().put(CODE, EVIL).bytes();
    byte[] twoZips = Arrays.copyOf(other, other.length + signed.length);
    System.arraycopy(signed, 0, twoZips, other.length, signed.length);
    refused(twoZips, "one.jar reads differently", "before its first entry");
    refused(Arrays.copyOf(signed, signed.length + 4), "one.jar is damaged", "stands behind it");
    refused(commented(new CraftedZip().put(CODE, EVIL).bytes()), "one.jar reads differently");
    refused(crafted(signed).raw(EVIL).bytes(), "one.jar reads differently", "before the directory");
  }

  @Test
  void aFolderWithContentIsRefused() throws Exception {
    Map<String, byte[]> entries = entries(signed);
    entries.put("org/example/", EVIL);
    refused(zip(entries), "one.jar", "a folder with content");
  }
}
