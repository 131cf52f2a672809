package org.penstock.acceptance.inside.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireSupport;
import org.eclipse.kura.wire.graph.BarrierAggregatorFactory;
import org.eclipse.kura.wire.graph.CachingAggregatorFactory;
import org.eclipse.kura.wire.graph.MultiportWireSupport;
import org.eclipse.kura.wire.graph.WireComponentDefinition;
import org.eclipse.kura.wire.graph.WireComponentDefinitionService;
import org.eclipse.kura.wire.multiport.MultiportWireReceiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.wireadmin.BasicEnvelope;
import org.osgi.service.wireadmin.Wire;
import org.osgi.service.wireadmin.WireAdmin;

/** Kura's wire model on the assembled product, sentence by sentence. */
class WireModelTest {

  private static final String CONDITION = "org.eclipse.kura.wire.script.tools.ConditionalComponent";
  private final List<AutoCloseable> open = new ArrayList<>();

  private Probe probe(String pid, int in, int out, String... without) {
    Probe probe = new Probe(pid, in, out, without);
    open.add(probe);
    return probe;
  }

  @AfterEach
  void close() throws Exception {
    Board.clear();
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void typedValuesAreOfSevenTypes() {
    assertEquals(
        "[BOOLEAN, BYTE_ARRAY, DOUBLE, FLOAT, INTEGER, LONG, STRING]",
        Arrays.stream(DataType.values()).map(Enum::name).sorted().toList().toString());
  }

  @Test
  void envelopesAreBasicEnvelopesWithScopeWiresAndTheEmittersServicePid() throws Exception {
    Probe a = probe("a", 0, 1);
    Probe b = probe("b", 1, 0);
    new Board().probe(a).probe(b).wire("a", "b").apply();
    a.emit("x", 1);
    WireEnvelope envelope = b.await(1).got().get(0);
    assertInstanceOf(BasicEnvelope.class, envelope);
    assertEquals("service.a", envelope.getEmitterPid());
    assertEquals("service.a", envelope.getIdentification());
    assertEquals("WIRES", envelope.getScope());
  }

  @Test
  void withoutTheInterfacesProducerAndConsumerNothingIsBound() throws Exception {
    Probe a = probe("a", 0, 1, "Producer");
    Probe b = probe("b", 1, 0);
    Board.graphs().update(new Board().probe(a).probe(b).wire("a", "b").configuration());
    Probe c = probe("c", 0, 1);
    new Board().probe(b).probe(c).wire("c", "b").apply();
    a.emit("x", 1);
    c.emit("x", 2);
    assertEquals(List.of("x=2"), b.await(1).texts());
  }

  @Test
  void portCountsAndNamesAreComponentProperties() throws Exception {
    WireComponentDefinition definition =
        Board.service(WireComponentDefinitionService.class).getComponentDefinitions().stream()
            .filter(one -> one.getFactoryPid().equals(CONDITION))
            .findFirst()
            .orElseThrow();
    assertEquals(1, definition.getMinInputPorts());
    assertEquals(1, definition.getMaxInputPorts());
    assertEquals(2, definition.getDefaultOutputPorts());
    assertEquals(Map.of(0, "if"), definition.getInputPortNames());
    assertEquals(Map.of(0, "then", 1, "else"), definition.getOutputPortNames());
    assertEquals(
        List.of("condition"),
        definition.getComponentOCD().getDefinition().getAD().stream()
            .map(ad -> ad.getId())
            .toList());
  }

  @Test
  void instancesGetTheirPortCountsOnCreation() throws Exception {
    new Board()
        .put("join", 2, 1, "org.eclipse.kura.wire.Join")
        .put("log", 1, 0, "org.eclipse.kura.wire.Logger")
        .wire("join", "log")
        .apply();
    Map<String, Object> properties =
        Board.configurations().getComponentConfiguration("join").getConfigurationProperties();
    assertEquals(2, properties.get("receiver.port.count"));
    assertEquals(1, properties.get("emitter.port.count"));
    ServiceReference<?> reference = Board.found(WireComponent.class, "(kura.service.pid=join)")[0];
    assertEquals(2, reference.getProperty("receiver.port.count"));
  }

  @Test
  void wireSupportSizesItsPortsFromTheReferenceAndElseByTheInterfaces() {
    assertEquals(3, probe("many", 2, 3).wires().getEmitterPorts().size());
    WireEmitter bare =
        new WireEmitter() {
          @Override
          public Object polled(Wire wire) {
            return null;
          }

          @Override
          public void consumersConnected(Wire[] wires) {
            // not of interest
          }
        };
    ServiceRegistration<WireComponent> registration =
        Board.CONTEXT.registerService(
            WireComponent.class, bare, new Hashtable<>(Map.of("service.pid", "bare")));
    open.add(registration::unregister);
    MultiportWireSupport support =
        (MultiportWireSupport) Board.helper().newWireSupport(bare, registration.getReference());
    assertEquals(1, support.getEmitterPorts().size());
    assertEquals(0, support.getReceiverPorts().size());
  }

  @Test
  void newWireSupportOfNoReferenceIsNull() {
    assertNull(Board.helper().newWireSupport(probe("a", 1, 1), null));
  }

  @Test
  @SuppressWarnings("unchecked")
  void newWireSupportRefusesAListOfServicePids() {
    WireComponent component = new WireComponent() {};
    ServiceRegistration<WireComponent> registration =
        Board.CONTEXT.registerService(
            WireComponent.class,
            component,
            new Hashtable<>(Map.of("service.pid", new String[] {"a", "b"})));
    open.add(registration::unregister);
    assertThrows(
        IllegalArgumentException.class,
        () -> Board.helper().newWireSupport(component, registration.getReference()));
  }

  @Test
  void theSupportIsAlsoAMultiportSupport() {
    WireSupport support = probe("a", 1, 1).wires();
    assertInstanceOf(MultiportWireSupport.class, support);
  }

  @Test
  void emitSendsOneEnvelopeOnEveryEmitterPort() throws Exception {
    Probe a = probe("a", 0, 2);
    Probe b = probe("b", 1, 0);
    Probe c = probe("c", 1, 0);
    new Board().probe(a).probe(b).probe(c).wire("a", 0, "b", 0).wire("a", 1, "c", 0).apply();
    a.emit("x", 1);
    assertTrue(b.await(1).got().get(0) == c.await(1).got().get(0), "the same envelope");
  }

  @Test
  void deliveryIsSynchronousInTheCallersThread() throws Exception {
    Probe a = probe("a", 0, 1);
    Probe b = probe("b", 1, 0);
    new Board().probe(a).probe(b).wire("a", "b").apply();
    a.emit("x", 1);
    assertEquals(1, b.got().size());
    assertEquals(Thread.currentThread().getName(), b.threads().get(0));
  }

  @Test
  void wiresAreAssignedToPortsByTheirProperties() throws Exception {
    Probe a = probe("a", 0, 3);
    Probe b = probe("b", 1, 0);
    new Board().probe(a).probe(b).wire("a", 2, "b", 0).apply();
    Board.await(() -> "not told", () -> a.outgoing().size() == 1);
    assertEquals(0, a.wires().getEmitterPorts().get(0).listConnectedWires().size());
    assertEquals(1, a.wires().getEmitterPorts().get(2).listConnectedWires().size());
  }

  @Test
  void multiportReceiversGetAnEnvelopeAtItsPort() throws Exception {
    List<String> got = new ArrayList<>();
    class Two
        implements WireComponent,
            MultiportWireReceiver,
            org.eclipse.kura.configuration.ConfigurableComponent {
      private MultiportWireSupport wires;

      @Override
      public void updated(Wire wire, Object value) {
        wires.updated(wire, value);
      }

      @Override
      public void producersConnected(Wire[] connected) {
        wires.producersConnected(connected);
      }
    }
    Two two = new Two();
    ServiceRegistration<?> registration =
        Board.CONTEXT.registerService(
            new String[] {
              WireComponent.class.getName(),
              MultiportWireReceiver.class.getName(),
              org.osgi.service.wireadmin.Consumer.class.getName(),
              org.eclipse.kura.configuration.ConfigurableComponent.class.getName()
            },
            two,
            new Hashtable<>(
                Map.of("service.pid", "two", "kura.service.pid", "two", "receiver.port.count", 2)));
    open.add(registration::unregister);
    @SuppressWarnings("unchecked")
    ServiceReference<WireComponent> reference =
        (ServiceReference<WireComponent>) registration.getReference();
    two.wires = (MultiportWireSupport) Board.helper().newWireSupport(two, reference);
    for (int port = 0; port < 2; port++) {
      int number = port;
      two.wires
          .getReceiverPorts()
          .get(port)
          .onWireReceive(envelope -> got.add(number + Probe.text(envelope.getRecords().get(0))));
    }
    Probe a = probe("a", 0, 2);
    new Board()
        .probe(a)
        .put("two", 2, 0, null)
        .wire("a", 0, "two", 1)
        .wire("a", 1, "two", 0)
        .apply();
    a.emit("x", 1);
    assertEquals(List.of("1x=1", "0x=1"), got);
    assertFalse(Board.helper().isEmitter("two"));
  }

  @Test
  void theHelperKnowsPidsAndDirections() {
    Probe a = probe("a", 1, 1);
    assertEquals("a", Board.helper().getPid(a));
    assertEquals("service.a", Board.helper().getServicePid("a"));
    assertEquals("service.a", Board.helper().getServicePid(a));
    assertTrue(Board.helper().isEmitter("a"));
    assertTrue(Board.helper().isReceiver("a"));
    assertNull(Board.helper().getServicePid("nobody"));
    assertFalse(Board.helper().isReceiver("nobody"));
  }

  @Test
  void theBarrierFiresWhenAllPortsHaveAnEnvelopeAndForgets() {
    Probe two = probe("two", 2, 0);
    List<List<WireEnvelope>> fired = new ArrayList<>();
    Board.service(BarrierAggregatorFactory.class)
        .build(two.wires().getReceiverPorts())
        .onWireReceive(fired::add);
    receive(two, 0, "x", 1);
    receive(two, 0, "x", 2);
    assertEquals(0, fired.size());
    receive(two, 1, "y", 3);
    assertEquals(1, fired.size());
    assertEquals("x=2", Probe.text(fired.get(0).get(0).getRecords().get(0)));
    receive(two, 1, "y", 4);
    assertEquals(1, fired.size());
  }

  @Test
  void theCacheFiresOnEveryArrivalWithTheLastOfEachPort() {
    Probe two = probe("two", 2, 0);
    List<List<WireEnvelope>> fired = new ArrayList<>();
    Board.service(CachingAggregatorFactory.class)
        .build(two.wires().getReceiverPorts())
        .onWireReceive(fired::add);
    receive(two, 0, "x", 1);
    assertNull(fired.get(0).get(1));
    receive(two, 1, "y", 2);
    assertEquals("x=1", Probe.text(fired.get(1).get(0).getRecords().get(0)));
    assertEquals("y=2", Probe.text(fired.get(1).get(1).getRecords().get(0)));
  }

  /** By reflection of the port's own way: the probe as a whole is a single receiver. */
  private static void receive(Probe probe, int port, Object... keysAndValues) {
    Object target = probe.wires().getReceiverPorts().get(port);
    try {
      var method = target.getClass().getDeclaredMethod("receive", WireEnvelope.class);
      method.setAccessible(true);
      method.invoke(target, new WireEnvelope("test", List.of(Probe.record(keysAndValues))));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void wiresNamePortsAndPidsAndTheirEndsByServicePid() throws Exception {
    Probe a = probe("a", 0, 2);
    Probe b = probe("b", 1, 0);
    new Board().probe(a).probe(b).wire("a", 1, "b", 0).apply();
    Wire wire = Board.service(WireAdmin.class).getWires("(emitter.port=1)")[0];
    assertEquals(0, wire.getProperties().get("receiver.port"));
    assertEquals("a", wire.getProperties().get("emitter.kura.service.pid"));
    assertEquals("b", wire.getProperties().get("receiver.kura.service.pid"));
    assertEquals("service.a", wire.getProperties().get("wireadmin.producer.pid"));
    assertEquals("service.b", wire.getProperties().get("wireadmin.consumer.pid"));
  }

  @Test
  void wiresOfOthersAreNotTouched() throws Exception {
    Probe a = probe("a", 0, 1);
    Probe b = probe("b", 1, 0);
    WireAdmin admin = Board.service(WireAdmin.class);
    Wire own = admin.createWire("service.a", "service.b", new Hashtable<>(Map.of("mine", "yes")));
    new Board().probe(a).probe(b).wire("a", "b").apply();
    Board.clear();
    assertTrue(own.isValid());
    assertTrue(own.isConnected());
    admin.deleteWire(own);
  }
}
