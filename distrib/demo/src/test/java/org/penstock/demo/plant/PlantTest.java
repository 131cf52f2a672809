package org.penstock.demo.plant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Without it the demo's count of values could be wrong and nobody would know who lost one. */
class PlantTest {

  private Plant plant;
  private Socket socket;

  @BeforeEach
  void open() throws IOException {
    plant = Plant.open(0);
    socket = new Socket(InetAddress.getLoopbackAddress(), plant.port());
    socket.setSoTimeout(10_000);
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
    plant.close();
  }

  /** Sends a PDU and gives the answer's, by the frame of the specification. */
  private ByteBuffer ask(int unit, int... pdu) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(7 + pdu.length);
    frame.putShort((short) 1).putShort((short) 0).putShort((short) (1 + pdu.length));
    frame.put((byte) unit);
    for (int b : pdu) {
      frame.put((byte) b);
    }
    socket.getOutputStream().write(frame.array());
    DataInputStream in = new DataInputStream(socket.getInputStream());
    in.readInt();
    byte[] answer = new byte[in.readUnsignedShort() - 1];
    in.readUnsignedByte();
    in.readFully(answer);
    return ByteBuffer.wrap(answer);
  }

  @Test
  void aboutSixtyTagsStandBehindThreeUnitsWithoutGaps() {
    assertTrue(Tags.list().size() >= 55 && Tags.list().size() <= 70, "" + Tags.list().size());
    Set<String> names = new HashSet<>();
    Tags.list().forEach(t -> assertTrue(names.add(t.unit() + "/" + t.name()), t::toString));
    for (Tag.Table table : Tag.Table.values()) {
      for (int unit = 1; unit <= 3; unit++) {
        int next = 0;
        for (Tag tag : Tags.of(unit)) {
          if (tag.table() == table) {
            assertEquals(next, tag.address(), tag.name());
            next += tag.format().size();
          }
        }
      }
    }
  }

  @Test
  void theLevelIsAFloatInInputRegisters() throws IOException {
    ByteBuffer answer = ask(1, 4, 0, 0, 0, 2);
    float level = answer.getFloat(2);
    assertTrue(level > 1 && level < 4, "level " + level);
  }

  @Test
  void onlyWholeTagsThatAnswersCarryAreCounted() throws IOException {
    assertEquals(0, plant.count());
    ask(1, 4, 0, 0, 0, 4);
    assertEquals(2, plant.count(), "two floats");
    ask(1, 4, 0, 1, 0, 2);
    assertEquals(2, plant.count(), "half of one and half of the next is none");
    ask(2, 2, 0, 0, 0, 3);
    assertEquals(5, plant.count(), "three bits");
    ask(1, 0x55, 0, 0);
    assertEquals(5, plant.count(), "a refusal carries nothing");
  }

  /** The demo tells of rules only what the plant has seen. */
  @Test
  void aPumpThatIsSwitchedOffIsSeen() throws Exception {
    assertEquals("acts false false", plant.acts());
    ask(3, 5, 0, 0, 0, 0);
    long end = System.nanoTime() + 20_000_000_000L;
    while (!plant.acts().equals("acts true false") && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertEquals("acts true false", plant.acts());
  }

  /** Writing is what makes the demo more than a film. */
  @Test
  void aWrittenValveCommandMovesTheValve() throws IOException {
    float before = ask(1, 4, 0, 8, 0, 2).getFloat(2);
    assertEquals(80, before, 0.1);
    ask(1, 16, 0, 2, 0, 2, 4, 0, 0, 0, 0);
    long end = System.nanoTime() + 20_000_000_000L;
    float now = before;
    while (now > before - 1.9 && System.nanoTime() < end) {
      now = ask(1, 4, 0, 8, 0, 2).getFloat(2);
    }
    assertTrue(now < before - 1.9, "the valve stands at " + now);
  }
}
