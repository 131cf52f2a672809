package org.penstock.acceptance.kura;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** The members of other classes that a class file names, as {@code type.member descriptor}. */
final class ClassReferences {

  private static final int UTF8 = 1;
  private static final int INTEGER = 3;
  private static final int FLOAT = 4;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int STRING = 8;
  private static final int METHOD_HANDLE = 15;
  private static final int METHOD_TYPE = 16;
  private static final int MODULE = 19;
  private static final int PACKAGE = 20;

  private final String[] texts;
  private final int[][] pairs;

  private ClassReferences(int size) {
    texts = new String[size];
    pairs = new int[size][];
  }

  /** Reads the constant pool (JVMS 4.4). */
  static Set<String> of(byte[] classFile) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    in.readInt();
    in.readInt();
    int size = in.readUnsignedShort();
    ClassReferences pool = new ClassReferences(size);
    for (int i = 1; i < size; i++) {
      int tag = in.readUnsignedByte();
      pool.entry(i, tag, in);
      i += tag == LONG || tag == DOUBLE ? 1 : 0;
    }
    return pool.references();
  }

  private void entry(int index, int tag, DataInputStream in) throws IOException {
    switch (tag) {
      case UTF8 -> texts[index] = in.readUTF();
      case INTEGER, FLOAT -> in.readInt();
      case LONG, DOUBLE -> in.readLong();
      case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE ->
          pairs[index] = new int[] {tag, in.readUnsignedShort(), 0};
      case METHOD_HANDLE -> {
        in.readUnsignedByte();
        in.readUnsignedShort();
      }
      default -> pairs[index] = new int[] {tag, in.readUnsignedShort(), in.readUnsignedShort()};
    }
  }

  private Set<String> references() {
    Set<String> found = new TreeSet<>();
    for (int[] pair : pairs) {
      if (pair != null && pair[0] >= 9 && pair[0] <= 11) {
        int[] nameAndType = pairs[pair[2]];
        found.add(type(pair[1]) + '.' + texts[nameAndType[1]] + ' ' + texts[nameAndType[2]]);
      } else if (pair != null && pair[0] == CLASS) {
        found.add(texts[pair[1]].replace('/', '.'));
      }
    }
    return found;
  }

  private String type(int index) {
    return texts[pairs[index][1]].replace('/', '.');
  }
}
