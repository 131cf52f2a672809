package org.penstock.cloud.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** What may be stopped from afar. */
class BundlesTest {

  private final AtomicBoolean stopped = new AtomicBoolean();

  private Bundle bundle(long id) {
    return (Bundle)
        Proxy.newProxyInstance(
            Bundle.class.getClassLoader(),
            new Class<?>[] {Bundle.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getBundleId" -> id;
                  case "getSymbolicName" -> "bundle" + id;
                  case "equals" -> proxy == arguments[0];
                  case "stop" -> {
                    stopped.set(true);
                    yield null;
                  }
                  default -> null;
                });
  }

  /** Seen in review: EXEC/stop/0 ended the gateway for good, and somebody had to drive there. */
  @Test
  void theFrameworkIsNotStoppedFromAfar() throws KuraException {
    KuraException refused = assertThrows(KuraException.class, () -> Bundles.run(bundle(0), false));
    assertEquals(KuraErrorCode.BAD_REQUEST, refused.getCode());
    assertFalse(stopped.get());
    Bundles.run(bundle(7), false);
    assertTrue(stopped.get());
  }
}
