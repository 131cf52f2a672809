package org.penstock.core.configuration;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Icon;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.configuration.metatype.Option;

/** Writes configurations in Kura's XML form, properties in order of their keys. */
final class SnapshotXmlWriter {

  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  private static final String NAMESPACES =
      " xmlns:esf=\"http://eurotech.com/esf/2.0\""
          + " xmlns:ocd=\"http://www.osgi.org/xmlns/metatype/v1.2.0\">\n";

  private static final String[] INDENT = {"", "    ", "        ", " ".repeat(12), " ".repeat(16)};

  /** A text as long as this is passed on. */
  private static final int PIECE = 1 << 15;

  private final Writer destination;
  private final StringBuilder out = new StringBuilder(2 * PIECE);

  private SnapshotXmlWriter(Writer destination) {
    this.destination = destination;
  }

  /** All configurations, each with its definition where it has one. */
  static String configurations(Iterable<? extends ComponentConfiguration> configurations) {
    return configurations(configurations, Note.NONE);
  }

  /** The same with a note in front. */
  static String configurations(
      Iterable<? extends ComponentConfiguration> configurations, Note note) {
    StringWriter text = new StringWriter(4096);
    try {
      write(text, configurations, note);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter throws none
    }
    return text.toString();
  }

  /** The same, written piece by piece: a large configuration is never one text in memory. */
  static void write(
      Writer destination, Iterable<? extends ComponentConfiguration> configurations, Note note)
      throws IOException {
    SnapshotXmlWriter writer = new SnapshotXmlWriter(destination);
    StringBuilder out = writer.out;
    out.append(HEAD).append(note.equals(Note.NONE) ? "" : note.instruction());
    out.append("<esf:configurations").append(NAMESPACES);
    for (ComponentConfiguration configuration : configurations) {
      writer.configuration(configuration);
    }
    out.append("</esf:configurations>\n");
    writer.pass(0);
  }

  private void pass(int longest) throws IOException {
    if (out.length() > longest) {
      destination.append(out);
      out.setLength(0);
    }
  }

  /** The ids of snapshots. */
  static String ids(List<Long> ids) {
    StringBuilder out = new StringBuilder(HEAD).append("<esf:snapshot-ids").append(NAMESPACES);
    for (Long id : ids) {
      out.append("    <esf:snapshotIds>").append(id).append("</esf:snapshotIds>\n");
    }
    return out.append("</esf:snapshot-ids>\n").toString();
  }

