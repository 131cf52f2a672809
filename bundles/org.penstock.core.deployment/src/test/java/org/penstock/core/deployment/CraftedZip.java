package org.penstock.core.deployment;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** A zip made by hand (APPNOTE 4.3), stored: what its headers say need not be what its directory says. */
final class CraftedZip {

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int listed;

  /** An entry as any tool writes it. */
  CraftedZip put(String name, byte[] content) {
    int at = data.size();
    return local(name, content).listed(name, content, at);
  }

  /** An entry that only a reader of the stream sees. */
  CraftedZip local(String name, byte[] content) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer head = buffer(30).putInt(0x04034b50).putShort((short) 10).putInt(0).putInt(0);
    head.putInt(crc(content)).putInt(content.length).putInt(content.length);
    head.putShort((short) text.length).putShort((short) 0);
    return raw(head.array()).raw(text).raw(content);
  }

  /** A line of the directory. */
  CraftedZip listed(String name, byte[] content, int at) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer line = buffer(46).putInt(0x02014b50).putShort((short) 10).putShort((short) 10);
    line.putInt(0).putInt(0).putInt(crc(content)).putInt(content.length).putInt(content.length);
    line.putShort((short) text.length).putInt(42, at);
    directory.writeBytes(line.array());
    directory.writeBytes(text);
    listed++;
    return this;
  }

  CraftedZip raw(byte[] bytes) {
    data.writeBytes(bytes);
    return this;
  }

  /** Without the directory. */
  byte[] data() {
    return data.toByteArray();
  }

  int size() {
    return data.size();
  }

  byte[] bytes() {
    ByteBuffer end = buffer(22).putInt(0x06054b50).putInt(0);
    end.putShort((short) listed).putShort((short) listed);
    end.putInt(directory.size()).putInt(data.size());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(data.toByteArray());
    all.writeBytes(directory.toByteArray());
    all.writeBytes(end.array());
    return all.toByteArray();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int crc(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return (int) crc.getValue();
  }
}
