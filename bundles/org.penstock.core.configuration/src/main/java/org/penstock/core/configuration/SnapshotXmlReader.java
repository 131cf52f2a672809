package org.penstock.core.configuration;

import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;

/** Reads the XML form of configurations. One reader per document. */
final class SnapshotXmlReader {

  /** Marks a property whose values are Base64 of UTF-16 since XML has no way to write them. */
  static final String RAW = "base64";

  private static final int SHORT = 32;
  private static final int MOST_SHARED = 1_000;

  private final Function<String, Optional<String>> decrypt;
  private final Map<String, String> shared = new HashMap<>();
  private final Map<String, ComponentConfiguration> configurations = new LinkedHashMap<>();
  private final List<Flaw> flaws = new ArrayList<>();

  private record Start(int line, String name, String type, boolean array, boolean encrypted) {}

  /** The function gives the clear text of a password, or empty when it can't. */
  SnapshotXmlReader(Function<String, Optional<String>> decrypt) {
    this.decrypt = decrypt;
  }

  /** Reads a whole document. */
  Document read(String xml) throws DocumentException {
    return read(new StringReader(xml), Xml.LONGEST);
  }

  /** Reads a whole document of at most so many characters; their values are all that it keeps. */
  Document read(Reader xml, long longest) throws DocumentException {
    try {
      XMLStreamReader in = Xml.reader(xml, longest);
      boolean begun = Xml.next(in) == XMLStreamConstants.START_ELEMENT;
      if (!begun || !Xml.name(in).equals("configurations")) {
        throw new XMLStreamException(
            "the root element is not esf:configurations; this is no snapshot", in.getLocation());
      }
      while (Xml.next(in) == XMLStreamConstants.START_ELEMENT) {
        if (Xml.name(in).equals("configuration")) {
          configuration(in);
        } else {
          Xml.skip(in);
        }
      }
      while (in.hasNext()) {
        Xml.next(in); // what follows must be well formed, too
      }
    } catch (XMLStreamException e) {
      throw new DocumentException(place(e), e);
    }
    return new Document(new ArrayList<>(configurations.values()), flaws);
  }

  private static String place(XMLStreamException e) {
    String reason = e.getMessage() == null ? "unreadable" : e.getMessage();
    int detail = reason.indexOf("Message: ");
    reason = detail < 0 ? reason : reason.substring(detail + "Message: ".length());
    return e.getLocation() == null
        ? reason
        : "line "
            + e.getLocation().getLineNumber()
            + ", column "
            + e.getLocation().getColumnNumber()
            + ": "
            + reason.replaceAll("\\s+", " ");
  }

  private void configuration(XMLStreamReader in) throws XMLStreamException {
    int line = in.getLocation().getLineNumber();
    String pid = Xml.attribute(in, "pid");
    Map<String, Object> properties = new LinkedHashMap<>();
    String place = pid == null ? "" : pid;
    while (Xml.next(in) == XMLStreamConstants.START_ELEMENT) {
      if (!Xml.name(in).equals("properties")) {
        Xml.skip(in);
        continue;
      }
      while (Xml.next(in) == XMLStreamConstants.START_ELEMENT) {
        if (Xml.name(in).equals("property")) {
          property(in, place, properties);
        } else {
          Xml.skip(in);
        }
      }
    }
    if (pid == null || pid.isBlank()) {
      flaws.add(new Flaw(line, "", "", "", "a configuration needs the attribute pid; left out"));
    } else if (configurations.put(pid, new ComponentConfigurationImpl(pid, null, properties))
        != null) {
      flaws.add(new Flaw(line, pid, "", "", "the pid stands twice; the last one counts"));
    }
  }

  private void property(XMLStreamReader in, String pid, Map<String, Object> properties)
      throws XMLStreamException {
    Start start =
        new Start(
            in.getLocation().getLineNumber(),
            Xml.attribute(in, "name"),
            Xml.attribute(in, "type"),
            Boolean.parseBoolean(Xml.attribute(in, "array")),
            Boolean.parseBoolean(Xml.attribute(in, "encrypted")));
    boolean raw = Boolean.parseBoolean(Xml.attribute(in, RAW));
    List<String> texts = new ArrayList<>();
    while (Xml.next(in) == XMLStreamConstants.START_ELEMENT) {
      if (Xml.name(in).equals("value")) {
        String text = shared(in.getElementText());
        texts.add(raw ? unraw(start, pid, text) : text);
      } else {
        Xml.skip(in);
      }
    }
    if (start.name() == null || start.name().isEmpty()) {
      flaw(start, pid, "", "a property needs the attribute name; left out");
      return;
    }
    Optional<ValueType> type = ValueType.named(start.type());
    if (type.isEmpty()) {
      String given = start.type() == null ? "no type" : "type " + start.type();
      flaw(start, pid, given, "the type is one of " + ValueType.NAMES + "; left out");
      return;
    }
    if (!texts.isEmpty()) {
      properties.put(start.name(), value(start, pid, type.get(), texts));
    }
  }

  /** One instance of short texts: of ten values of a channel, nine are those of its neighbour. */
  private String shared(String text) {
    if (text.length() > SHORT || shared.size() >= MOST_SHARED) {
      return shared.getOrDefault(text, text);
    }
    String known = shared.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  private Object value(Start start, String pid, ValueType type, List<String> texts) {
    List<Object> values = new ArrayList<>();
    for (String text : texts) {
      try {
        values.add(type == ValueType.PASSWORD ? password(start, text) : type.parse(text));
      } catch (IllegalArgumentException e) {
        flaw(start, pid, quoted(type, text), wanted(type));
        return start.array() ? texts.toArray(new String[0]) : text; // kept: nothing is lost
      }
    }
    if (!start.array() && values.size() > 1) {
      flaw(start, pid, values.size() + " values", "one value, or array=\"true\"; the first counts");
    }
    return start.array() ? type.array(values) : values.get(0);
  }

  private Password password(Start start, String text) {
    if (!start.encrypted()) {
      return new Password(text);
    }
    Optional<String> clear = decrypt.apply(text);
    if (clear.isPresent()) {
      return new Password(clear.get());
    }
    byte[] bytes = Base64.getDecoder().decode(text.trim());
    return new Password(new String(bytes, StandardCharsets.UTF_8));
  }

  private String unraw(Start start, String pid, String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text.trim());
      StringBuilder chars = new StringBuilder();
      for (int i = 0; i + 1 < bytes.length; i += 2) {
        chars.append((char) ((bytes[i] & 0xFF) << 8 | bytes[i + 1] & 0xFF));
      }
      return chars.toString();
    } catch (IllegalArgumentException e) {
      flaw(start, pid, quoted(ValueType.PASSWORD, text), "Base64; taken as it stands");
      return text;
    }
  }

  static String wanted(ValueType type) {
    return switch (type) {
      case BOOLEAN -> "true or false; not used";
      case CHAR -> "one character; not used";
      default -> "a number of type " + type.text() + "; not used";
    };
  }

  static String quoted(ValueType type, String text) {
    String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
    return type == ValueType.PASSWORD ? "***" : "'" + shown + "'";
  }

  private void flaw(Start start, String pid, String given, String allowed) {
    String name = start.name() == null ? "" : start.name();
    flaws.add(new Flaw(start.line(), pid, name, given, allowed));
  }
}
