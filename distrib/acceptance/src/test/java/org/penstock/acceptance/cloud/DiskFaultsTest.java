package org.penstock.acceptance.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Seed;

/**
 * The disk under the outbox is full, read-only, fails or is damaged. Without it such a disk could
 * take acknowledged messages, or the gateway, with it. Mounts a small file system: needs root.
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
@EnabledIfSystemProperty(named = "user.name", matches = "root")
class DiskFaultsTest {

  private static final String DATA = "cloud/data/" + Seed.DATA_SERVICE;

  @TempDir Path folder;
  private Path mount;
  private WitnessedGateway stage;

  @BeforeEach
  void prepare() throws IOException {
    mount = Files.createDirectories(folder.resolve("home/outbox"));
    stage = new WitnessedGateway(folder);
  }

  @AfterEach
  void clean() {
    stage.close();
    run("sh", "-c", "mountpoint -q " + mount + " && umount -l " + mount + " || true");
  }

  private static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), String.join(" ", command) + ": " + said);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void onAFullDiskAllThatIsAcknowledgedIsSentAndItGoesOnWhenThereIsRoom() throws IOException {
    run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", mount.toString());
    stage.start();
    stage.grow(50);
    stage.broker.kill();
    stage.grow(50);
    Path rubbish = mount.resolve("rubbish");
    try (OutputStream out = Files.newOutputStream(rubbish)) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertTrue(e.getMessage().contains("No space left"), e.getMessage());
    }
    stage.says("no space left on device");
    stage.broker.start();
    stage.deliversAll(0); // still full
    long errors = stage.gateway.log().stream().filter(l -> l.contains(" ERROR ")).count();
    assertTrue(errors < 20, errors + " errors in the log");
    Files.delete(rubbish);
    stage.grow(50);
    stage.restart();
    stage.grow(20);
    stage.deliversAll(0);
    stage.inOrder();
  }

  @Test
  void onAReadOnlyFileSystemItSendsWhatIsThereSaysSoAndGoesOnWhenThatEnds() {
    run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", mount.toString());
    stage.start();
    stage.grow(50);
    stage.broker.kill();
    stage.grow(50);
    stage.gateway.kill();
    run("mount", "-o", "remount,ro", mount.toString());
    stage.restart();
    stage.says("read-only file system");
    stage.broker.start();
    stage.deliversAll(0);
    run("mount", "-o", "remount,rw", mount.toString());
    stage.grow(50);
    stage.deliversAll(0);
    stage.inOrder();
  }

  @Test
  void aFileSystemThatFailsUnderLoadTakesNothingAcknowledgedWithIt() {
    String image = folder.resolve("disk").toString();
    run("sh", "-c", "truncate -s 24M " + image + " && mkfs.ext4 -q " + image);
    run("mount", "-o", "loop", image, mount.toString());
    stage.start();
    stage.grow(50);
    stage.broker.kill();
    stage.grow(200);
    run("mount", "-o", "remount,abort", mount.toString()); // as after an error of the device
    stage.says("read-only file system");
    stage.gateway.kill();
    run("umount", mount.toString());
    run("sh", "-c", "e2fsck -fy " + image + "; test $? -lt 4");
    run("mount", "-o", "loop", image, mount.toString());
    stage.broker.start();
    stage.restart();
    stage.grow(20);
    stage.deliversAll(0);
    stage.inOrder();
  }

  @Test
  void aTornTailAndAFlippedByteCostTheRecordTheyHitAndAreSaid() throws IOException {
    stage.start();
    stage.grow(50);
    stage.broker.kill();
    stage.grow(200);
    stage.gateway.kill();
    damage(lastSegment());
    stage.broker.start();
    stage.restart();
    stage.grow(20);
    stage.deliversAll(1); // the one with the flipped byte
    stage.inOrder();
    assertEquals(2, stage.gateway.figure(DATA, "damaged"));
    List<String> said =
        stage.gateway.log().stream().filter(l -> l.contains("2 damaged places")).toList();
    assertEquals(1, said.size(), said.toString());
  }

  private Path lastSegment() throws IOException {
    try (Stream<Path> files = Files.list(mount.resolve(Seed.DATA_SERVICE))) {
      return files.sorted().reduce((a, b) -> b).orElseThrow();
    }
  }

  /** A byte of the topic of a record near the end; then the begin of a record, as a cut leaves it. */
  private static void damage(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    String text = new String(all, StandardCharsets.ISO_8859_1);
    int topic = text.lastIndexOf("/witness", all.length - 2000);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek(topic);
      out.write(all[topic] ^ 1);
      out.seek(all.length);
      out.write(all, text.lastIndexOf(RECORD), 30);
    }
  }

  private static final String RECORD =
      new String(new char[] {0xA5, 0x5A, 0x1C, 0xE5}); // how each record begins
}
