package org.penstock.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without it one address could take all connections, or hold one for ever. */
class OpenConnectionsTest {

  private static final class Client implements OpenConnections.Progress {
    private long requests;
    private long bytes;

    @Override
    public long requests() {
      return requests;
    }

    @Override
    public long bytes() {
      return bytes;
    }
  }

  private long now;
  private final OpenConnections connections = new OpenConnections(() -> now);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void oneAddressLeavesRoomForOthers() {
    Object first = new Object();
    assertTrue(connections.enter(first, "a"));
    for (int i = 1; i < OpenConnections.MOST_OF_ONE; i++) {
      assertTrue(connections.enter(new Object(), "a"));
    }
    Object refused = new Object();
    assertFalse(connections.enter(refused, "a"));
    assertTrue(connections.enter(new Object(), "b"));
    connections.leave(refused);
    assertFalse(connections.enter(new Object(), "a"), "one that was refused gives no place back");
    connections.leave(first);
    assertTrue(connections.enter(new Object(), "a"));
  }

  @Test
  void thereIsAnEndForAllTogether() {
    for (int i = 0; i < OpenConnections.MOST; i++) {
      assertTrue(connections.enter(new Object(), "a" + i));
    }
    assertFalse(connections.enter(new Object(), "b"));
    assertEquals(OpenConnections.MOST, connections.size());
  }

  @Test
  void whoSendsNoFirstRequestGoes() {
    Client client = new Client();
    connections.opened(client, client);
    pass(OpenConnections.FIRST);
    client.bytes = 7;
    assertEquals(List.of(), connections.late());
    pass(Duration.ofMillis(1));
    assertEquals(List.of(client), connections.late());
    connections.closed(client);
    assertEquals(List.of(), connections.late());
  }

  @Test
  void whoWaitsForAnswersStaysAndWhoDripsTheNextRequestGoes() {
    Client client = new Client();
    connections.opened(client, client);
    client.requests = 1;
    client.bytes = 100;
    assertEquals(List.of(), connections.late());
    pass(Duration.ofHours(5));
    assertEquals(List.of(), connections.late(), "an event stream");
    client.bytes = 101;
    assertEquals(List.of(client), connections.late());
    client.bytes = 102;
    client.requests = 2;
    assertEquals(List.of(), connections.late(), "it came after all");
  }
}
