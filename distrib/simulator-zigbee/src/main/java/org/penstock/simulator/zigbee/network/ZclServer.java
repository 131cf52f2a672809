package org.penstock.simulator.zigbee.network;

import java.util.Map;
import java.util.function.Consumer;

/** Answers ZCL frames for one endpoint: foundation commands by the attribute table, others by the clusters' behaviours. */
final class ZclServer {

  private static final int DEFAULT_RESPONSE = 0x0B;

  private final VirtualEndpoint self;
  private final ZclAttributes attributes;

  ZclServer(VirtualEndpoint self) {
    this.self = self;
    this.attributes = new ZclAttributes(self);
  }

  /** Handles one frame; answers go out as frames of the same cluster. Broken frames are dropped as devices do. */
  void handle(ApsMessage message, Consumer<byte[]> out) {
    FrameReader in = new FrameReader(message.data());
    if (in.left() < 3) {
      return;
    }
    ZclHeader header = ZclHeader.read(in);
    boolean unicast = message.mode() == ApsMessage.Mode.UNICAST;
    Consumer<byte[]> answer = unicast ? out : frame -> {};
    boolean isResponse = !header.isClusterSpecific() && isResponse(header.command());
    if (isResponse) {
      return;
    }
    int status;
    try {
      status = carryOut(message, header, in, answer);
    } catch (FrameReader.ShortFrame e) {
      status = ZclStatus.MALFORMED;
    }
    boolean failed = status > 0;
    if (status != ClusterBehaviour.ANSWERED && (failed || header.wantsDefaultResponse())) {
      byte[] body = {(byte) header.command(), (byte) status};
      answer.accept(header.answer(false, DEFAULT_RESPONSE).with(body));
    }
  }

  private int carryOut(
      ApsMessage message, ZclHeader header, FrameReader in, Consumer<byte[]> answer) {
    if (header.isClusterSpecific()) {
      return clusterCommand(message, header, in, answer);
    }
    boolean known = header.toClient() || self.inputs().contains(message.cluster());
    if (!known) {
      return ZclStatus.UNSUPPORTED_CLUSTER;
    }
    return foundation(message, header, in, answer);
  }

  private int clusterCommand(
      ApsMessage message, ZclHeader header, FrameReader in, Consumer<byte[]> answer) {
    ClusterBehaviour behaviour = self.behaviour(message.cluster());
    if (!self.inputs().contains(message.cluster())) {
      return ZclStatus.UNSUPPORTED_CLUSTER;
    }
    if (behaviour == null) {
      return ZclStatus.UNSUPPORTED_COMMAND;
    }
    return behaviour.command(
        self,
        header.command(),
        in,
        (command, payload) -> answer.accept(header.answer(true, command).with(payload)));
  }

  private int foundation(
      ApsMessage message, ZclHeader header, FrameReader in, Consumer<byte[]> answer) {
    int cluster = message.cluster();
    int maker = header.manufacturer();
    Map.Entry<Integer, byte[]> result =
        switch (header.command()) {
          case 0x00 -> Map.entry(0x01, attributes.read(cluster, maker, in));
          case 0x02, 0x03 ->
              Map.entry(0x04, attributes.write(cluster, maker, in, message.source()));
          case 0x05 -> Map.entry(-1, attributes.write(cluster, maker, in, message.source()));
          case 0x06 -> Map.entry(0x07, self.reporting().configure(cluster, maker, in));
          case 0x08 -> Map.entry(0x09, self.reporting().describe(cluster, maker, in));
          case 0x0C -> Map.entry(0x0D, attributes.discover(cluster, maker, in));
          default -> null;
        };
    if (result == null) {
      return ZclStatus.UNSUPPORTED_GENERAL;
    }
    if (result.getKey() >= 0) {
      answer.accept(header.answer(false, result.getKey()).with(result.getValue()));
    }
    return ClusterBehaviour.ANSWERED;
  }

  private static boolean isResponse(int command) {
    return switch (command) {
      case 0x01, 0x04, 0x07, 0x09, 0x0A, DEFAULT_RESPONSE, 0x0D -> true;
      default -> false;
    };
  }
}
