package org.penstock.cloud.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.kura.data.DataTransportService;
import org.junit.jupiter.api.Test;

/** Without it a gateway could stay unconnected until somebody drives there. */
class ConnectorTest {

  @Test
  void anErrorOfTheTransportEndedAllAttempts() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch connected = new CountDownLatch(1);
    DataTransportService transport =
        (DataTransportService)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataTransportService.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("isConnected")) {
                    return connected.getCount() == 0;
                  }
                  switch (attempts.incrementAndGet()) {
                    case 1 -> throw new NoClassDefFoundError("com/acme/Missing");
                    case 2 -> throw new NullPointerException("no address");
                    default -> connected.countDown();
                  }
                  return null;
                });
    try (Connector connector = new Connector("test", Duration.ofSeconds(1), failure -> {})) {
      connector.want(true);
      connector.use(transport);
      assertTrue(connected.await(30, TimeUnit.SECONDS), () -> attempts + " attempts");
    }
  }
}
