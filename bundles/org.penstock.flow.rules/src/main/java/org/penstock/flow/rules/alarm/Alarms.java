package org.penstock.flow.rules.alarm;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.event.EventSink;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alarms of the gateway. Each change is in the journal before anybody is told of it, and is
 * durable 20 ms later. Any thread may call; every method returns at once.
 */
@Component(
    name = AlarmsConfig.PID,
    immediate = true,
    service = {Alarms.class, ConfigurableComponent.class, HealthSource.class})
@Designate(ocd = AlarmsConfig.class)
public final class Alarms implements ConfigurableComponent, HealthSource {

  private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
  private static final Logger AUDIT = LoggerFactory.getLogger("AuditLogger");
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final String PERMISSION = "alarms.read";
  private static final long GREAT = 1_000;
  private static final long MINUTE = 60_000;

  private final AlarmBook book = new AlarmBook();
  private final Optional<AlarmJournal> journal;
  private final Strand strand;
  private final AlarmPublication publication;
  private final AtomicReference<EventSink> events = new AtomicReference<>();
  private final AtomicReference<AlarmsConfig> config = new AtomicReference<>();
  private final AtomicReference<String> trouble = new AtomicReference<>("");
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong unwritten = new AtomicLong();
  private final Instant began = Instant.now();
  private final Clock clock;
  private long ahead; // of the wall clock before what has elapsed; guarded by the book

  /**
   * An alarm is raised.
   *
   * @param message what is wrong and what to do
   * @param group of which the first is marked; empty for none
   * @param source what raises it
   */
  public record Raise(String name, String priority, String message, String group, String source) {}

  /**
   * Where time comes from, in milliseconds.
   *
   * @param wall since 1970; somebody may set it
   * @param elapsed since whenever; nobody sets it
   */
  record Clock(LongSupplier wall, LongSupplier elapsed) {

