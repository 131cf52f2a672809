package org.penstock.driver.zigbee.ember;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import com.zsmartsystems.zigbee.dongle.ember.ezsp.EzspFrame;
import org.junit.jupiter.api.Test;

/** Two sticks with unlike firmware in one gateway. */
final class DongleLoaderTest {

  private static int version(Class<?> frame) throws ReflectiveOperationException {
    return (int) frame.getMethod("getEzspVersion").invoke(null);
  }

  /** If deleted: a second stick with another EZSP version could break the first. */
  @Test
  void eachStickHasAVersionOfItsOwnWhichThePlainLibraryHasForAllTogether() throws Exception {
    Class<?> one = new DongleLoader().loadClass(EzspFrame.class.getName());
    Class<?> two = new DongleLoader().loadClass(EzspFrame.class.getName());
    assertNotSame(one, two);
    int before = EzspFrame.getEzspVersion();
    one.getMethod("setEzspVersion", int.class).invoke(null, 13);
    two.getMethod("setEzspVersion", int.class).invoke(null, 8);
    assertEquals(13, version(one));
    assertEquals(8, version(two));
    assertEquals(before, EzspFrame.getEzspVersion());

    EzspFrame.setEzspVersion(13); // the first stick of a host that uses the library plainly
    EzspFrame.setEzspVersion(8); // the second
    assertEquals(8, EzspFrame.getEzspVersion(), "the library has mended it: no loader is needed");
    EzspFrame.setEzspVersion(before);
  }
}
