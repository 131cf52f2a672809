package org.penstock.acceptance.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.asset.AssetService;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.DriverService;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.graph.WireGraphService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.event.EventHandler;
import org.slf4j.LoggerFactory;

/** What an add-on written for Kura finds in the service registry of the assembled product. */
class ServicesTest {

  private final BundleContext context =
      FrameworkUtil.getBundle(ServicesTest.class).getBundleContext();

  @ParameterizedTest
  @ValueSource(
      classes = {
        ConfigurationService.class,
        CryptoService.class,
        AssetService.class,
        DriverService.class,
        WireHelperService.class,
        WireGraphService.class
      })
  void kurasServicesAreRegistered(Class<?> service) {
    assertNotNull(context.getServiceReference(service), service.getName());
  }

  @Test
  void theApiComesFromOneBundleWithKurasName() {
    Bundle api = FrameworkUtil.getBundle(ConfigurationService.class);
    assertEquals("org.eclipse.kura.api", api.getSymbolicName());
    assertEquals("2.8.0", api.getVersion().toString().substring(0, 5));
  }

  /** Section 2 of the contract: a driver is configurable, and stands under Drivers only. */
  @Test
  void eachDriverIsAConfigurableFactoryThatIsHiddenAmongServices() {
    ServiceComponentRuntime runtime = service(ServiceComponentRuntime.class);
    List<ComponentDescriptionDTO> drivers =
        runtime.getComponentDescriptionDTOs().stream()
            .filter(one -> Arrays.asList(one.serviceInterfaces).contains(Driver.class.getName()))
            .toList();
    assertTrue(drivers.size() >= 5, () -> "only " + drivers.size());
    for (ComponentDescriptionDTO one : drivers) {
      assertTrue(
          Arrays.asList(one.serviceInterfaces).contains(ConfigurableComponent.class.getName()),
          one.name);
      assertEquals("require", one.configurationPolicy, one.name);
      assertTrue(one.properties.containsKey("kura.ui.service.hide"), one.name);
      assertTrue(
          service(ConfigurationService.class).getFactoryComponentPids().contains(one.name),
          one.name);
    }
  }

  /** Both the log and Event Admin told of it. */
  @Test
  void eachLogLineReachedHandlersOfLogEventsTwice() throws InterruptedException {
    List<String> heard = new CopyOnWriteArrayList<>();
    CountDownLatch last = new CountDownLatch(1);
    EventHandler handler =
        event -> {
          String line = String.valueOf(event.getProperty("message"));
          heard.add(line);
          if (line.equals("the last line")) {
            last.countDown();
          }
        };
    var registration =
        context.registerService(
            EventHandler.class,
            handler,
            FrameworkUtil.asDictionary(Map.of("event.topics", "org/osgi/service/log/LogEntry/*")));
    try {
      LoggerFactory.getLogger(ServicesTest.class).info("a line");
      LoggerFactory.getLogger(ServicesTest.class).info("the last line");
      assertTrue(last.await(60, TimeUnit.SECONDS), "no log event came");
    } finally {
      registration.unregister();
    }
    assertEquals(1, heard.stream().filter("a line"::equals).count());
  }

  private <S> S service(Class<S> type) {
    return context.getService(context.getServiceReference(type));
  }
}
