package org.penstock.bench.rest;

import java.util.ArrayList;
import java.util.List;
import org.penstock.demo.SeedSnapshot;

/** Assets on the template driver: values without a network. */
final class ToyPlant {

  private static final long INTERVAL_MS = 1_000;

  private ToyPlant() {}

  /** So many assets, named asset0 and so on, each read once a second. */
  static String seed(int assets, int channels) {
    SeedSnapshot seed = new SeedSnapshot();
    seed.component("toy", "org.penstock.driver.template");
    for (int i = 0; i < assets; i++) {
      List<Object> properties = new ArrayList<>();
      properties.addAll(List.of("driver.pid", "toy", "poll.interval.ms", INTERVAL_MS));
      for (int c = 0; c < channels; c++) {
        String name = "t" + c;
        properties.addAll(List.of(name + "#+name", name, name + "#+type", "READ"));
        properties.addAll(List.of(name + "#+value.type", "DOUBLE"));
        properties.addAll(List.of(name + "#address", "sine/" + (60_000 + c)));
      }
      seed.component("asset" + i, "org.eclipse.kura.wire.WireAsset", properties.toArray());
    }
    return seed.xml();
  }
}
