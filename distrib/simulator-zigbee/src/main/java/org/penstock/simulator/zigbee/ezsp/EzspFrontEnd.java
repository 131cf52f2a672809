package org.penstock.simulator.zigbee.ezsp;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.penstock.simulator.zigbee.network.ApsMessage;
import org.penstock.simulator.zigbee.network.Coordinator;
import org.penstock.simulator.zigbee.network.FrameReader;
import org.penstock.simulator.zigbee.network.FrameWriter;
import org.penstock.simulator.zigbee.network.FrontEnd;
import org.penstock.simulator.zigbee.network.VirtualNode;

/** A coordinator with Silicon Labs' EmberZNet 7.4 behind EZSP version 13 over ASH. */
public final class EzspFrontEnd implements FrontEnd {

  private static final int VERSION = 13;
  private static final int STACK_VERSION = 0x7440;
  private static final int SOFTWARE_RESET = 0x0B;
  private static final int POWER_ON = 0x02;
  private static final int UNKNOWN = 0x36;
  private static final int TOO_SHORT = 0x34;
  private static final int START_MILLIS = 50;

  private final Coordinator coordinator;
  private final AshLine ash;
  private final EzspNetwork network;
  private final EzspMessages messages;
  private final Map<Integer, Integer> configuration = new HashMap<>();
  private final Map<Integer, Integer> policies = new HashMap<>();
  private int lastSequence;

  /** Octets for the host go to the line, on the loop. */
  public EzspFrontEnd(Coordinator coordinator, Consumer<byte[]> line) {
    this.coordinator = coordinator;
    ash = new AshLine(coordinator, line, this::command, () -> restart(SOFTWARE_RESET));
    network = new EzspNetwork(coordinator);
    messages = new EzspMessages(coordinator, this::callback);
  }

  @Override
  public void received(byte... octets) {
    if (!coordinator.faults().isSilent()) {
      ash.feed(octets);
    }
  }

  @Override
  public void connected() {
    ash.forgetHalf();
  }

  @Override
  public void powerCycle() {
    restart(POWER_ON);
  }

  private void restart(int reason) {
    network.restart();
    messages.forget();
    configuration.clear();
    policies.clear();
    ash.restart(reason);
  }

  private void callback(int id, byte... parameters) {
    ash.send(EzspFrame.callback(lastSequence, id, parameters));
  }

  private void command(byte... data) {
    EzspFrame frame;
    try {
      frame = EzspFrame.read(data);
    } catch (FrameReader.ShortFrame e) {
      return;
    }
    lastSequence = frame.sequence();
    int delay = isToken(frame.id()) ? coordinator.faults().memoryDelay() : 0;
    if (delay > 0) {
      coordinator.loop().later(delay * 1000L, () -> carryOut(frame));
    } else {
      carryOut(frame);
    }
  }

  private static boolean isToken(int id) {
    return id == 0x0B || id == 0x0C || id == 0x17 || id == 0x1E || id >= 0x100 && id <= 0x102;
  }

  private void carryOut(EzspFrame frame) {
    byte[] answer;
    try {
      answer = answer(frame.id(), new FrameReader(frame.parameters()));
    } catch (FrameReader.ShortFrame e) {
      ash.send(frame.refusal(TOO_SHORT));
      return;
    }
    ash.send(answer == null ? frame.refusal(UNKNOWN) : frame.answer(answer));
  }

  private byte[] answer(int id, FrameReader in) {
    byte[] answer = configuration(id, in);
    answer = answer == null ? networking(id, in) : answer;
    answer = answer == null ? messaging(id, in) : answer;
    return answer == null ? security(id, in) : answer;
  }

  private static byte[] ok() {
    return new byte[] {0};
  }

  private static byte[] status(int status) {
    return new byte[] {(byte) status};
  }

  private byte[] configuration(int id, FrameReader in) {
    return switch (id) {
      case 0x00 -> new FrameWriter().u8(VERSION).u8(2).u16(STACK_VERSION).done();
      case 0x03 -> new byte[] {0x35, 2, 0, 0}; // invalid value; two octets must follow all the same
      case 0x05 -> new byte[0];
      case 0x0B -> network.token(in.u8());
      case 0x0C -> {
        network.token(in.u8(), in.bytes(in.u8()));
        yield ok();
      }
      case 0x52 -> new FrameWriter().u8(0).u16(configuration.getOrDefault(in.u8(), 0)).done();
      case 0x53 -> {
        configuration.put(in.u8(), in.u16());
        yield ok();
      }
      case 0x55 -> {
        policies.put(in.u8(), in.u8());
        yield ok();
      }
      case 0x56 -> new FrameWriter().u8(0).u8(policies.getOrDefault(in.u8(), 0)).done();
      case 0xAA -> value(in.u8());
      case 0xAB -> {
        int value = in.u8();
        byte[] content = in.bytes(in.u8());
        if (value == 0x23) {
          network.counter(content);
        }
        yield ok();
      }
      case 0x100 -> new byte[] {0};
      default -> null;
    };
  }

