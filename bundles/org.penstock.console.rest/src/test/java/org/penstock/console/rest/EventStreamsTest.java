package org.penstock.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.penstock.api.job.Jobs;
import org.penstock.api.security.Caller;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.penstock.console.rest.EventStreams.Wish;

/** Without it each watcher who goes at once would cost memory, and work at each event, for ever. */
class EventStreamsTest {

  private static final Caller ANNA = new Caller("anna", Set.of("jobs.read"));

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final AtomicReference<WriteListener> listener = new AtomicReference<>();
  private final EventHub hub = new EventHub(() -> 0);
  private final EventStreams streams = streams();

  private EventStreams streams() {
    Strands strands = name -> strand();
    Jobs jobs = fake(Jobs.class, (proxy, method, given) -> (AutoCloseable) () -> {});
    return new EventStreams(
        hub,
        new ValueWatch(hub, null, strands),
        new HealthWatch(hub, null, jobs, strands),
        strands);
  }

  private Strand strand() {
    return fake(
        Strand.class,
        (proxy, method, given) -> {
          if (method.getName().equals("execute")) {
            tasks.add((Runnable) given[0]);
          }
          return method.getReturnType() == int.class ? (Object) 0 : null;
        });
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object nothing(Method method) {
    return method.getReturnType() == boolean.class ? (Object) false : null;
  }

  /** A connection whose client takes nothing yet. */
  private final class Connection extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return false;
    }

    @Override
    public void setWriteListener(WriteListener writes) {
      listener.set(writes);
    }

    @Override
    public void write(int b) {
      throw new IllegalStateException("nothing was to be written");
    }
  }

  private void open() throws IOException {
    String ticket = streams.grant(new Wish(ANNA, Set.of("jobs"), Set.of(), null)).orElseThrow();
    Connection connection = new Connection();
    HttpServletResponse response =
        fake(
            HttpServletResponse.class,
            (proxy, method, given) ->
                method.getName().equals("getOutputStream") ? connection : nothing(method));
    AsyncContext context =
        fake(
            AsyncContext.class,
            (proxy, method, given) -> method.getName().equals("getResponse") ? response : null);
    HttpServletRequest request =
        fake(
            HttpServletRequest.class,
            (proxy, method, given) ->
                method.getName().equals("startAsync") ? context : nothing(method));
    streams.open(ticket, request, response, () -> Optional.of(ANNA));
  }

  private void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private int open(String figure) {
    return (Integer) streams.health().figures().get(figure);
  }

  /** Seen in review: he was put on the list after he had been taken off, and stayed there. */
  @Test
  void whoGoesBeforeHeHasJoinedIsOnNoList() throws IOException {
    open();
    listener.get().onError(new IOException("gone"));
    runTasks();
    assertEquals(0, hub.watching());
    assertEquals(0, open("streams"));
  }

  @Test
  void whoStaysIsOnTheListUntilHeGoes() throws IOException {
    open();
    runTasks();
    assertEquals(1, hub.watching());
    listener.get().onError(new IOException("gone"));
    assertEquals(0, hub.watching());
    assertEquals(0, open("streams"));
  }
}
