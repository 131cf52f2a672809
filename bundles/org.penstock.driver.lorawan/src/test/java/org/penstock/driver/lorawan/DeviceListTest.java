package org.penstock.driver.lorawan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.server.DeviceConfig;

/** The texts of devices and keys. If deleted: one wrong line could cost all devices. */
class DeviceListTest {

  private static final String KEY = "00112233445566778899aabbccddeeff";

  /** Devices without a problem. */
  private static List<DeviceConfig> devices(String text, String secrets) {
    DeviceList list = DeviceList.parse(text, secrets);
    assertEquals(List.of(), list.problems());
    return list.devices();
  }

  @Test
  void devicesOfBothKinds() {
    List<DeviceConfig> list =
        devices(
            "# cellar\n01-02-03-04-05-06-07-08 tank join=0000000000000001 class=c codec=lpp\n"
                + "0102030405060709 well abp=49be7df1 adr=false\n",
            "0102030405060708 " + KEY + "\n0102030405060709 " + KEY + ' ' + KEY);
    DeviceConfig tank = list.get(0);
    assertEquals(new Eui(1), tank.joinEui());
    assertTrue(tank.otaa() && tank.classC() && tank.adr());
    DeviceConfig well = list.get(1);
    assertEquals(0x49be7df1, well.devAddr());
    assertFalse(well.otaa() || well.adr());
  }

  /** If deleted: devices of a kind could differ in what their profile says. */
  @Test
  void aProfileHoldsForItsDevicesWhereTheySayNothingElse() {
    List<DeviceConfig> list =
        devices(
            "aaaaaaaaaaaaaaaa a profile=valve\nprofile valve class=C adr=false codec=lpp mac=1.0.4\n"
                + "bbbbbbbbbbbbbbbb b profile=valve class=A codec=raw\ncccccccccccccccc c",
            "aaaaaaaaaaaaaaaa " + KEY + "\nbbbbbbbbbbbbbbbb " + KEY + "\ncccccccccccccccc " + KEY);
    DeviceConfig a = list.get(0);
    assertTrue(a.classC() && a.counting() && !a.adr() && a.codec().equals("lpp"));
    DeviceConfig b = list.get(1);
    assertTrue(!b.classC() && b.counting() && !b.adr() && b.codec().equals("raw"));
    DeviceConfig c = list.get(2);
    assertTrue(!c.classC() && !c.counting() && c.adr() && c.codec().equals("raw"));
  }

  @ParameterizedTest
  @CsvSource({
    "xyz, is no EUI",
    "0102030405060708 a color=red, must be abp=",
    "0102030405060708 a class=B, class B is not served",
    "0102030405060708 a abp=1, needs NwkSKey and AppSKey",
    "0102030405060709 a, needs its AppKey",
    "aaaaaaaaaaaaaaaa a, stands there twice",
    "0102030405060708 a mac=1.1.0, mac 1.1.0 is not served",
    "0102030405060708 a profile=valve, there is no profile valve",
    "profile valve abp=49be7df1, a profile can't have abp=",
    "profile, a profile needs a name"
  })
  void aWrongLineCostsItsOwnDeviceOnly(String line, String reason) {
    DeviceList list =
        DeviceList.parse(
            "aaaaaaaaaaaaaaaa good\n" + line,
            "aaaaaaaaaaaaaaaa " + KEY + "\n0102030405060708 " + KEY);
    assertEquals(1, list.devices().size());
    assertEquals(1, list.problems().size());
    String problem = list.problems().get(0);
    assertTrue(problem.startsWith("devices line 2: ") && problem.contains(reason), problem);
  }

  @Test
  void aWrongKeyIsNotRepeated() {
    DeviceList list = DeviceList.parse("", "aaaaaaaaaaaaaaaa 0011secret");
    assertFalse(list.problems().get(0).contains("secret"), list.problems().get(0));
  }
}
