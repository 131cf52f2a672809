package org.penstock.cloud.connection;

import java.io.File;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.felix.framework.FrameworkFactory;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

/** A service registry, an endpoint and a data service that remembers. */
final class Stage implements AutoCloseable {

  static final String ENDPOINT = "org.eclipse.kura.cloud.CloudService-1";

  final TestStrands strands = new TestStrands();
  final FakeData data = new FakeData();
  final BundleContext context;
  final CloudServiceEndpoint endpoint;
  private final AtomicBoolean running = new AtomicBoolean(true);
  private final Framework framework;
  private final ServiceRegistration<?> registration;

  Stage(File cache, Map<String, Object> options) throws BundleException {
    framework =
        new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", cache.getPath()));
    framework.start();
    context = framework.getBundleContext();
    endpoint =
        new CloudServiceEndpoint(
            context,
            config(CloudServiceConfig.class, options),
            Map.of("kura.service.pid", ENDPOINT),
            strands);
    endpoint.setDataService(data);
    Dictionary<String, Object> properties = new Hashtable<>(Map.of("kura.service.pid", ENDPOINT));
    registration = context.registerService(CloudEndpoint.class, endpoint, properties);
  }

  /** A typed configuration from Kura's keys, as the component runtime makes it. */
  static <T> T config(Class<T> type, Map<String, Object> given) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type, Annotation.class},
            (proxy, method, arguments) -> {
              Object value = given.get(method.getName().replace("$_$", "-").replace('_', '.'));
              return value == null ? method.getDefaultValue() : value;
            }));
  }

  KuraPublisher publisher(Map<String, Object> options) {
    Map<String, Object> properties = new HashMap<>(options);
    properties.put("cloud.endpoint.service.pid", ENDPOINT);
    return new KuraPublisher(context, config(PublisherConfig.class, options), properties);
  }

  KuraSubscriber subscriber(Map<String, Object> options) {
    Map<String, Object> properties = new HashMap<>(options);
    properties.put("cloud.endpoint.service.pid", ENDPOINT);
    return new KuraSubscriber(context, config(SubscriberConfig.class, options), properties);
  }

  /** Takes the endpoint away from publishers and subscribers. */
  void removeEndpoint() {
    registration.unregister();
  }

  /** Stops the endpoint, once. */
  void stop() {
    if (running.compareAndSet(true, false)) {
      endpoint.stop();
    }
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    stop();
    strands.close();
    framework.stop();
    framework.waitForStop(10_000);
  }
}
