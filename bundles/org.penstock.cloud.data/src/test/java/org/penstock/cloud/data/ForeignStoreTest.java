package org.penstock.cloud.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.message.store.StoredMessage;
import org.eclipse.kura.message.store.provider.MessageStore;
import org.junit.jupiter.api.Test;
import org.penstock.api.outbox.OutboxMessage;

/** Without it messages in another provider's store could be lost, sent twice or never deleted. */
class ForeignStoreTest {

  /** What Kura's contract asks of a store, in memory; notes the calls that mark messages. */
  private static final class Memory {

    private final TreeMap<Integer, StoredMessage> waiting = new TreeMap<>();
    private final TreeMap<Integer, StoredMessage> flying = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private boolean broken;

    MessageStore store() {
      return (MessageStore)
          Proxy.newProxyInstance(
              MessageStore.class.getClassLoader(),
              new Class<?>[] {MessageStore.class},
              (proxy, method, arguments) -> answer(method.getName(), arguments));
    }

    private Object answer(String method, Object... arguments) throws KuraStoreException {
      if (broken) {
        throw new KuraStoreException("the database is locked");
      }
      switch (method) {
        case "store" -> {
          int id = waiting.size() + flying.size() + 1;
          waiting.put(id, message(id, arguments));
          return id;
        }
        case "getNextMessage" -> {
          return waiting.values().stream()
              .min(
                  Comparator.comparingInt(StoredMessage::getPriority)
                      .thenComparingInt(StoredMessage::getId));
        }
        case "getMessageCount" -> {
          return waiting.size() + flying.size();
        }
        case "getUnpublishedMessages" -> {
          return List.copyOf(waiting.values());
        }
        case "getInFlightMessages" -> {
          return List.copyOf(flying.values());
        }
        default -> {
          mark(method, arguments);
          return null;
        }
      }
    }

    private static StoredMessage message(int id, Object... given) {
      return new StoredMessage.Builder(id)
          .withTopic((String) given[0])
          .withPayload((byte[]) given[1])
          .withQos((Integer) given[2])
          .withRetain((Boolean) given[3])
          .withPriority((Integer) given[4])
          .withCreatedOn(new Date(1000L + id))
          .build();
    }

    private void mark(String method, Object... arguments) {
      if (method.equals("unpublishAllInFlighMessages")) {
        waiting.putAll(flying);
        flying.clear();
      } else if (method.equals("markAsPublished")) {
        StoredMessage sent = waiting.remove((Integer) arguments[0]);
        if (sent.getQos() > 0) {
          flying.put(sent.getId(), sent);
        }
      } else if (method.equals("markAsConfirmed")) {
        flying.remove((Integer) arguments[0]);
      }
      calls.add(method + (arguments == null ? "" : " " + arguments[0] + " of " + arguments.length));
    }
  }

  private final Memory memory = new Memory();
  private final ForeignStore store = new ForeignStore(memory.store(), 3);

  private int add(String topic, int qos, int priority) throws IOException {
    return store
        .add(
            new OutboxMessage(
                "",
                topic,
                new byte[] {1},
                qos,
                false,
                priority,
                OutboxMessage.Durability.GROUP,
                false))
        .id();
  }

  private String next() throws IOException {
    Optional<Message> next = store.next((priority, qos) -> true);
    return next.map(Message::topic).orElse("none");
  }

  @Test
  void messagesLeaveByPriorityAndEachIsMarkedAsItsQosAsks() throws IOException {
    add("late", 1, 7);
    add("light", 0, 5);
    assertEquals("light", next());
    assertEquals(List.of(), memory.calls, "nothing is marked before it is sent");
    assertTrue(store.remove(2));
    assertEquals("late", next());
    assertEquals("none", next());
    assertEquals(1, store.inFlight());
    assertTrue(store.remove(1));
    assertEquals(
        List.of("markAsPublished 2 of 1", "markAsPublished 1 of 2", "markAsConfirmed 1 of 1"),
        memory.calls);
    assertEquals(0, store.depth());
  }

  @Test
  void whatWasInFlightIsSentAgainInANewSession() throws IOException {
    add("a", 1, 7);
    add("b", 1, 7);
    assertEquals("a", next());
    assertEquals("b", next());
    assertEquals(2, store.putBackAll(Set.of()));
    assertEquals("a", next());
    store.putBack(1);
    assertEquals("a", next());
    assertEquals(2, store.depth());
    assertEquals(1001, store.oldest());
  }

  @Test
  void fullItRefusesAllButLifeCycleAndReplies() throws IOException {
    add("a", 1, 7);
    add("b", 1, 7);
    add("c", 1, 7);
    Outbox.Full full = assertThrows(Outbox.Full.class, () -> add("d", 1, 2));
    assertTrue(full.getMessage().contains("3 messages (store.capacity)"), full.getMessage());
    assertEquals(4, add("reply", 0, 1));
    assertEquals(5, add("birth", 1, 0));
    assertEquals(1, store.evicted());
  }

  @Test
  void whatTheStoreSaysIsHandedOn() throws IOException {
    add("a", 1, 7);
    memory.broken = true;
    IOException failure = assertThrows(IOException.class, this::next);
    assertTrue(failure.getMessage().contains("the database is locked"), failure.getMessage());
    memory.broken = false;
    assertEquals("a", next());
  }
}
