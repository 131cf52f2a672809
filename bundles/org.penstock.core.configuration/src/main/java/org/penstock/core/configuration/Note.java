package org.penstock.core.configuration;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.kura.audit.AuditConstants;
import org.eclipse.kura.audit.AuditContext;

/**
 * Who took a snapshot, and why. It stands in the document as a processing instruction, which every
 * reader of Kura's form passes over.
 *
 * @param author the identity; empty when the gateway did by itself
 * @param name given by somebody; may be empty
 * @param comment in words; may be empty
 */
record Note(String author, String name, String comment) {

  static final Note NONE = new Note("", "", "");

  private static final Pattern INSTRUCTION = Pattern.compile("<\\?penstock ([A-Za-z0-9+/=]+)\\?>");
  private static final int HEAD = 65_536;
  private static final int LONGEST = 2_000;

  Note {
    author = bounded(author);
    name = bounded(name);
    comment = bounded(comment);
  }

  private static String bounded(String text) {
    String some = Objects.requireNonNullElse(text, "");
    return some.length() > LONGEST ? some.substring(0, LONGEST) + "..." : some;
  }

  /** By the identity of the caller's audit context. */
  static Note by(String name, String comment) {
    String identity =
        AuditContext.current()
            .map(c -> c.getProperties().get(AuditConstants.KEY_IDENTITY.getValue()))
            .orElse("");
    return new Note(identity, name, comment);
  }

  /** The instruction with a line's end. */
  String instruction() {
    byte[] json = json().toString().getBytes(StandardCharsets.UTF_8);
    return "<?penstock " + Base64.getEncoder().encodeToString(json) + "?>\n";
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("author", author);
    json.addProperty("name", name);
    json.addProperty("comment", comment);
    return json;
  }

  static Note of(JsonObject json) {
    return new Note(text(json, "author"), text(json, "name"), text(json, "comment"));
  }

  private static String text(JsonObject json, String key) {
    return json.has(key) && json.get(key).isJsonPrimitive() ? json.get(key).getAsString() : "";
  }

  /** The note at a document's begin; {@link #NONE} when there is none. */
  static Note in(InputStream document) throws IOException {
    String head = new String(document.readNBytes(HEAD), StandardCharsets.UTF_8);
    Matcher found = INSTRUCTION.matcher(head);
    return found.find() ? decoded(found.group(1)).orElse(NONE) : NONE;
  }

  private static Optional<Note> decoded(String base64) {
    try {
      String json = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      return Optional.of(of(JsonParser.parseString(json).getAsJsonObject()));
    } catch (JsonParseException | IllegalArgumentException | IllegalStateException e) {
      return Optional.empty(); // somebody else's instruction
    }
  }
}
