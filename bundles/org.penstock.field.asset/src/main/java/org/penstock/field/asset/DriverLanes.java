package org.penstock.field.asset;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eclipse.kura.driver.Driver;
import org.penstock.api.strand.Strand;

/** The lanes of all drivers in use: made for the first asset of a driver, closed after the last. */
final class DriverLanes {

  private static final int MOST_PARALLEL = 16;

  private final Function<String, Strand> strands;
  private final Strand closing;
  private final Map<Driver, Shared> lanes = new IdentityHashMap<>();

  private record Shared(Lane lane, int users) {}

  DriverLanes(Function<String, Strand> strands) {
    this.strands = strands;
    this.closing = strands.apply("field/asset/lanes");
  }

  /**
   * The driver's lane; to be given back with {@link #release}.
   *
   * @param parallelism calls that the driver bears at a time; the first asset decides
   */
  synchronized Lane acquire(Driver driver, String driverPid, int parallelism) {
    Shared shared = lanes.get(driver);
    Lane lane = shared == null ? open(driverPid, parallelism) : shared.lane();
    lanes.put(driver, new Shared(lane, shared == null ? 1 : shared.users() + 1));
    return lane;
  }

  /** Gives the lane back. A lane that nobody uses is closed, without making the caller wait. */
  synchronized void release(Driver driver) {
    Shared shared = lanes.remove(driver);
    if (shared == null) {
      return;
    }
    if (shared.users() > 1) {
      lanes.put(driver, new Shared(shared.lane(), shared.users() - 1));
    } else {
      closing.execute(shared.lane()::close);
    }
  }

  /** Lanes in use. */
  synchronized int size() {
    return lanes.size();
  }

  /** Closes what is left. */
  synchronized void close() {
    lanes.values().forEach(shared -> shared.lane().close());
    lanes.clear();
    closing.close();
  }

  private Lane open(String driverPid, int parallelism) {
    String name = "field/driver/" + driverPid;
    int width = Math.min(Math.max(parallelism, 1), MOST_PARALLEL);
    return new Lane(
        name,
        IntStream.rangeClosed(1, width)
            .mapToObj(n -> strands.apply(width == 1 ? name : name + "/" + n))
            .toList());
  }
}
