package org.penstock.simulator.zigbee.znp;

import java.util.function.Consumer;
import org.penstock.simulator.zigbee.network.ApsMessage;
import org.penstock.simulator.zigbee.network.Coordinator;
import org.penstock.simulator.zigbee.network.FrameReader;
import org.penstock.simulator.zigbee.network.FrameWriter;
import org.penstock.simulator.zigbee.network.FrontEnd;
import org.penstock.simulator.zigbee.network.InstallCode;
import org.penstock.simulator.zigbee.network.VirtualNode;

/** A coordinator with TI's Z-Stack behind its monitor-and-test interface (ZNP). */
public final class ZnpFrontEnd implements FrontEnd {

  private static final int SYS = 1;
  private static final int AF = 4;
  private static final int ZDO = 5;
  private static final int SAPI = 6;
  private static final int UTIL = 7;
  private static final int APP_CNF = 15;
  private static final int RESET_MILLIS = 100;
  private static final int FORM_MILLIS = 200;

  private final Coordinator coordinator;
  private final ZStack version;
  private final Consumer<byte[]> line;
  private final ZnpFrame.Parser parser = new ZnpFrame.Parser(this::request);
  private final ZnpMemory memory = new ZnpMemory();
  private final ZnpNetwork network;
  private final ZnpSystem system;
  private final ZnpZdo zdo;
  private final ZnpAf af;

  /** Frames for the host go to the line, on the loop. */
  public ZnpFrontEnd(Coordinator coordinator, ZStack version, Consumer<byte[]> line) {
    this.coordinator = coordinator;
    this.version = version;
    this.line = line;
    network = new ZnpNetwork(coordinator, memory, version);
    system = new ZnpSystem(version, memory, network);
    zdo = new ZnpZdo(coordinator, network, (command, data) -> areq(ZDO, command, data));
    af = new ZnpAf(coordinator, (command, data) -> areq(AF, command, data));
  }

  @Override
  public void received(byte... octets) {
    if (!coordinator.faults().isSilent()) {
      parser.feed(octets);
    }
  }

  @Override
  public void connected() {
    parser.reset();
  }

  private void send(ZnpFrame frame) {
    if (!coordinator.faults().isSilent()) {
      line.accept(coordinator.faults().onLine(frame.encode()));
    }
  }

  private void areq(int subsystem, int command, byte... data) {
    send(new ZnpFrame(ZnpFrame.AREQ | subsystem, command, data));
  }

  private void request(ZnpFrame frame) {
    if (frame.type() == ZnpFrame.AREQ) {
      if (frame.key() == (SYS << 8) || frame.key() == (SAPI << 8 | 0x09)) {
        reset(0);
      }
      return;
    }
    int delay =
        frame.subsystem() == SYS && ZnpSystem.isMemory(frame.command1())
            ? coordinator.faults().memoryDelay()
            : 0;
    if (delay > 0) {
      coordinator.loop().later(delay * 1000L, () -> answer(frame));
    } else {
      answer(frame);
    }
  }

  private void answer(ZnpFrame frame) {
    byte[] answer;
    try {
      answer = carryOut(frame, frame.reader());
    } catch (FrameReader.ShortFrame e) {
      rpcError(4, frame); // wrong length
      return;
    }
    if (answer == null) {
      rpcError(frame.subsystem() > 0x15 ? 1 : 2, frame);
    } else {
      send(frame.response(answer));
    }
  }

  private void rpcError(int code, ZnpFrame frame) {
    byte[] body = {(byte) code, (byte) frame.command0(), (byte) frame.command1()};
    send(new ZnpFrame(ZnpFrame.SRSP, 0, body));
  }

  private byte[] carryOut(ZnpFrame frame, FrameReader in) {
    int command = frame.command1();
    return switch (frame.subsystem()) {
      case SYS -> system.answer(command, in);
      case AF -> af.answer(command, in);
      case ZDO -> zdo.answer(command, in);
      case UTIL -> utility(command);
      case SAPI -> version == ZStack.V1_2 ? simple(command, in) : null;
      case APP_CNF -> version == ZStack.V1_2 ? null : commissioning(command, in);
      default -> null;
    };
  }

  private byte[] utility(int command) {
    return switch (command) {
      case 0x00 -> deviceInformation();
      case 0x0A -> new byte[] {0};
      case 0x4A -> new FrameWriter().u16(0xFFFE).u16(0xFFFF).bytes(new byte[14]).u8(0xFF).done();
      default -> null;
    };
  }

