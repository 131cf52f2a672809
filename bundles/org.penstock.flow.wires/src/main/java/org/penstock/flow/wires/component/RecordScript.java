package org.penstock.flow.wires.component;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireRecord;
import org.penstock.api.script.Sandbox;
import org.penstock.api.script.Script;
import org.penstock.api.script.ScriptException;

/** A script that sees an envelope by Kura's names. Thread safe; one envelope at a time. */
final class RecordScript {

  private static final String BINDINGS = read("bindings.js");

  private final Script bindings;
  private final Script script;

  private RecordScript(Script bindings, Script script) {
    this.bindings = bindings;
    this.script = script;
  }

  /**
   * Compiles.
   *
   * @param log gets level and text of what the script logs
   * @throws ScriptException with the line and what is wrong
   */
  static RecordScript of(Sandbox sandbox, String pid, String source, BiConsumer<String, String> log)
      throws ScriptException {
    Script bindings =
        sandbox.compile(
            pid,
            BINDINGS,
            Map.of(
                "log",
                arguments -> {
                  log.accept(String.valueOf(arguments.get(0)), String.valueOf(arguments.get(1)));
                  return null;
                }));
    bindings.run(Map.of(), null);
    return new RecordScript(bindings, bindings.replace(source));
  }

  /** Other source with the globals of this one. */
  RecordScript with(String source) throws ScriptException {
    return new RecordScript(bindings, bindings.replace(source));
  }

  /**
   * The records of the global {@code output}; empty when the script leaves it undefined.
   *
   * @throws ScriptException when the script fails, or gives something else
   */
  synchronized List<WireRecord> output(WireEnvelope envelope) throws ScriptException {
    bindings.call("receive", List.of(plain(envelope)));
    Object output = script.run(Map.of(), "output");
    if (output == null) {
      return List.of();
    }
    if (!(output instanceof List<?> list)) {
      throw new ScriptException(ScriptException.Reason.THROWN, "output must be a list of records");
    }
    List<WireRecord> records = new ArrayList<>();
    for (Object one : list) {
      if (one instanceof Map<?, ?> record) {
        records.add(record(record));
      } else if (one != null) {
        throw new ScriptException(
            ScriptException.Reason.THROWN, "output has something that is no record: " + one);
      }
    }
    return records;
  }

  /** The value of the script's last statement. */
  synchronized Object value(WireEnvelope envelope) throws ScriptException {
    bindings.call("receive", List.of(plain(envelope)));
    return script.run(Map.of(), null);
  }

  private static Map<String, Object> plain(WireEnvelope envelope) {
    List<Object> records = new ArrayList<>();
    for (WireRecord record : envelope.getRecords()) {
      Map<String, Object> plain = new HashMap<>();
      record.getProperties().forEach((key, value) -> plain.put(key, plain(value)));
      records.add(plain);
    }
    return Map.of("emitterPid", String.valueOf(envelope.getEmitterPid()), "records", records);
  }

  private static Map<String, Object> plain(TypedValue<?> value) {
    Map<String, Object> plain = new HashMap<>();
    plain.put("type", value.getType().name());
    plain.put("value", value.getValue());
    if (value.getType() == DataType.LONG) {
      plain.put("exact", value.getValue().toString());
    }
    return plain;
  }

  private static WireRecord record(Map<?, ?> plain) throws ScriptException {
    Map<String, TypedValue<?>> values = new HashMap<>();
    for (Map.Entry<?, ?> entry : plain.entrySet()) {
      if (entry.getValue() != null) {
        values.put(entry.getKey().toString(), ScriptValues.typed(entry.getKey(), entry.getValue()));
      }
    }
    return new WireRecord(values);
  }

  private static String read(String name) {
    try (InputStream in = RecordScript.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
