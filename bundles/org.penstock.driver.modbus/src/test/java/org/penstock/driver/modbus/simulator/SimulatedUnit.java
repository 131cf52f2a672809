package org.penstock.driver.modbus.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One unit id of the simulator: four banks, and what it answers to a request. Any thread may call. */
public final class SimulatedUnit {

  private final int id;
  private final RegisterBank coils = new RegisterBank(1);
  private final RegisterBank discreteInputs = new RegisterBank(1);
  private final RegisterBank holdingRegisters = new RegisterBank(0xffff);
  private final RegisterBank inputRegisters = new RegisterBank(0xffff);
  private final RegisterBank file = new RegisterBank(0xffff);
  private final AtomicInteger events = new AtomicInteger();
  private final AtomicInteger longestRead = new AtomicInteger(125);
  private final List<String> identification = new ArrayList<>(List.of("Penstock", "SIM", "1.0"));

  SimulatedUnit(int id) {
    this.id = id;
  }

  /** The unit id, 0 to 255. */
  public int id() {
    return id;
  }

  /** Read by function 1, written by 5 and 15. */
  public RegisterBank coils() {
    return coils;
  }

  /** Read by function 2. */
  public RegisterBank discreteInputs() {
    return discreteInputs;
  }

  /** Read by function 3 and 23, written by 6, 16, 22 and 23; function 24 takes its queue there. */
  public RegisterBank holdingRegisters() {
    return holdingRegisters;
  }

  /** Read by function 4. */
  public RegisterBank inputRegisters() {
    return inputRegisters;
  }

  /** Read by function 20, written by 21; record {@code r} of file {@code f} is at (f-1)*10000+r. */
  public RegisterBank file() {
    return file;
  }

  /** It refuses longer reads of registers with exception 3. */
  public void longestRead(int registers) {
    longestRead.set(registers);
  }

  /** Requests that it carried out. */
  public int events() {
    return events.get();
  }

  /** The answer's PDU; an exception PDU when the request cannot be carried out. */
  byte[] answer(byte[] request) {
    int function = request[0] & 0xff;
    try {
      byte[] answer = dispatch(function, new Pdu(request));
      events.incrementAndGet();
      return answer;
    } catch (Refusal refusal) {
      return new byte[] {(byte) (function | 0x80), (byte) refusal.code};
    } catch (IndexOutOfBoundsException tooShort) {
      return new byte[] {(byte) (function | 0x80), 3};
    }
  }

  private byte[] dispatch(int function, Pdu in) throws Refusal {
    return switch (function) {
      case 1 -> readBits(coils, in);
      case 2 -> readBits(discreteInputs, in);
      case 3 -> readRegisters(holdingRegisters, in);
      case 4 -> readRegisters(inputRegisters, in);
      case 5 -> writeCoil(in);
      case 6 -> writeRegister(in);
      case 7 -> new byte[] {7, 0x6d};
      case 8 -> in.bytes;
      case 11 -> new byte[] {11, 0, 0, (byte) (events.get() >> 8), (byte) events.get()};
      case 12 -> new byte[] {12, 6, 0, 0, 0, (byte) events.get(), 0, (byte) events.get()};
      case 15 -> writeCoils(in);
      case 16 -> writeRegisters(in);
      case 17 -> new byte[] {17, 5, (byte) id, (byte) 0xff, 'S', 'I', 'M'};
      case 20 -> SimulatedFiles.read(file, in);
      case 21 -> SimulatedFiles.write(file, in);
      case 22 -> maskWrite(in);
      case 23 -> readWrite(in);
      case 24 -> readQueue(in);
      case 43 -> identify(in);
      default -> throw new Refusal(1);
    };
  }

  private static byte[] readBits(RegisterBank bank, Pdu in) throws Refusal {
    int address = in.word(1);
    int count = in.word(3);
    in.requireLength(5);
    check(count >= 1 && count <= 2000, bank.has(address, count));
    byte[] answer = new byte[2 + (count + 7) / 8];
    answer[0] = in.bytes[0];
    answer[1] = (byte) ((count + 7) / 8);
    int[] bits = bank.read(address, count);
    for (int i = 0; i < count; i++) {
      answer[2 + i / 8] |= (byte) (bits[i] << i % 8);
    }
    return answer;
  }

  private byte[] readRegisters(RegisterBank bank, Pdu in) throws Refusal {
    int address = in.word(1);
    int count = in.word(3);
    in.requireLength(5);
    check(count >= 1 && count <= longestRead.get(), bank.has(address, count));
    return registers(in.bytes[0], bank.read(address, count));
  }

