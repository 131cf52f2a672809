package org.penstock.core.configuration;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.crypto.CryptoService;
import org.osgi.service.event.Event;
import org.penstock.api.configuration.Problem;
import org.penstock.api.storage.DurableStorage;
import org.penstock.core.storage.FileStorage;

/** All parts of the bundle put together as at run time, but for the framework. */
final class Box {

  static final String SINGLETON = "org.example.Pump";
  static final String FACTORY = "org.example.Driver";

  static final String METATYPE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <MetaData xmlns="http://www.osgi.org/xmlns/metatype/v1.2.0" localization="en_us">
        <OCD id="org.example.Pump" name="Pump" description="A pump.">
          <Icon resource="pump.png" size="32"/>
          <AD id="speed" type="Integer" cardinality="0" required="true" default="50" min="0" max="100"/>
          <AD id="names" type="String" cardinality="3" required="false" default="a, b\\,c ,d"/>
          <AD id="note" type="String" cardinality="0" required="false"/>
          <AD id="pin" type="Password" cardinality="0" required="false" default="0000"/>
        </OCD>
        <Designate pid="org.example.Pump"><Object ocdref="org.example.Pump"/></Designate>
        <OCD id="org.example.Driver" name="Driver">
          <AD id="host" type="String" cardinality="0" required="true"/>
          <AD id="port" type="Integer" cardinality="0" required="true" default="502" min="1" max="65535"/>
          <AD id="key" type="Password" cardinality="0" required="false"/>
          <AD id="units" type="Integer" cardinality="8" required="false" default="1,2"/>
        </OCD>
        <Designate pid="org.example.Driver" factoryPid="org.example.Driver">
          <Object ocdref="org.example.Driver"/>
        </Designate>
      </MetaData>
      """;

  final MemoryAdmin admin = new MemoryAdmin();
  final List<Event> events = new ArrayList<>();
  final Board board = new Board(Clock.systemUTC());
  final Secrets secrets;
  final Components components;
  final Changes changes;
  final SnapshotBook book;
  final Snapshots snapshots;
  final KuraConfiguration service;
  final StrictCheck check;
  final Map<String, Problem> factorySays = new java.util.HashMap<>();
  final Archive archive;
  final TimedChange timed;
  final SealedConfiguration sealed;
  final HandStrand strand = new HandStrand();
  final Set<String> matching = new TreeSet<>();
  private final Startup startup;

  Box(Path folder) {
    this(folder, new FileStorage(), new DeviceCrypto("0123456789abcdef"), new long[] {1000}, 10);
  }

  Box(Path folder, DurableStorage storage, CryptoService crypto, long[] now, int most) {
    this(folder, storage, crypto, now, most, Map.of(), "");
  }

  /** With an environment, and the framework's property on leniency. */
  Box(
      Path folder,
      DurableStorage storage,
      CryptoService crypto,
      long[] now,
      int most,
      Map<String, String> environment,
      String lenient) {
    secrets = new Secrets(crypto);
    AdminStore store = new AdminStore(admin);
    components = new Components(new Definitions(), store, board);
    changes = new Changes(components, store, secrets, board);
    book = new SnapshotBook(new SnapshotFolder(folder, storage, () -> now[0]++, most), secrets);
    snapshots = new Snapshots(book, components, changes, secrets);
    Rollback rollback = new Rollback(snapshots, components, changes);
    Notices notices = new Notices(events::add);
    check =
        new StrictCheck(
            components,
            new Leniency(components, lenient),
            (factory, pid, values) ->
                factorySays.containsKey(factory) && "bad".equals(values.get("host"))
                    ? List.of(factorySays.get(factory))
                    : List.of());
    service =
        new KuraConfiguration(
            components, changes, snapshots, rollback, secrets, notices, check, filter -> matching);
    archive = new Archive(snapshots, rollback, secrets, notices);
    timed =
        new TimedChange(
            snapshots, rollback, changes, check, board, strand, java.time.Clock.systemUTC());
    sealed = new SealedConfiguration(changes, snapshots);
    Provisioning provisioning =
        new Provisioning(
            folder.resolveSibling("provision"),
            environment,
            name -> Optional.of("box-" + name),
            book,
            secrets,
            components.definitions(),
            board);
    startup =
        new Startup(
            book, components, store, changes, board, List.of(new TimedMarker(book), provisioning));
  }

  /** The bundle with {@link #METATYPE} comes, as at run time. */
  Box define() {
    return define(METATYPE);
  }

  Box define(String metatype) {
    List<Definition> definitions = definitions(metatype);
    components.definitions().add("example 1.0.0", definitions);
    definitions.forEach(changes::defined);
    return this;
  }

  static List<Definition> definitions(String metatype) {
    try {
      return Definition.in(MetatypeXml.read(metatype, base -> word -> word));
    } catch (XMLStreamException e) {
      throw new AssertionError(e);
    }
  }

  Box start(Path seed) {
    startup.run(Optional.ofNullable(seed));
    components.definitions().all().forEach(changes::defined);
    return this;
  }

  /** The component runtime activates the component. */
  Active activate(String pid) {
    return activate(pid, new ConfigurableComponent() {});
  }

  Active activate(String pid, Object component) {
    Active active = new Active(pid, components.servicePid(pid), component);
    components.appeared(active);
    return active;
  }

  /** What Configuration Admin hands to the component. */
  Map<String, Object> given(String pid) {
    MemoryAdmin.One one = admin.all.get(components.servicePid(pid));
    return one == null ? null : new HashMap<>(one.content);
  }

  static ComponentConfiguration configuration(String pid, Map<String, Object> properties) {
    return new ComponentConfigurationImpl(pid, null, properties);
  }
}
