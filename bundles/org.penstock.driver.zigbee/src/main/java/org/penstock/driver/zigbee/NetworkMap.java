package org.penstock.driver.zigbee;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.penstock.driver.zigbee.codec.ByteReader;
import org.penstock.driver.zigbee.device.Device;
import org.penstock.driver.zigbee.device.Ieee;
import org.penstock.driver.zigbee.radio.Radio;

/** Who hears whom: the neighbour tables of the coordinator and of the devices that pass messages on. */
final class NetworkMap {

  private static final int NEIGHBOURS = 0x0031;
  private static final int MOST_PAGES = 100;
  private static final long LIMIT_S = 10;

  private final Coordinator coordinator;

  NetworkMap(Coordinator coordinator) {
    this.coordinator = coordinator;
  }

  /**
   * One that another hears.
   *
   * @param by IEEE address of whose table it is
   * @param neighbour IEEE address
   * @param linkQuality 0 to 255
   * @param relation parent, child, sibling, none or former child
   */
  record Link(String by, String neighbour, int linkQuality, String relation) {}

  /**
   * The tables, one node after the other.
   *
   * @param silent IEEE addresses of those that did not tell theirs
   */
  record Tables(List<Link> links, List<String> silent) {}

  /** Progress of the walk. */
  interface Step {
    void at(int done, int all, String who);
  }

  /** Asks all of them; takes a second for some routers. */
  Tables ask(Step step) throws IOException, InterruptedException {
    Radio radio = coordinator.radioNow().orElseThrow(() -> new IOException("the stick is away"));
    Map<Integer, Long> nodes = new LinkedHashMap<>();
    nodes.put(0, coordinator.network().orElseThrow(() -> new IOException("no network")).ieee());
    coordinator.devices().all().stream()
        .filter(Device::router)
        .forEach(device -> nodes.put(device.network(), device.ieee()));
    List<Link> links = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    int done = 0;
    for (Map.Entry<Integer, Long> node : nodes.entrySet()) {
      step.at(done++, nodes.size(), Ieee.text(node.getValue()));
      try {
        links.addAll(table(radio, node.getKey(), node.getValue()));
      } catch (IOException | IllegalArgumentException unable) {
        silent.add(Ieee.text(node.getValue()));
      }
    }
    return new Tables(links, silent);
  }

  private static List<Link> table(Radio radio, int network, long ieee)
      throws IOException, InterruptedException {
    List<Link> links = new ArrayList<>();
    int all = 1;
    for (int page = 0; page < MOST_PAGES && links.size() < all; page++) {
      ByteReader in = new ByteReader(get(radio, network, links.size()));
      if (in.u8() != 0) {
        throw new IOException("refused");
      }
      all = in.u8();
      in.u8(); // start index
      int count = in.u8();
      if (count == 0) {
        break;
      }
      for (int i = 0; i < count; i++) {
        links.add(link(ieee, in));
      }
    }
    return links;
  }

  private static byte[] get(Radio radio, int network, int start)
      throws IOException, InterruptedException {
    try {
      return radio.askZdo(network, NEIGHBOURS, (byte) start).get(LIMIT_S, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException silent) {
      throw new IOException("no answer", silent);
    }
  }

  /** A row of 22 octets (ZigBee 2.4.4.3.2). */
  private static Link link(long by, ByteReader in) {
    in.u64(); // extended PAN id
    long neighbour = in.u64();
    in.u16(); // network address
    int flags = in.u8();
    in.u8(); // whether it lets others join
    in.u8(); // depth
    int quality = in.u8();
    String relation =
        switch (flags >> 4 & 7) {
          case 0 -> "parent";
          case 1 -> "child";
          case 2 -> "sibling";
          case 4 -> "former child";
          default -> "none";
        };
    return new Link(Ieee.text(by), Ieee.text(neighbour), quality, relation);
  }
}
