package org.penstock.driver.lorawan.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The table of test vectors; each row says where it comes from and who checked it. */
public final class Vectors {

  private static final String FILE = "/lorawan-vectors.tsv";

  private Vectors() {}

  /** One row. */
  public record Vector(String id, String kind, Map<String, String> in, Map<String, String> out) {

    /** Bytes of an input. */
    public byte[] bytes(String key) {
      return HexFormat.of().parseHex(in.get(key));
    }

    /** A key among the inputs. */
    public AesKey key(String name) {
      return AesKey.parse(in.get(name));
    }

    @Override
    public String toString() {
      return id + " " + kind;
    }
  }

  /** All rows whose kind begins so. */
  public static List<Vector> of(String kind) {
    try (InputStream in = Vectors.class.getResourceAsStream(FILE)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> line.startsWith("V"))
          .map(line -> line.split("\t"))
          .map(c -> new Vector(c[0], c[1], pairs(c[3]), pairs(c[4])))
          .filter(vector -> vector.kind().startsWith(kind))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new HashMap<>();
    for (String part : text.split(";")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        pairs.put(part.substring(0, equals), part.substring(equals + 1));
      } else {
        pairs.put(part, "");
      }
    }
    return pairs;
  }
}