    /** The machine's. */
    static final Clock SYSTEM =
        new Clock(
            System::currentTimeMillis, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  /** Called by the component runtime. */
  @Activate
  public Alarms(
      AlarmsConfig config,
      @Reference DurableStorage storage,
      @Reference Strands strands,
      BundleContext context) {
    this(
        config,
        storage,
        strands.open("flow/alarms"),
        Path.of(context.getProperty("penstock.home")).resolve("flow/alarms"),
        Clock.SYSTEM);
  }

  Alarms(AlarmsConfig config, DurableStorage storage, Strand strand, Path folder, Clock clock) {
    this.config.set(config);
    this.clock = clock;
    this.ahead = clock.wall().getAsLong() - clock.elapsed().getAsLong();
    this.strand = strand;
    this.journal = open(storage, folder);
    this.publication = new AlarmPublication(strand, storage, folder.resolve("published"), journal);
    journal.ifPresent(this::replay);
    strand.every(LOOK, LOOK, this::look);
  }

  private Optional<AlarmJournal> open(DurableStorage storage, Path folder) {
    try {
      return Optional.of(new AlarmJournal(storage, folder.resolve("journal")));
    } catch (IOException unusable) {
      trouble.set("there is no journal: " + unusable.getMessage());
      LOG.error("alarms have no journal in {}", folder, unusable);
      return Optional.empty();
    }
  }

  private void replay(AlarmJournal from) {
    try {
      from.replay(
          book::restore,
          (position, entry) -> {
            if (!entry.name().isEmpty()) {
              book.apply(entry);
            }
            publication.found(position);
          });
    } catch (IOException damaged) {
      trouble.set("the journal cannot be read: " + damaged.getMessage());
      LOG.error("the alarms' journal cannot be read", damaged);
    }
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() throws IOException {
    strand.close();
    publication.close();
    if (journal.isPresent()) {
      journal.get().close();
    }
  }

  @Modified
  void modified(AlarmsConfig now) {
    config.set(now);
  }

  @Reference(
      name = AlarmsConfig.REFERENCE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      cardinality = ReferenceCardinality.OPTIONAL)
  void setCloudPublisher(CloudPublisher publisher) {
    publication.publisher(publisher);
  }

  /** The publisher is gone, unless another took its place. */
  void unsetCloudPublisher(CloudPublisher publisher) {
    publication.gone(publisher);
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setEvents(EventSink sink) {
    events.set(sink);
  }

  /** Nobody takes events any longer, unless another does. */
  void unsetEvents(EventSink sink) {
    events.compareAndSet(sink, null);
  }

  /** An alarm's condition is there; again means nothing. */
  public void raise(Raise raise, long at) {
    happened(
        new Entry(
            Entry.Kind.RAISED,
            at,
            raise.name(),
            raise.priority(),
            raise.message(),
            raise.group(),
            raise.source(),
            "",
            "",
            0,
            ""));
  }

  /** An alarm's condition is over. */
  public void clear(String name, long at) {
    happened(Entry.of(Entry.Kind.CLEARED, name, at));
  }

  /**
   * By design an alarm is not announced, or is again.
   *
   * @param source what says so
   */
  public void suppress(String name, boolean silent, String source, long at) {
    Entry.Kind kind = silent ? Entry.Kind.SUPPRESSED : Entry.Kind.RELEASED;
    happened(Entry.of(kind, name, at).from(source));
  }

  /**
   * What raises or suppresses alarms is gone, or another than before: what it has raised returns to normal, or
   * to unacknowledged, what it has kept silent is heard again, and the journal says why.
   *
   * @param keep alarms that stay as they are
   * @param why in words
   */
  public void retire(String source, Set<String> keep, String why, long at) {
    synchronized (book) {
      for (String name : book.raisedBy(source)) {
        if (!keep.contains(name)) {
          happened(Entry.by(Entry.Kind.CLEARED, name, at, source, why, 0));
        }
      }
      for (String name : book.suppressedBy(source)) {
        if (!keep.contains(name)) {
          happened(Entry.by(Entry.Kind.RELEASED, name, at, source, why, 0));
        }
      }
    }
  }

  /** All that have raised an active alarm, or keep one silent. */
  public Set<String> sources() {
    synchronized (book) {
      return book.sources();
    }
  }

  /**
   * Somebody does something to an alarm.
   *
   * @param until when a shelving ends
   * @return the alarm afterwards
   * @throws IllegalArgumentException in words, when there is no such alarm or it is not allowed
   */
  Alarm operate(Entry.Kind kind, String name, String who, String comment, long until) {
    long now = clock.wall().getAsLong();
    synchronized (book) {
      follow(); // before a shelving by the clock as it is since it was set
      if (book.get(name).isEmpty()) {
        throw new IllegalArgumentException("there is no alarm " + name);
      }
      long most = config.get().shelve_most_min() * MINUTE;
      if (kind == Entry.Kind.SHELVED && (until <= now || until - now > most)) {
        throw new IllegalArgumentException(
            "an alarm is shelved for 1 to %d minutes".formatted(config.get().shelve_most_min()));
      }
    }
    happened(Entry.by(kind, name, now, who, comment, until));
    AUDIT.info("{} {} alarm {}: {}", who, kind, name, comment);
    synchronized (book) {
      return book.get(name).orElseThrow();
    }
  }

  private void happened(Entry entry) {
    synchronized (book) {
      if (!book.changes(entry)) {
        return;
      }
      Alarm after = book.apply(entry);
      record(entry.with(after.state()), after);
      boolean announced = entry.kind() == Entry.Kind.RAISED && !after.isSilent();
      if (announced) {
        flood(true);
      }
    }
  }

  private void flood(boolean another) {
    AlarmsConfig limits = config.get();
    long now = clock.elapsed().getAsLong();
    book.flood(another, now, limits.flood_time_s() * 1000L, limits.flood_count())
        .ifPresent(kind -> record(Entry.of(kind, "", clock.wall().getAsLong()), null));
  }

  /**
   * When somebody sets the wall clock, the ends of shelvings move with it, so that they last as long as was
   * said. They are written down anew, for the next start.
   */
  private void follow() {
    long wall = clock.wall().getAsLong();
    long set = wall - clock.elapsed().getAsLong() - ahead;
    if (Math.abs(set) < GREAT) {
      return;
    }
    ahead += set;
    for (Alarm alarm : book.shelved()) {
      long until = alarm.shelvedUntil() + set;
      happened(
          Entry.by(Entry.Kind.SHELVED, alarm.name(), wall, alarm.by(), alarm.comment(), until));
    }
  }

  private void record(Entry entry, Alarm after) {
    try {
      if (journal.isPresent()) {
        publication.found(journal.get().append(entry, () -> book.all().values()));
        written.incrementAndGet();
      }
    } catch (IOException full) {
      unwritten.incrementAndGet();
      if (trouble.getAndSet("the journal cannot be written: " + full.getMessage()).isEmpty()) {
        LOG.error("alarms cannot be written down", full);
      }
    }
    EventSink sink = events.get();
    if (sink != null) {
      Map<String, Object> told = shown(entry);
      if (after != null) {
        told.put("priority", after.priority());
        told.put("message", after.message());
        told.put("firstOut", after.firstOut());
      }
      sink.tell("alarms", PERMISSION, told);
    }
  }

  /** An entry for JSON. */
  static Map<String, Object> shown(Entry entry) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("kind", entry.kind().name());
    shown.put("time", Instant.ofEpochMilli(entry.at()).toString());
    shown.put("alarm", entry.name());
    shown.put("state", entry.state());
    Map.of(
            "priority", entry.priority(),
            "message", entry.message(),
            "group", entry.group(),
            "source", entry.source(),
            "by", entry.by(),
            "comment", entry.comment())
        .forEach(
            (key, value) -> {
              if (!value.isEmpty()) {
                shown.put(key, value);
              }
            });
    if (entry.until() != 0) {
      shown.put("until", Instant.ofEpochMilli(entry.until()).toString());
    }
    return shown;
  }

  void look() {
    synchronized (book) {
      follow();
      long now = clock.wall().getAsLong();
      for (String name : book.shelvingsOver(now, config.get().shelve_most_min() * MINUTE)) {
        happened(Entry.by(Entry.Kind.UNSHELVED, name, now, "the clock", "", 0));
      }
      flood(false);
    }
  }

  /** The alarms by name. */
  Map<String, Alarm> all() {
    synchronized (book) {
      return book.all();
    }
  }

  /** The newest lines of the journal; whoever raises an alarm meanwhile does not wait. */
  List<Entry> newest(String name, int count) throws IOException {
    return journal.isEmpty() ? List.of() : journal.get().newest(name, count);
  }

  boolean isFlood() {
    synchronized (book) {
      return book.isFlood();
    }
  }

  @Override
  public String name() {
    return "flow/alarms";
  }

  @Override
  public HealthState health() {
    Map<String, Object> figures = new TreeMap<>();
    figures.put("journal.written", written.get());
    figures.put("journal.lost", unwritten.get());
    figures.put("published", publication.published());
    figures.put("waiting", publication.waiting());
    figures.put("publication.lost", publication.lost());
    String reason = trouble.get();
    return new HealthState(reason.isEmpty() ? Level.OK : Level.DEGRADED, reason, began, figures);
  }
}