  private static byte[] value(int id) {
    if (id == 0x11) { // version: build, major, minor, patch, special, type AA = release
      byte[] version = new FrameWriter().u16(0).u8(7).u8(4).u8(4).u8(0).u8(0xAA).done();
      return new FrameWriter().u8(0).u8(version.length).bytes(version).done();
    }
    return new byte[] {0, 2, 0, 0};
  }

  private byte[] networking(int id, FrameReader in) {
    return switch (id) {
      case 0x10, 0x41, 0x99, 0x9A -> ok();
      case 0x15, 0x16, 0x11, 0x7E -> new byte[0];
      case 0x17 -> started(network.resume());
      case 0x18 -> status(coordinator.isUp() ? 2 : 0);
      case 0x1A -> scan(in.u8(), in.u32());
      case 0x1E -> started(network.form(in));
      case 0x20 -> {
        int status = network.leave();
        if (status == 0) {
          stack(EzspNetwork.DOWN);
        }
        yield status(status);
      }
      case 0x22 -> {
        if (!coordinator.isUp()) {
          yield status(EzspNetwork.NOT_JOINED);
        }
        coordinator.permitJoin(in.u8());
        yield ok();
      }
      case 0x26 -> new FrameWriter().u64(coordinator.ieee()).done();
      case 0x27 -> new FrameWriter().u16(coordinator.isUp() ? 0 : 0xFFFE).done();
      case 0x28 -> network.parameters();
      case 0x5A -> new FrameWriter().u32(0).done();
      default -> null;
    };
  }

  private byte[] started(int status) {
    if (status == 0) {
      stack(EzspNetwork.UP);
    }
    return status(status);
  }

  private void stack(int status) {
    coordinator.after(START_MILLIS, () -> callback(0x19, (byte) status));
  }

  private byte[] scan(int type, long mask) {
    coordinator.after(
        200,
        () -> {
          for (int channel = 11; channel <= 26; channel++) {
            if (type == 0 && (mask >> channel & 1) != 0) {
              callback(0x48, (byte) channel, (byte) (-95 + channel));
            }
          }
          callback(0x1C, (byte) 0, (byte) 0);
        });
    return new FrameWriter().u32(0).done();
  }

  private byte[] messaging(int id, FrameReader in) {
    return switch (id) {
      case 0x02 -> messages.register(in);
      case 0x34 -> messages.unicast(in);
      case 0x36 -> messages.broadcast(in);
      case 0x38 -> messages.multicastMessage(in);
      case 0x60 -> {
        VirtualNode node = coordinator.byIeee(in.u64());
        yield new FrameWriter().u16(node == null ? 0xFFFF : node.shortAddress()).done();
      }
      case 0x61 -> {
        VirtualNode node = coordinator.byShort(in.u16());
        yield new FrameWriter().u8(node == null ? 1 : 0).u64(node == null ? 0 : node.ieee()).done();
      }
      case 0x64 -> {
        messages.multicast(in);
        yield ok();
      }
      case 0x65, 0xF1 -> new byte[41 * 2];
      default -> null;
    };
  }

  private byte[] security(int id, FrameReader in) {
    return switch (id) {
      case 0x68 -> status(network.security(in));
      case 0x69 -> network.currentSecurity();
      case 0x6B -> new byte[0];
      case 0x91, 0xB1 -> ok();
      case 0x111 -> {
        coordinator.linkKey(in.u64(), in.bytes(16));
        yield new FrameWriter().u32(0).done();
      }
      case 0x10E -> new FrameWriter().u32(0).done();
      case 0x114 -> network.exportKey(in);
      case 0x116 -> network.keyInformation();
      default -> null;
    };
  }

  @Override
  public void incoming(ApsMessage message, int linkQuality) {
    messages.incoming(message, linkQuality);
  }

  @Override
  public void joined(VirtualNode node, boolean isRejoin) {
    trustCentre(node, isRejoin ? 0 : 1);
  }

  @Override
  public void left(VirtualNode node) {
    trustCentre(node, 2);
  }

  private void trustCentre(VirtualNode node, int status) {
    callback(
        0x24,
        new FrameWriter()
            .u16(node.shortAddress())
            .u64(node.ieee())
            .u8(status)
            .u8(status == 2 ? 3 : 0)
            .u16(node.parent())
            .done());
  }

  @Override
  public void permitJoin(int seconds) {
    callback(0x19, (byte) (seconds > 0 ? 0x9C : 0x9D)); // network opened, closed
  }
}
