package org.penstock.core.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;

/** Without it a box could run out of room, and nobody see it coming. */
class DiskHealthTest {

  @TempDir Path home;

  @Test
  void aDiskIsSaidToBeNearlyFullUntilThereIsRoomAgain() {
    DiskHealth disk = new DiskHealth(home);
    HealthState well = disk.state(1L << 30, 2L << 30);
    assertEquals(Level.OK, well.level());
    assertEquals(1L << 30, well.figures().get("disk.free.bytes"));
    HealthState full = disk.state(1 << 20, 2L << 30);
    assertEquals(Level.DEGRADED, full.level());
    assertTrue(full.reason().contains(home.toString()), full.reason());
    HealthState still = disk.state(2 << 20, 2L << 30);
    assertEquals(full.since(), still.since());
    assertEquals(Level.OK, disk.state(1L << 30, 2L << 30).level());
  }

  @Test
  void theHomesDiskIsAsked() {
    HealthState now = new DiskHealth(home).health();
    long free = (Long) now.figures().get("disk.free.bytes");
    assertTrue(free > 0 && free <= (Long) now.figures().get("disk.size.bytes"), now.toString());
  }
}
