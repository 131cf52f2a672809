package org.penstock.driver.lorawan.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.driver.lorawan.codec.Datagram;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.region.RegionFile;

/** Which gateways are heard. If deleted: a thousand made-up EUIs could shut out the plant's own gateway. */
class GatewaysTest {

  private static final int MOST = 1_000;
  private static final Eui REAL = Eui.parse("0102030405060708");
  private static final Eui PROVEN = Eui.parse("0102030405060709");
  private static final SocketAddress FROM = InetSocketAddress.createUnresolved("gateway", 1700);

  @TempDir Path folder;
  private final Counters counters = new Counters();
  private long now = -50_000; // nanoseconds may be negative

  private Gateways gateways(Set<Eui> allowed) throws Exception {
    return new Gateways(
        allowed, RegionFile.load("EU868", folder), counters, (to, bytes) -> {}, heard -> {});
  }

  private void pulls(Gateways gateways, Eui gateway) {
    Datagram pull = new Datagram(Datagram.Kind.PULL_DATA, 1, gateway, "");
    gateways.datagram(FROM, pull.encode(), ++now);
  }

  private static Eui stranger(int number) {
    return new Eui(0xbad0_0000_0000_0000L + number);
  }

  @Test
  void aThousandStrangersDoNotShutOutTheRealGateway() throws Exception {
    Gateways gateways = gateways(Set.of());
    pulls(gateways, PROVEN);
    gateways.genuine(List.of(new Heard(PROVEN, null, now)));
    for (int i = 0; i < MOST; i++) {
      pulls(gateways, stranger(i));
    }
    pulls(gateways, REAL);
    assertTrue(gateways.reachable(REAL), "it comes after a thousand others");
    assertTrue(gateways.reachable(PROVEN), "its devices' frames speak for it");
    assertEquals(MOST, gateways.count());
    assertFalse(gateways.reachable(stranger(0)), "the oldest goes");
    assertFalse(gateways.reachable(stranger(1)), "and the one after it");
    assertTrue(gateways.reachable(stranger(2)));
    assertEquals(2, counters.of("gateways.forgotten"));
  }

  @Test
  void allThatAreConfiguredAreHeardHoweverMany() throws Exception {
    Set<Eui> allowed = new HashSet<>();
    for (int i = 0; i <= MOST; i++) {
      allowed.add(stranger(i));
    }
    Gateways gateways = gateways(allowed);
    allowed.forEach(each -> pulls(gateways, each));
    pulls(gateways, REAL);
    assertEquals(MOST + 1, gateways.count());
    assertFalse(gateways.reachable(REAL));
    assertEquals(1, counters.of("datagrams.forbidden"));
  }
}
