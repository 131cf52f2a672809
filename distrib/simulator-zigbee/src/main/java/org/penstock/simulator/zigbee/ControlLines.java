package org.penstock.simulator.zigbee;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.penstock.simulator.zigbee.network.DeviceKind;
import org.penstock.simulator.zigbee.network.Faults;
import org.penstock.simulator.zigbee.network.NetworkParameters;
import org.penstock.simulator.zigbee.network.VirtualEndpoint;
import org.penstock.simulator.zigbee.network.VirtualNetwork;
import org.penstock.simulator.zigbee.network.VirtualNode;

/**
 * Commands as lines of words, each answered by one line: {@code ok ...} or {@code error ...}. Numbers are decimal, or
 * hexadecimal after 0x; IEEE addresses are always hexadecimal. The README has the list.
 */
final class ControlLines {

  private final ZigBeeSimulator simulator;
  private final Storm storm = new Storm();

  ControlLines(ZigBeeSimulator simulator) {
    this.simulator = simulator;
  }

  /** Carries out one line. */
  String carryOut(String line) {
    List<String> words = List.of(line.trim().split("\\s+"));
    try {
      return ("ok " + carryOut(words.get(0), words)).trim();
    } catch (IndexOutOfBoundsException e) {
      return "error '" + line + "' wants more words";
    } catch (RuntimeException e) { // foreign code
      return "error " + e.getMessage();
    }
  }

  private String carryOut(String command, List<String> w) {
    VirtualNetwork network = simulator.network();
    switch (command) {
      case "add" -> network.add(DeviceKind.of(w.get(1)), ieee(w.get(2)));
      case "join" -> {
        VirtualNode node = node(w);
        boolean joined = network.join(node, w.size() > 2 ? (int) number(w.get(2)) : 0);
        return joined ? String.format("0x%04x", node.shortAddress()) : "refused";
      }
      case "rejoin" -> {
        network.rejoin(node(w));
        return String.format("0x%04x", node(w).shortAddress());
      }
      case "announce" -> network.announce(node(w));
      case "leave" -> network.leave(node(w));
      case "install-code" -> node(w).installCode(HexFormat.of().parseHex(w.get(2)));
      case "reach" -> node(w).reachable(isOn(w.get(2)));
      case "lqi" -> node(w).linkQuality((int) number(w.get(2)));
      case "poll" -> node(w).pollEvery((int) number(w.get(2)));
      case "get" -> {
        return Long.toString(endpoint(w).get((int) number(w.get(3)), (int) number(w.get(4))));
      }
      case "reporting" -> {
        return reporting(w);
      }
      case "set" ->
          endpoint(w).set((int) number(w.get(3)), (int) number(w.get(4)), number(w.get(5)));
      case "report" -> endpoint(w).report((int) number(w.get(3)), (int) number(w.get(4)));
      case "press" -> {
        byte[] payload = w.size() > 5 ? HexFormat.of().parseHex(w.get(5)) : new byte[0];
        endpoint(w).press((int) number(w.get(3)), (int) number(w.get(4)), payload);
      }
      case "storm" ->
          storm.begin(
              network,
              (int) number(w.get(1)),
              (int) number(w.get(2)),
              new Storm.Target(
                  (int) number(w.get(3)), (int) number(w.get(4)), (int) number(w.get(5))));
      case "stormed" -> {
        return Long.toString(storm.sent());
      }
      case "zone" -> endpoint(w).zoneStatus((int) number(w.get(3)));
      case "network" -> {
        return describe(network);
      }
      case "key" -> {
        NetworkParameters now = network.parameters();
        return now == null ? "none" : HexFormat.of().formatHex(now.key());
      }
      case "unplug" -> simulator.unplug();
      case "plug" -> simulator.plug();
      case "drop-line" -> simulator.dropLine();
      case "reset" -> simulator.reset();
      default -> fault(command, w);
    }
    return "";
  }

  private String reporting(List<String> w) {
    return endpoint(w)
        .reportingOf((int) number(w.get(3)), (int) number(w.get(4)))
        .map(Arrays::toString)
        .orElse("none");
  }

  private void fault(String command, List<String> w) {
    Faults faults = simulator.faults();
    switch (command) {
      case "latency" -> faults.latency((int) number(w.get(1)), (int) number(w.get(2)));
      case "loss" -> faults.loss(Double.parseDouble(w.get(1)));
      case "confirm-delay" -> faults.confirmDelay((int) number(w.get(1)));
      case "memory-delay" -> faults.memoryDelay((int) number(w.get(1)));
      case "silent" -> faults.silent(isOn(w.get(1)));
      case "corrupt" -> faults.corruptNext((int) number(w.get(1)));
      case "truncate" -> faults.truncateNext((int) number(w.get(1)));
      case "duplicate" -> faults.duplicateNext((int) number(w.get(1)));
      case "well" -> faults.none();
      default -> throw new IllegalArgumentException("no command '" + command + "'");
    }
  }

  private static String describe(VirtualNetwork network) {
    NetworkParameters p = network.parameters();
    String what =
        p == null
            ? "none"
            : String.format(
                "pan=0x%04x extpan=0x%016x channel=%d", p.panId(), p.extendedPanId(), p.channel());
    long joined = network.nodes().stream().filter(VirtualNode::isJoined).count();
    return String.format(
        "%s up=%b permit=%b forms=%d counter=%d joined=%d",
        what,
        network.isUp(),
        network.isPermitted(),
        network.forms(),
        network.frameCounter(),
        joined);
  }

  private VirtualNode node(List<String> w) {
    return simulator.network().node(ieee(w.get(1)));
  }

  private VirtualEndpoint endpoint(List<String> w) {
    return node(w).endpoint((int) number(w.get(2)));
  }

  private static long ieee(String text) {
    return Long.parseUnsignedLong(text.startsWith("0x") ? text.substring(2) : text, 16);
  }

  private static long number(String text) {
    return Long.decode(text);
  }

  private static boolean isOn(String text) {
    return switch (text) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither on nor off");
    };
  }
}