  private byte[] deviceInformation() {
    boolean up = coordinator.isUp();
    return new FrameWriter()
        .u8(0)
        .u64(coordinator.ieee())
        .u16(up ? 0 : 0xFFFE)
        .u8(7)
        .u8(up ? 9 : 0)
        .u8(0)
        .done();
  }

  private byte[] simple(int command, FrameReader in) {
    return switch (command) {
      case 0x04 -> {
        int id = in.u8();
        byte[] value = memory.item(id);
        yield value == null
            ? new byte[] {2, (byte) id, 0}
            : new FrameWriter().u8(0).u8(id).u8(value.length).bytes(value).done();
      }
      case 0x05 -> {
        memory.item(in.u8(), in.bytes(in.u8()));
        yield new byte[] {0};
      }
      case 0x06 -> {
        int parameter = in.u8();
        byte[] value = parameterValue(parameter);
        yield new FrameWriter().u8(parameter).bytes(java.util.Arrays.copyOf(value, 8)).done();
      }
      default -> null;
    };
  }

  private byte[] parameterValue(int parameter) {
    boolean up = coordinator.isUp();
    FrameWriter out = new FrameWriter();
    return switch (parameter) {
      case 0 -> out.u8(up ? 9 : 0).done();
      case 1 -> out.u64(coordinator.ieee()).done();
      case 5 -> out.u8(up ? coordinator.parameters().channel() : 0).done();
      case 6 -> out.u16(up ? coordinator.parameters().panId() : 0xFFFF).done();
      case 7 -> out.u64(up ? coordinator.parameters().extendedPanId() : 0).done();
      default -> out.u16(0).done();
    };
  }

  private byte[] commissioning(int command, FrameReader in) {
    if (command == 0x05) {
      int mode = in.u8();
      coordinator.after(FORM_MILLIS, () -> commission(mode));
    } else if (command == 0x04) {
      return installCode(in.u8(), in.u64(), in.rest());
    } else if (command == 0x08) {
      boolean primary = in.u8() == 1;
      long mask = in.u32();
      if (primary) {
        memory.item(ZnpMemory.CHANNELS, new FrameWriter().u32(mask).done());
      }
    } else if (command == 0 || command > 0x09) {
      return null;
    }
    return new byte[] {0};
  }

  /** Format 1 is a code with its CRC, 2 the key made of it. */
  private byte[] installCode(int format, long ieee, byte... code) {
    try {
      coordinator.linkKey(ieee, format == 1 ? InstallCode.key(code) : code);
      return new byte[] {0};
    } catch (IllegalArgumentException e) {
      return new byte[] {2};
    }
  }

  private void commission(int mode) {
    if (coordinator.isUp()) {
      areq(APP_CNF, 0x80, (byte) 0, (byte) mode, (byte) 0);
      return;
    }
    if (network.hasNetwork()) {
      network.resume();
    } else if ((mode & 4) != 0) {
      network.form();
    } else {
      areq(APP_CNF, 0x80, (byte) 2, (byte) mode, (byte) 0);
      return;
    }
    areq(APP_CNF, 0x80, (byte) 0, (byte) mode, (byte) 0);
    zdo.started();
  }

  /** Starts anew; the reason is 0 power-up or host's wish, 2 watchdog. */
  private void reset(int reason) {
    network.reset();
    zdo.reset();
    parser.reset();
    coordinator
        .loop()
        .later(
            RESET_MILLIS * 1000L,
            () ->
                areq(
                    SYS,
                    0x80,
                    (byte) reason,
                    (byte) 2,
                    (byte) version.product,
                    (byte) version.major,
                    (byte) version.minor,
                    (byte) 1));
  }

  @Override
  public void powerCycle() {
    reset(0);
  }

  @Override
  public void incoming(ApsMessage message, int linkQuality) {
    if (message.endpoint() == 0 && message.profile() == ApsMessage.ZDO) {
      zdo.incoming(message);
    } else {
      af.incoming(message, linkQuality);
    }
  }

  @Override
  public void joined(VirtualNode node, boolean isRejoin) {
    zdo.joined(node);
  }

  @Override
  public void left(VirtualNode node) {
    zdo.left(node);
  }

  @Override
  public void permitJoin(int seconds) {
    zdo.permitJoin(seconds);
  }
}