  /** XML 1.0 can carry the text. */
  static boolean expressible(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      boolean allowed =
          c >= 0x20 && c <= 0xD7FF
              || c == '\t'
              || c == '\n'
              || c == '\r'
              || c >= 0xE000 && c <= 0xFFFD
              || c >= 0x10000;
      if (!allowed) {
        return false;
      }
      i += Character.charCount(c);
    }
    return true;
  }

  private void configuration(ComponentConfiguration configuration) throws IOException {
    indent(1).append("<esf:configuration");
    attribute("pid", configuration.getPid());
    out.append(">\n");
    if (configuration.getDefinition() != null) {
      definition(configuration.getDefinition());
    }
    Map<String, Object> properties = configuration.getConfigurationProperties();
    if (properties != null) {
      out.append("        <esf:properties>\n");
      List<Map.Entry<String, Object>> entries = new ArrayList<>(properties.entrySet());
      entries.sort(Map.Entry.comparingByKey()); // at once, where they are in order already
      for (Map.Entry<String, Object> entry : entries) {
        property(entry.getKey(), entry.getValue());
        pass(PIECE);
      }
      out.append("        </esf:properties>\n");
    }
    out.append("    </esf:configuration>\n");
  }

  private void property(String name, Object given) {
    Object value = given == null ? null : ValueType.normal(given);
    Optional<ValueType> type = value == null ? Optional.empty() : ValueType.of(value);
    if (type.isEmpty()) {
      return;
    }
    Object[] elements = value instanceof Object[] many ? many : new Object[] {value};
    List<String> texts = texts(type.get(), elements);
    if (texts.isEmpty()) {
      return;
    }
    boolean raw = false;
    for (String text : texts) {
      raw |= !expressible(text);
    }
    indent(3).append("<esf:property");
    attribute("array", Boolean.toString(value instanceof Object[]));
    attribute("encrypted", Boolean.toString(type.get() == ValueType.PASSWORD));
    attribute("name", name);
    attribute("type", type.get().text());
    if (raw) {
      attribute(SnapshotXmlReader.RAW, "true");
    }
    out.append(">\n");
    for (String text : texts) {
      indent(4).append("<esf:value>");
      escape(raw ? raw(text) : text, false);
      out.append("</esf:value>\n");
    }
    indent(3).append("</esf:property>\n");
  }

  private static List<String> texts(ValueType type, Object[] elements) {
    List<String> texts = new ArrayList<>(elements.length);
    for (Object element : elements) {
      if (element != null) {
        texts.add(
            type == ValueType.PASSWORD ? base64(bytes((Password) element)) : element.toString());
      }
    }
    return texts;
  }

  /** Base64 of two bytes for each char; getBytes would lose lone surrogates. */
  private static String raw(String text) {
    byte[] bytes = new byte[text.length() * 2];
    for (int i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) (text.charAt(i) >> 8);
      bytes[2 * i + 1] = (byte) text.charAt(i);
    }
    return base64(bytes);
  }

  private static byte[] bytes(Password password) {
    char[] text = password.getPassword();
    return text == null ? new byte[0] : new String(text).getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private void definition(OCD ocd) {
    indent(2).append("<ocd:OCD");
    attribute("id", ocd.getId());
    attribute("name", ocd.getName());
    attribute("description", ocd.getDescription());
    out.append(">\n");
    for (Icon icon : ocd.getIcon()) {
      indent(3).append("<ocd:Icon");
      attribute("resource", icon.getResource());
      attribute("size", icon.getSize() == null ? null : icon.getSize().toString());
      out.append("/>\n");
    }
    for (AD ad : ocd.getAD()) {
      attributeDefinition(ad);
    }
    out.append("        </ocd:OCD>\n");
  }

  private void attributeDefinition(AD ad) {
    indent(3).append("<ocd:AD");
    attribute("id", ad.getId());
    attribute("name", ad.getName());
    attribute("type", ad.getType().value());
    attribute("cardinality", Integer.toString(ad.getCardinality()));
    attribute("required", Boolean.toString(ad.isRequired()));
    attribute("default", ad.getDefault());
    attribute("description", ad.getDescription());
    attribute("min", ad.getMin());
    attribute("max", ad.getMax());
    if (ad.getOption().isEmpty()) {
      out.append("/>\n");
      return;
    }
    out.append(">\n");
    for (Option option : ad.getOption()) {
      indent(4).append("<ocd:Option");
      attribute("label", option.getLabel());
      attribute("value", option.getValue());
      out.append("/>\n");
    }
    indent(3).append("</ocd:AD>\n");
  }

  private StringBuilder indent(int depth) {
    return out.append(INDENT[depth]);
  }

  private void attribute(String name, String value) {
    if (value != null) {
      out.append(' ').append(name).append("=\"");
      escape(value, true);
      out.append('"');
    }
  }

  private void escape(String text, boolean attribute) {
    int written = 0;
    for (int i = 0; i < text.length(); i++) {
      String instead = escaped(text.charAt(i), attribute);
      if (instead != null) {
        out.append(text, written, i);
        out.append(instead);
        written = i + 1;
      }
    }
    out.append(text, written, text.length());
  }

  /** What stands for the character; null when it stands for itself. */
  private static String escaped(char c, boolean attribute) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '\r' -> "&#13;";
      case '"' -> attribute ? "&quot;" : null;
      case '\n' -> attribute ? "&#10;" : null;
      case '\t' -> attribute ? "&#9;" : null;
      default -> null;
    };
  }
}
