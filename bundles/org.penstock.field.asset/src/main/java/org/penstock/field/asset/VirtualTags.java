package org.penstock.field.asset;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values that rules and people have set, by name. They outlast restarts; a power cut costs what was set in the
 * last second. Any thread may call.
 */
final class VirtualTags implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(VirtualTags.class);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final int FIELDS = 4;

  private final Path file;
  private final DurableStorage storage;
  private final Strand strand;
  private final Map<String, Tag> tags = new ConcurrentHashMap<>();
  private final AtomicBoolean due = new AtomicBoolean();

  /**
   * A tag as it was set.
   *
   * @param at when, in milliseconds since 1970
   */
  record Tag(TypedValue<?> value, long at) {}

  VirtualTags(Path file, DurableStorage storage, Strand strand) {
    this.file = file;
    this.storage = storage;
    this.strand = strand;
    load();
  }

  private void load() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      // a damaged byte costs its own line, not all of them
      new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().forEach(this::load);
    } catch (IOException unreadable) {
      LOG.error("cannot read {}; its tags are as if they were never set", file, unreadable);
    }
  }

  private void load(String line) {
    String[] fields = line.split("\t", -1);
    try {
      if (fields.length == FIELDS) {
        DataType type = DataType.valueOf(fields[1]);
        TypedValue<?> value = value(type, decoded(fields[FIELDS - 1]));
        tags.put(decoded(fields[0]), new Tag(value, Long.parseLong(fields[2])));
      }
    } catch (IllegalArgumentException damaged) {
      LOG.error("a line of {} is damaged: {}", file, line);
    }
  }

  private static String decoded(String field) {
    return URLDecoder.decode(field, StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A text as a value of the type; throws IllegalArgumentException when it is none. */
  static TypedValue<?> value(DataType type, String text) {
    return switch (type) {
      case STRING -> TypedValues.newStringValue(text);
      case BYTE_ARRAY -> TypedValues.newByteArrayValue(Base64.getDecoder().decode(text));
      case BOOLEAN -> TypedValues.newBooleanValue(Boolean.parseBoolean(text));
      default -> TypedValues.parseTypedValue(type, text);
    };
  }

  /** The value as text. */
  static String text(Tag tag) {
    return text(tag.value());
  }

  private static String text(TypedValue<?> value) {
    return value.getValue() instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : String.valueOf(value.getValue());
  }

  Optional<Tag> get(String name) {
    return Optional.ofNullable(tags.get(name));
  }

  void set(String name, TypedValue<?> value, long at) {
    tags.put(name, new Tag(value, at));
    if (due.compareAndSet(false, true)) {
      strand.after(SOON, this::store);
    }
  }

  private void store() {
    due.set(false);
    StringBuilder text = new StringBuilder();
    tags.forEach(
        (name, tag) ->
            text.append(
                String.join(
                    "\t",
                    encoded(name),
                    tag.value().getType().name(),
                    Long.toString(tag.at()),
                    encoded(text(tag.value())) + "\n")));
    try {
      storage.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException full) {
      LOG.error("cannot keep tags in {}; what was set since is lost by a restart", file, full);
    }
  }

  /** Ends; what was set is durable. */
  @Override
  public void close() {
    strand.close();
    if (due.get()) {
      store();
    }
  }
}
