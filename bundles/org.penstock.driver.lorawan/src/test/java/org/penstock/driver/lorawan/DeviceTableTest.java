package org.penstock.driver.lorawan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists of devices of other network servers. If deleted: a plant's keys could be typed in again by hand, wrongly. */
class DeviceTableTest {

  private static final String KEY = "00112233445566778899AABBCCDDEEFF";
  private static final String LOW = "00112233445566778899aabbccddeeff";

  @Test
  void theThingsStacksColumns() {
    String csv =
        "id;dev_eui;join_eui;name;frequency_plan_id;lorawan_version;lorawan_phy_version;app_key;"
            + "supports_class_c;session.dev_addr;session.keys.app_s_key.key;"
            + "session.keys.f_nwk_s_int_key.key\n"
            + "tank-1;70B3D57ED00000A1;0000000000000001;\"Tank; north\";EU_863_870;MAC_V1_0_3;"
            + "PHY_V1_0_3_REV_A;"
            + KEY
            + ";true;;;\n"
            + "well-1;70B3D57ED00000A2;;well;EU_863_870;1.0.2;;;false;260B1234;"
            + KEY
            + ";"
            + LOW
            + "\n";
    DeviceTable.Content content = DeviceTable.parse(csv, "lpp");
    assertEquals(List.of(), content.faults());
    DeviceTable.Row tank = content.rows().get(0);
    assertEquals(
        "70b3d57ed00000a1 Tank_north join=0000000000000001 class=C codec=lpp", tank.line());
    assertEquals("70b3d57ed00000a1 " + LOW, tank.secret());
    DeviceTable.Row well = content.rows().get(1);
    assertEquals("70b3d57ed00000a2 well abp=260b1234 codec=lpp", well.line());
    assertEquals("70b3d57ed00000a2 " + LOW + ' ' + LOW, well.secret());
  }

  @Test
  void chirpStacksColumnsWhoseNwkKeyIsTheAppKeyOfOneDotZero() {
    String csv =
        "dev_eui,name,device_profile_id,nwk_key,app_key\r\n"
            + "70b3d57ed00000a1,\"a \"\"b\"\"\",x,"
            + KEY
            + ",00000000000000000000000000000000\r\n";
    DeviceTable.Content content = DeviceTable.parse(csv, "");
    assertEquals(List.of(), content.faults());
    assertEquals("70b3d57ed00000a1 a_\"b\"", content.rows().get(0).line());
    assertEquals("70b3d57ed00000a1 " + LOW, content.rows().get(0).secret());
  }

  @Test
  void eachWrongRowIsToldWithItsColumnAndNoKeyIsRepeated() {
    String csv =
        "dev_eui,app_key,lorawan_version,dev_addr\n"
            + "70b3d57ed00000a1,0011,,\n"
            + "xyz,"
            + KEY
            + ",,\n"
            + "\n"
            + "70b3d57ed00000a2,"
            + KEY
            + ",MAC_V1_1,\n"
            + "70b3d57ed00000a3,,,12\n"
            + "70b3d57ed00000a4,"
            + KEY
            + ",,\n"
            + "70b3d57ed00000a4,"
            + KEY
            + ",,\n";
    DeviceTable.Content content = DeviceTable.parse(csv, "");
    assertEquals(
        List.of("2 app_key", "3 dev_eui", "5 version", "6 dev_addr", "8 dev_eui"),
        content.faults().stream().map(f -> f.row() + " " + f.column()).toList());
    assertFalse(content.faults().toString().contains("0011"), content.faults().toString());
    assertEquals(1, content.rows().size());
    assertEquals("dev_eui", DeviceTable.parse("name\nx\n", "").faults().get(0).column());
    assertEquals(1, DeviceTable.parse("", "").faults().size());
  }

  @Test
  void anImportKeepsCommentsAndOtherDevicesAndCountsWhatChanges() {
    String devices = "# cellar\n70b3d57ed00000a1 old codec=lpp; 70b3d57ed00000a9 other";
    String keys = "70b3d57ed00000a1 " + LOW + "\n70b3d57ed00000a9 " + LOW;
    String csv = "dev_eui,name,app_key\n70b3d57ed00000a1,new,%s\n70b3d57ed00000a2,b,%s\n";
    DeviceImport first =
        DeviceImport.of(devices, keys, DeviceTable.parse(csv.formatted(KEY, KEY), "lpp").rows());
    assertEquals(1, first.added());
    assertEquals(1, first.changed());
    assertEquals(
        "# cellar\n70b3d57ed00000a1 new codec=lpp\n70b3d57ed00000a9 other\n70b3d57ed00000a2 b"
            + " codec=lpp",
        first.devices());
    DeviceList list = DeviceList.parse(first.devices(), first.keys());
    assertTrue(list.problems().isEmpty() && list.devices().size() == 3, list.toString());
    DeviceImport again =
        DeviceImport.of(
            first.devices(),
            first.keys(),
            DeviceTable.parse(csv.formatted(KEY, KEY), "lpp").rows());
    assertEquals(2, again.unchanged());
  }
}
