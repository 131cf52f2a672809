package org.penstock.driver.modbus.simulator;

import java.io.ByteArrayOutputStream;
import org.penstock.driver.modbus.simulator.SimulatedUnit.Pdu;
import org.penstock.driver.modbus.simulator.SimulatedUnit.Refusal;

/** Functions 20 and 21: groups of registers in numbered files. */
final class SimulatedFiles {

  private SimulatedFiles() {}

  static byte[] read(RegisterBank file, Pdu in) throws Refusal {
    in.requireLength(2 + in.at(1));
    SimulatedUnit.check(in.at(1) >= 7 && in.at(1) <= 0xf5 && in.at(1) % 7 == 0, true);
    ByteArrayOutputStream groups = new ByteArrayOutputStream();
    for (int at = 2; at < in.bytes().length; at += 7) {
      int start = start(in, at);
      int count = in.word(at + 5);
      SimulatedUnit.check(in.at(at) == 6 && count >= 1, file.has(start, count));
      groups.write(1 + 2 * count);
      groups.write(6);
      byte[] values = SimulatedUnit.registers((byte) 0, file.read(start, count));
      groups.write(values, 2, values.length - 2);
    }
    SimulatedUnit.check(groups.size() <= 0xf5, true);
    byte[] answer = new byte[2 + groups.size()];
    answer[0] = 20;
    answer[1] = (byte) groups.size();
    System.arraycopy(groups.toByteArray(), 0, answer, 2, groups.size());
    return answer;
  }

  static byte[] write(RegisterBank file, Pdu in) throws Refusal {
    in.requireLength(2 + in.at(1));
    for (int at = 2; at < in.bytes().length; at += 7 + 2 * in.word(at + 5)) {
      int start = start(in, at);
      int count = in.word(at + 5);
      SimulatedUnit.check(in.at(at) == 6 && count >= 1, file.mayWrite(start, count));
      file.write(start, in.words(at + 7, count));
    }
    return in.bytes();
  }

  private static int start(Pdu in, int at) throws Refusal {
    int number = in.word(at + 1);
    int record = in.word(at + 3);
    SimulatedUnit.check(record <= 9999, number >= 1 && number <= 6);
    return (number - 1) * 10_000 + record;
  }
}
