package org.penstock.simulator.zigbee.network;

import java.util.List;

/** Devices by what they have. Any thread may call. */
public final class Members {

  private Members() {}

  /** Devices in the network that have values of the cluster on that endpoint. */
  public static List<VirtualNode> with(VirtualNetwork network, int endpoint, int cluster) {
    return network.nodes().stream()
        .filter(VirtualNode::isJoined)
        .filter(node -> has(node, endpoint, cluster))
        .toList();
  }

  private static boolean has(VirtualNode node, int endpoint, int cluster) {
    VirtualEndpoint found = node.endpoints().get(endpoint);
    return found != null && found.inputs().contains(cluster);
  }
}
