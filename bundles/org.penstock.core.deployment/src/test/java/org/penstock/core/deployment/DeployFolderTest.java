package org.penstock.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without it a half-copied jar could be installed, or a settled one be missed or taken twice. */
class DeployFolderTest {

  @TempDir Path folder;

  @Test
  void aFileIsReportedOnceWhenItHasStoppedChanging() throws IOException {
    DeployFolder deploy = new DeployFolder(folder);
    Path jar = Files.write(folder.resolve("a.jar"), new byte[10]);
    assertEquals(List.of(), deploy.look().settled());
    Files.write(jar, new byte[20]);
    assertEquals(List.of(), deploy.look().settled());
    assertEquals(List.of(jar), deploy.look().settled());
    assertEquals(List.of(), deploy.look().settled());
    Files.write(jar, new byte[30]);
    deploy.look();
    assertEquals(List.of(jar), deploy.look().settled());
  }

  @Test
  void aFileThatChangesWithinOneTickOfTheClockIsNotYetStable() throws IOException {
    DeployFolder deploy = new DeployFolder(folder);
    Path jar = Files.write(folder.resolve("a.jar"), new byte[10]);
    FileTime time = Files.getLastModifiedTime(jar);
    deploy.look();
    Files.write(jar, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    Files.setLastModifiedTime(jar, time);
    assertEquals(List.of(), deploy.look().settled());
    assertEquals(List.of(jar), deploy.look().settled());
  }

  @Test
  void aFileThatWentAndCameBackIsReportedAgain() throws IOException {
    DeployFolder deploy = new DeployFolder(folder);
    Path jar = Files.write(folder.resolve("a.jar"), new byte[10]);
    deploy.look();
    deploy.look();
    Files.delete(jar);
    assertEquals(Set.of(), deploy.look().present());
    Files.write(jar, new byte[10]);
    deploy.look();
    assertEquals(List.of(jar), deploy.look().settled());
  }

  @Test
  void otherFilesAreLeftAlone() throws IOException {
    DeployFolder deploy = new DeployFolder(folder);
    Files.write(folder.resolve("readme.txt"), new byte[10]);
    Files.write(folder.resolve(".a.jar"), new byte[10]);
    Files.createDirectory(folder.resolve("b.jar"));
    assertEquals(Set.of(), deploy.look().present());
  }

  @Test
  void aCandidateNamesTheBundle() throws Exception {
    Artifact candidate = read("a.jar", jar("com.example.a; singleton:=true", "1.2.3"));
    assertEquals("com.example.a", candidate.name());
    assertEquals("1.2.3", candidate.version());
    assertEquals(64, candidate.sha256().length());
  }

  @Test
  void aTruncatedJarAndAJarThatIsNoBundleAreRefusedInWords() throws Exception {
    byte[] whole = jar("com.example.a", "1.0.0");
    String half = refusal("half.jar", java.util.Arrays.copyOf(whole, 40));
    assertTrue(half.contains("damaged or not yet complete"), half);
    String plain = refusal("plain.jar", jar(null, null));
    assertTrue(plain.contains("no OSGi bundle"), plain);
  }

  private Artifact read(String file, byte[] jar) throws Refusal {
    ArtifactReader reader = new ArtifactReader(folder.resolve("tmp"), 1 << 20);
    return reader.read(reader.stage(file, new ByteArrayInputStream(jar)));
  }

  private String refusal(String file, byte[] jar) {
    return assertThrows(Refusal.class, () -> read(file, jar)).getMessage();
  }

  private static byte[] jar(String symbolicName, String version) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (symbolicName != null) {
      manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
      manifest.getMainAttributes().putValue("Bundle-SymbolicName", symbolicName);
      manifest.getMainAttributes().putValue("Bundle-Version", version);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return bytes.toByteArray();
  }
}
