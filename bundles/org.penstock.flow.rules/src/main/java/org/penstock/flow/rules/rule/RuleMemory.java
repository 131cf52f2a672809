package org.penstock.flow.rules.rule;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one rule remembers over restarts: as long as it is the same rule, it goes on where it was. One
 * thread at a time.
 */
final class RuleMemory {

  private static final Logger LOG = LoggerFactory.getLogger(RuleMemory.class);
  private static final long SAVE_EACH = 5_000;
  private static final byte[] NOTHING = {};
  private static final long OTHER = -1;

  private final String pid;
  private final RuleEngine engine;
  private final Executor strand;
  private long savedChanges;
  private long savedAt;

  /**
   * Begins with what is known.
   *
   * @param strand the rule's
   */
  RuleMemory(String pid, RuleEngine engine, Executor strand) {
    this.pid = pid;
    this.strand = strand;
    this.engine = engine;
    this.savedAt = engine.time().elapsed() - SAVE_EACH;
  }

  /** Something is remembered, of this rule or of what it was before. */
  boolean isKnown() {
    return saved().isPresent();
  }

  private Optional<byte[]> saved() {
    return engine.log().flatMap(log -> log.get(pid)).filter(saved -> saved.length >= Integer.BYTES);
  }

  /**
   * Puts the core where it was, at that time.
   *
   * @return false when nothing is known, or only of another rule
   */
  boolean restore(RuleCore core, int signature, long now) {
    Optional<byte[]> saved = saved();
    boolean restored = saved.isPresent() && load(core, saved.get(), signature, now);
    // what is known of another rule is written over as soon as may be
    savedChanges = restored || saved.isEmpty() ? core.changes() : OTHER;
    return restored;
  }

  private boolean load(RuleCore core, byte[] saved, int signature, long now) {
    ByteBuffer bytes = ByteBuffer.wrap(saved);
    if (bytes.getInt() != signature) {
      return false;
    }
    byte[] state = new byte[bytes.remaining()];
    bytes.get(state);
    try {
      core.load(state, now);
      return true;
    } catch (IOException damaged) {
      LOG.warn("rule {} begins anew: {}", pid, damaged.getMessage());
      return false;
    }
  }

  /**
   * Writes down what has changed.
   *
   * @param remembers it has windows, which change with each value
   * @param last they count now and not only every few seconds; and nothing comes after it
   */
  void save(RuleCore core, int signature, boolean remembers, boolean last) throws IOException {
    long time = engine.time().elapsed();
    boolean changed = core.changes() != savedChanges;
    boolean grown = remembers && (last || time - savedAt >= SAVE_EACH);
    if (engine.log().isEmpty() || !changed && !grown) {
      return;
    }
    byte[] state = core.save();
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + state.length).putInt(signature);
    byte[] entry = bytes.put(state).array();
    if (last) {
      engine.log().get().put(pid, entry);
    } else {
      engine.log().get().gather(pid, entry, strand);
    }
    savedChanges = core.changes();
    savedAt = time;
  }

  /** It is another rule from now on, or none. */
  void forget() {
    if (!isKnown()) {
      return;
    }
    try {
      engine.log().orElseThrow().put(pid, NOTHING);
    } catch (IOException full) {
      LOG.warn("rule {} may go on where it was when it comes back: {}", pid, full.getMessage());
    }
  }
}
