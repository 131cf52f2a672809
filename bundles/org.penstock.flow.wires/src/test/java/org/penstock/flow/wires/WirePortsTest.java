package org.penstock.flow.wires;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.graph.MultiportWireSupport;
import org.eclipse.kura.wire.multiport.MultiportWireReceiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.wireadmin.Wire;
import org.penstock.flow.wires.testkit.Wires;

/** Without this, components get envelopes on the wrong port or cannot be found. */
class WirePortsTest {

  @TempDir File cache;
  private Framework framework;
  private WireComponents helper;
  private final Wiring wiring = new Wiring(Runnable::run, new WireNews(Runnable::run, () -> null));

  /** Both emitter and receiver. */
  static class Both implements WireEmitter, WireReceiver {
    final List<WireEnvelope> got = new ArrayList<>();

    @Override
    public void onWireReceive(WireEnvelope envelope) {
      got.add(envelope);
    }

    @Override
    public void producersConnected(Wire[] wires) {}

    @Override
    public void updated(Wire wire, Object value) {}

    @Override
    public Object polled(Wire wire) {
      return null;
    }

    @Override
    public void consumersConnected(Wire[] wires) {}
  }

  /** Several inputs. */
  static class Multi implements MultiportWireReceiver {

    @Override
    public void producersConnected(Wire[] wires) {}

    @Override
    public void updated(Wire wire, Object value) {}
  }

  @BeforeEach
  void start() throws BundleException {
    framework =
        new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", cache.getPath()));
    framework.start();
    helper = new WireComponents(framework.getBundleContext());
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(5_000);
  }

  private ServiceReference<WireComponent> register(WireComponent component, Object... properties) {
    Dictionary<String, Object> all = new Hashtable<>();
    all.put("service.pid", "service.x");
    all.put("kura.service.pid", "x");
    for (int i = 0; i < properties.length; i += 2) {
      all.put((String) properties[i], properties[i + 1]);
    }
    return framework
        .getBundleContext()
        .registerService(WireComponent.class, component, all)
        .getReference();
  }

  @Test
  void noReferenceGivesNoSupport() {
    assertNull(helper.newWireSupport(new Both(), null));
  }

  @Test
  void aListOfPidsIsRefused() {
    ServiceReference<WireComponent> several =
        register(new Both(), "service.pid", List.of("a", "b"));
    assertThrows(IllegalArgumentException.class, () -> helper.newWireSupport(new Both(), several));
  }

  @Test
  void portsAreSizedFromTheReferenceElseByInterface() {
    MultiportWireSupport both =
        (MultiportWireSupport) helper.newWireSupport(new Both(), register(new Both()));
    assertEquals(1, both.getReceiverPorts().size());
    assertEquals(1, both.getEmitterPorts().size());
    ServiceReference<WireComponent> counted =
        register(new Both(), "receiver.port.count", 3, "emitter.port.count", 0);
    MultiportWireSupport sized = (MultiportWireSupport) helper.newWireSupport(new Both(), counted);
    assertEquals(3, sized.getReceiverPorts().size());
    assertEquals(0, sized.getEmitterPorts().size());
    MultiportWireSupport multi =
        (MultiportWireSupport)
            helper.newWireSupport(
                new Multi(), register(new Multi(), "input.cardinality.default", 2));
    assertEquals(2, multi.getReceiverPorts().size());
    assertEquals(0, multi.getEmitterPorts().size());
  }

  @Test
  void componentsAreFoundByPidAndByObject() {
    Both both = new Both();
    register(both);
    assertEquals("x", helper.getPid(both));
    assertEquals("service.x", helper.getServicePid(both));
    assertEquals("service.x", helper.getServicePid("x"));
    assertTrue(helper.isEmitter("x"));
    assertTrue(helper.isReceiver("x"));
    assertNull(helper.getServicePid("y"));
    assertNull(helper.getPid(new Both()));
  }

  @Test
  void theEnvelopesEmitterIsTheServicePid() {
    MultiportWireSupport support =
        (MultiportWireSupport) helper.newWireSupport(new Both(), register(new Both()));
    assertEquals("service.x", support.createWireEnvelope(List.of()).getEmitterPid());
  }

  private Wire wire(int from, int to) {
    WiringTest.End end = new WiringTest.End();
    wiring.producerCame("e", new EndBook.End<>(end, end, null));
    wiring.consumerCame("r", new EndBook.End<>(end, end, null));
    return wiring.createWire(
        "e", "r", new Hashtable<>(Map.of("emitter.port", from, "receiver.port", to)));
  }

  @Test
  void emitSendsOneEnvelopeOnEveryPortAndWiresArePutOnTheirPorts() {
    WirePorts ports = new WirePorts(new Both(), "e", 0, 2);
    Wire first = wire(0, 0);
    Wire second = wire(1, 0);
    Wire stranger = wiring.createWire("e", "r", new Hashtable<>());
    ports.consumersConnected(new Wire[] {first, second, stranger});
    assertEquals(List.of(first), ports.getEmitterPorts().get(0).listConnectedWires());
    ports.emit(List.of(Wires.record("a", 1)));
    assertTrue(first.getLastValue() instanceof WireEnvelope);
    assertEquals(first.getLastValue(), second.getLastValue());
    assertNull(stranger.getLastValue());
    ports.consumersConnected(null);
    assertEquals(List.of(), ports.getEmitterPorts().get(0).listConnectedWires());
  }

  @Test
  void aReceiverGetsEnvelopesAndAMultiportReceiverItsPorts() {
    Both both = new Both();
    WirePorts single = new WirePorts(both, "x", 1, 1);
    WireEnvelope envelope = Wires.envelope();
    single.updated(wire(0, 0), envelope);
    single.updated(wire(0, 0), "no envelope");
    assertEquals(List.of(envelope), both.got);

    WirePorts several = new WirePorts(new Multi(), "x", 2, 0);
    List<String> got = new ArrayList<>();
    several.getReceiverPorts().get(0).onWireReceive(one -> got.add("0"));
    several.getReceiverPorts().get(1).onWireReceive(one -> got.add("1"));
    several.updated(wire(0, 1), envelope);
    several.updated(wire(0, 0), envelope);
    several.updated(wire(0, 2), envelope);
    assertEquals(List.of("1", "0"), got);
  }
}
