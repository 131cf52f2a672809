package org.penstock.core.system.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.eclipse.kura.system.SystemService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Section 11's sentences on properties. Without it an add-on would find another box than it is. */
class KuraSystemTest {

  @TempDir Path folder;
  private final Map<String, String> given = new HashMap<>();

  private Properties load() {
    given.putIfAbsent("penstock.home", folder.toString());
    return new DeviceProperties(given::get).load();
  }

  private void file(String path, String text) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private KuraSystem system() {
    return new KuraSystem(null, load(), new Host(folder));
  }

  @Test
  void theBaseFileIsExclusiveTheCustomFileComesOverItAndGivenPropertiesOverBoth() throws Exception {
    file("framework/kura.properties", "kura.device.name=a\nkura.model.id=a\nkura.model.name=a\n");
    file("user/kura_custom.properties", "kura.model.id=b\nkura.model.name=b\nmy.own=kept\n");
    given.put("kura.model.name", "c");
    assertEquals("a", load().getProperty("kura.device.name"));
    assertEquals("b", load().getProperty("kura.model.id"));
    assertEquals("c", load().getProperty("kura.model.name"));
    assertEquals("kept", load().getProperty("my.own"), "unknown keys are kept");
    file("other.properties", "kura.partNumber=p\n");
    given.put("kura.configuration", folder.resolve("other.properties").toUri().toString());
    assertEquals("p", load().getProperty("kura.partNumber"));
    assertEquals(null, load().getProperty("kura.device.name"), "the first base file alone counts");
  }

  @Test
  void aFileThatCanNotBeReadIsNamedAndTheRestHolds() {
    given.put("kura.configuration", "file:/no/such/file");
    given.put("penstock.home", folder.toString());
    DeviceProperties layers = new DeviceProperties(given::get);
    assertEquals("10", layers.load().getProperty("kura.snapshots.count"));
    assertEquals(1, layers.complaints().size());
  }

  @Test
  void pathsLieUnderTheHomeUnlessGivenOtherwise() {
    given.put("kura.packages", "/elsewhere");
    assertEquals(folder.resolve("snapshots").toString(), system().getKuraSnapshotsDirectory());
    assertEquals(folder.resolve("data").toString(), system().getKuraDataDirectory());
    assertEquals("/elsewhere", system().getProperties().getProperty("kura.packages"));
    assertEquals("true", system().getKuraWebEnabled());
    assertEquals(100, system().getFileCommandZipMaxUploadSize());
    assertEquals(1024, system().getFileCommandZipMaxUploadNumber());
  }

  @Test
  void theDeviceIsDescribedByWhatLinuxTells() throws Exception {
    file("etc/os-release", "NAME=\"Debian GNU/Linux\"\nVERSION=\"12 (bookworm)\"\n");
    file("etc/hostname", "gw-7\n");
    file("proc/cpuinfo", "processor\t: 0\nmodel name\t: ARMv7 rev 4\nSerial\t\t: 00ab\n");
    file("proc/device-tree/model", "Raspberry Pi 4\0");
    KuraSystem system = system();
    assertEquals("Debian GNU/Linux", system.getOsDistro());
    assertEquals("12 (bookworm)", system.getOsDistroVersion());
    assertEquals("gw-7", system.getHostname());
    assertEquals("gw-7", system.getDeviceName());
    assertEquals("ARMv7 rev 4", system.getCpuVersion());
    assertEquals("Raspberry Pi 4", system.getModelName());
    assertEquals("00ab", system.getSerialNumber());
    assertEquals(SystemService.UNSUPPORTED, system.getBiosVersion());
  }

  @Test
  void theSerialNumberComesFromThePropertyElseFromTheCommand() {
    given.put("kura.serialNumber.provider", "echo SN-42");
    assertEquals("SN-42", system().getSerialNumber());
    given.put("kura.serialNumber", "given");
    assertEquals("given", system().getSerialNumber());
    given.remove("kura.serialNumber");
    given.put("kura.serialNumber.provider", "/no/such/command");
    assertEquals(SystemService.UNKNOWN, system().getSerialNumber());
  }

  @Test
  void packagesAreThoseThatAreInstalled() throws Exception {
    file(
        "var/lib/dpkg/status",
        "Package: mosquitto\nStatus: install ok installed\nVersion: 2.0.11\n\n"
            + "Package: gone\nStatus: deinstall ok config-files\nVersion: 1\n");
    file("lib/apk/db/installed", "P:musl\nV:1.2\n");
    List<String> all =
        system().getSystemPackages().stream()
            .map(p -> p.getName() + " " + p.getVersion() + " " + p.getTypeString())
            .toList();
    assertEquals(List.of("mosquitto 2.0.11 DEB", "musl 1.2 APK"), all);
  }

  /** No question of the API may be answered with null or an exception on a bare box. */
  @Test
  void everyTextHasAnAnswerOnABareBox() throws Exception {
    Set<String> needFramework =
        Set.of("getKuraVersion", "getPrimaryMacAddress", "getInternetConnectionStatus");
    KuraSystem system = system();
    int asked = 0;
    for (Method method : SystemService.class.getMethods()) {
      if (method.getReturnType() == String.class && !needFramework.contains(method.getName())) {
        assertNotNull(method.invoke(system), method.getName());
        asked++;
      }
    }
    assertTrue(asked > 35, "asked " + asked);
  }
}
