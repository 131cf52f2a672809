package org.penstock.driver.modbus.link;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** If deleted: one mistyped address could stop the thread of all links until a name server answers. */
class ResolverTest {

  @ParameterizedTest
  @ValueSource(strings = {"192.168.1.300", "192.168.1", "1.2.3.4.5", "10..0.1", ".", "1", "plc"})
  void whatIsNoAddressIsLookedUpInAThreadOfItsOwn(String host) {
    assertFalse(Resolver.needsNoNameServer(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0", "192.168.1.30", "255.255.255.255", "::1", "fe80::1%eth0", "localhost"})
  void addressesAreUsedAtOnce(String host) {
    assertTrue(Resolver.needsNoNameServer(host));
  }
}
