package org.penstock.simulator.zigbee.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** All nodes by IEEE address, and those in the network by short address; on the loop only. */
final class NodeTable {

  private final VirtualNode coordinator;
  private final Map<Long, VirtualNode> nodes = new LinkedHashMap<>();
  private final Map<Integer, VirtualNode> byShort = new LinkedHashMap<>();
  private final Random random = new Random(7);

  NodeTable(VirtualNode coordinator) {
    this.coordinator = coordinator;
  }

  void add(VirtualNode node) {
    if (byIeee(node.ieee()) != null) {
      throw new IllegalArgumentException(node + " is there already");
    }
    nodes.put(node.ieee(), node);
  }

  List<VirtualNode> all() {
    return List.copyOf(nodes.values());
  }

  List<VirtualNode> inNetwork() {
    return List.copyOf(byShort.values());
  }

  VirtualNode byIeee(long ieee) {
    return ieee == coordinator.ieee() ? coordinator : nodes.get(ieee);
  }

  VirtualNode byShort(int address) {
    return address == 0 ? coordinator : byShort.get(address);
  }

  int shortOf(long ieee) {
    VirtualNode node = byIeee(ieee);
    return node == null ? 0xFFFF : node.shortAddress();
  }

  /** A short address that the node did not have and no other has. */
  int newAddress(VirtualNode node) {
    int old = node.shortAddress();
    byShort.remove(old);
    int address;
    do {
      address = 1 + random.nextInt(0xFFF0);
    } while (byShort.containsKey(address) || address == old);
    byShort.put(address, node);
    return address;
  }

  void remove(VirtualNode node) {
    byShort.remove(node.shortAddress());
  }

  List<VirtualNode> neighboursOf(VirtualNode node) {
    List<VirtualNode> all = new ArrayList<>();
    for (VirtualNode other : byShort.values()) {
      boolean child = other.parent() == node.shortAddress();
      boolean mesh = other.type() == NodeType.ROUTER && node.type() != NodeType.SLEEPY;
      if (other != node && (child || mesh || node.parent() == other.shortAddress())) {
        all.add(other);
      }
    }
    if (node != coordinator && node.parent() == 0) {
      all.add(coordinator);
    }
    return all;
  }
}