  static byte[] registers(byte function, int[] values) {
    byte[] answer = new byte[2 + 2 * values.length];
    answer[0] = function;
    answer[1] = (byte) (2 * values.length);
    for (int i = 0; i < values.length; i++) {
      answer[2 + 2 * i] = (byte) (values[i] >> 8);
      answer[3 + 2 * i] = (byte) values[i];
    }
    return answer;
  }

  private byte[] writeCoil(Pdu in) throws Refusal {
    int value = in.word(3);
    in.requireLength(5);
    check(value == 0 || value == 0xff00, coils.mayWrite(in.word(1), 1));
    coils.write(in.word(1), value >> 15);
    return in.bytes;
  }

  private byte[] writeRegister(Pdu in) throws Refusal {
    in.requireLength(5);
    check(true, holdingRegisters.mayWrite(in.word(1), 1));
    holdingRegisters.write(in.word(1), in.word(3));
    return in.bytes;
  }

  private byte[] writeCoils(Pdu in) throws Refusal {
    int address = in.word(1);
    int count = in.word(3);
    in.requireLength(6 + in.at(5));
    check(count >= 1 && count <= 1968 && in.at(5) == (count + 7) / 8, true);
    check(true, coils.mayWrite(address, count));
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.at(6 + i / 8) >> i % 8 & 1;
    }
    coils.write(address, values);
    return in.head(5);
  }

  private byte[] writeRegisters(Pdu in) throws Refusal {
    int address = in.word(1);
    int count = in.word(3);
    in.requireLength(6 + in.at(5));
    check(count >= 1 && count <= 123 && in.at(5) == 2 * count, true);
    check(true, holdingRegisters.mayWrite(address, count));
    holdingRegisters.write(address, in.words(6, count));
    return in.head(5);
  }

  private byte[] maskWrite(Pdu in) throws Refusal {
    in.requireLength(7);
    int address = in.word(1);
    check(true, holdingRegisters.mayWrite(address, 1));
    int and = in.word(3);
    holdingRegisters.write(
        address, holdingRegisters.get(address) & and | in.word(5) & ~and & 0xffff);
    return in.bytes;
  }

  private byte[] readWrite(Pdu in) throws Refusal {
    int read = in.word(3);
    int written = in.word(7);
    in.requireLength(10 + in.at(9));
    check(read >= 1 && read <= 125 && written >= 1 && written <= 121, true);
    check(in.at(9) == 2 * written, holdingRegisters.mayWrite(in.word(5), written));
    check(true, holdingRegisters.has(in.word(1), read));
    holdingRegisters.write(in.word(5), in.words(10, written));
    return registers(in.bytes[0], holdingRegisters.read(in.word(1), read));
  }

  /** The register at the address holds the length of the queue, its entries follow. */
  private byte[] readQueue(Pdu in) throws Refusal {
    in.requireLength(3);
    int length = holdingRegisters.get(in.word(1));
    check(length <= 31, holdingRegisters.has(in.word(1), 1 + length));
    byte[] plain = registers(in.bytes[0], holdingRegisters.read(in.word(1), 1 + length));
    byte[] answer = new byte[plain.length + 1];
    System.arraycopy(plain, 2, answer, 3, plain.length - 2);
    answer[0] = in.bytes[0];
    answer[2] = (byte) (plain.length - 2);
    return answer;
  }

  private byte[] identify(Pdu in) throws Refusal {
    in.requireLength(4);
    check(in.at(1) == 14, true);
    StringBuilder text = new StringBuilder();
    text.append((char) 43).append((char) 14).append((char) in.at(2)).append((char) 0x81);
    text.append("\0\0").append((char) identification.size());
    for (int i = 0; i < identification.size(); i++) {
      String value = identification.get(i);
      text.append((char) i).append((char) value.length()).append(value);
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  static void check(boolean valuesAreRight, boolean addressesExist) throws Refusal {
    if (!valuesAreRight) {
      throw new Refusal(3);
    }
    if (!addressesExist) {
      throw new Refusal(2);
    }
  }

  /** The unit says no. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final int code;

    Refusal(int code) {
      super("exception " + code);
      this.code = code;
    }
  }

  /** The bytes of a request. */
  record Pdu(byte[] bytes) {

    int at(int index) {
      return bytes[index] & 0xff;
    }

    int word(int index) {
      return at(index) << 8 | at(index + 1);
    }

    int[] words(int index, int count) {
      int[] words = new int[count];
      for (int i = 0; i < count; i++) {
        words[i] = word(index + 2 * i);
      }
      return words;
    }

    byte[] head(int length) {
      return java.util.Arrays.copyOf(bytes, length);
    }

    void requireLength(int length) throws Refusal {
      check(bytes.length == length, true);
    }
  }
}
