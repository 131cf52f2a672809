package org.penstock.flow.wires;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.felix.framework.FrameworkFactory;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.wire.WireComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Producer;
import org.penstock.api.health.HealthSource;
import org.penstock.flow.wires.component.Fifo;
import org.penstock.flow.wires.component.Join;
import org.penstock.flow.wires.component.RegexFilter;
import org.penstock.flow.wires.component.Timer;
import org.penstock.flow.wires.component.WirePublisher;
import org.penstock.flow.wires.testkit.ManualStrands;

/** Without this, the parts may fit each other on paper only. Over a real service registry. */
class ChainTest {

  private static final String GRAPH =
      """
      {"wires":[{"emitter":"timer","receiver":"fifo"},{"emitter":"timer","receiver":"filter"},
        {"emitter":"fifo","receiver":"join"},
        {"emitter":"filter","receiver":"join","receiverPort":1},
        {"emitter":"join","receiver":"pub"}]}""";

  @TempDir File cache;
  private final ManualStrands strands = new ManualStrands();
  private final Map<String, ServiceRegistration<?>> registrations = new HashMap<>();
  private Framework framework;
  private BundleContext context;
  private WireAdminService admin;
  private WireGraphComponent graph;
  private WireComponents helper;

  @BeforeEach
  void start() throws BundleException {
    framework =
        new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", cache.getPath()));
    framework.start();
    context = framework.getBundleContext();
    admin = new WireAdminService(strands, componentContext(Map.of("service.pid", "admin")));
    helper = new WireComponents(context);
    graph =
        new WireGraphComponent(
            new FakeConfigurations(null),
            new Flows(admin),
            strands,
            context,
            Map.of("WireGraph", GRAPH));
  }

  @AfterEach
  void stop() throws Exception {
    graph.close();
    admin.close();
    assertEquals(List.of(), strands.names().stream().filter(n -> n.contains("wires")).toList());
    framework.stop();
    framework.waitForStop(5_000);
  }

  private ComponentContext componentContext(Map<String, Object> properties) {
    ServiceRegistration<?> self =
        context.registerService(Object.class, new Object(), new Hashtable<>(properties));
    return (ComponentContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ComponentContext.class},
            (proxy, method, args) ->
                method.getName().equals("getBundleContext") ? context : self.getReference());
  }

  /** Makes a component and registers it, as the component runtime does. */
  private <C extends WireComponent> C component(
      String pid,
      BiFunction<ComponentContext, Map<String, Object>, C> constructor,
      Object... more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("service.pid", "service." + pid);
    properties.put("kura.service.pid", pid);
    for (int i = 0; i < more.length; i += 2) {
      properties.put((String) more[i], more[i + 1]);
    }
    C made = constructor.apply(componentContext(properties), properties);
    register(pid, made, properties);
    return made;
  }

  private void register(String pid, WireComponent made, Map<String, Object> properties) {
    List<String> services = new ArrayList<>(List.of(WireComponent.class.getName()));
    if (made instanceof Producer) {
      services.add(Producer.class.getName());
    }
    if (made instanceof Consumer) {
      services.add(Consumer.class.getName());
    }
    registrations.put(
        pid,
        context.registerService(
            services.toArray(String[]::new), made, new Hashtable<>(properties)));
    strands.run();
  }

  private String health(String name) throws Exception {
    return context.getServiceReferences(HealthSource.class, null).stream()
        .map(context::getService)
        .filter(source -> source.name().equals(name))
        .map(source -> source.health().level() + " " + source.health().reason())
        .findFirst()
        .orElse("none");
  }

  @Test
  void aRecordTravelsFromTimerThroughFifoFilterAndJoinToThePublisher() throws Exception {
    List<KuraMessage> published = new ArrayList<>();
    CloudPublisher publisher =
        (CloudPublisher)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CloudPublisher.class},
                (proxy, method, args) -> {
                  if (method.getName().equals("publish")) {
                    published.add((KuraMessage) args[0]);
                  }
                  return method.getName().equals("equals") ? proxy == args[0] : null;
                });
    Timer timer = component("timer", (c, p) -> new Timer(strands, helper, c, p));
    Fifo fifo = component("fifo", (c, p) -> new Fifo(strands, helper, c, p));
    component(
        "filter", (c, p) -> new RegexFilter(helper, c, p), "regex.filter", "T.*", "filter.type", 2);
    assertTrue(health("flow/wires/graph").startsWith("STARTING"), health("flow/wires/graph"));
    component(
        "join",
        (c, p) -> new Join(helper, new BarrierAggregators(), new CachingAggregators(), c, p),
        "receiver.port.count",
        2);
    WirePublisher pub = component("pub", (c, p) -> new WirePublisher(strands, helper, c, p));
    assertEquals("OK ", health("flow/wires/graph"));
    assertEquals(5, admin.getWires(null).length);

    strands.advance(Duration.ofSeconds(10));
    assertTrue(health("flow/publish/pub").startsWith("DEGRADED no cloud publisher"));
    invoke(pub, "setCloudPublisher", publisher);
    strands.run();
    assertEquals(1, published.size());
    assertEquals(java.util.Set.of("TIMER"), published.get(0).getPayload().metricNames());
    assertEquals("OK ", health("flow/publish/pub"));

    registrations.get("fifo").unregister();
    strands.advance(Duration.ofSeconds(10));
    assertEquals(1, published.size());
    assertEquals("DEGRADED components not there: fifo", health("flow/wires/graph"));
    register("fifo", fifo, Map.of("service.pid", "service.fifo2", "kura.service.pid", "fifo"));
    strands.advance(Duration.ofSeconds(10));
    assertEquals(2, published.size());

    timer.close();
    fifo.close();
    pub.close();
    strands.advance(Duration.ofSeconds(60));
    assertEquals(2, published.size());
    assertEquals(
        List.of("flow/wires/admin", "flow/wires/closing", "flow/wires/graph", "flow/wires/watch"),
        strands.names(),
        "strands left open");
  }

  private static void invoke(WirePublisher pub, String name, CloudPublisher publisher)
      throws Exception {
    var method = WirePublisher.class.getDeclaredMethod(name, CloudPublisher.class);
    method.setAccessible(true);
    method.invoke(pub, publisher);
  }
}
