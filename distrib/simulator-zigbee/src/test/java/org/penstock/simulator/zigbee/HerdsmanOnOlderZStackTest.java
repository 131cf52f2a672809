package org.penstock.simulator.zigbee;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The same with the older Z-Stacks; without it a driver could not be judged on sticks of the first generations, nor
 * over a pseudo terminal.
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class HerdsmanOnOlderZStackTest {

  /** CC2531. */
  @Nested
  class OnVersion12 extends HerdsmanRun {
    OnVersion12() {
      super(Protocol.ZNP_1_2, "zstack");
    }
  }

  /** CC2530, CC2538; over a pseudo terminal that socat makes of the port. */
  @Nested
  class OnVersion30ByTerminal extends HerdsmanRun {
    private final List<Process> terminals = new ArrayList<>();

    OnVersion30ByTerminal() {
      super(Protocol.ZNP_3_0_X, "zstack");
    }

    @Override
    String path(Path folder, int port) {
      Path link = folder.resolve("stick" + terminals.size());
      String terminal = "pty,link=" + link + ",raw,echo=0";
      try {
        terminals.add(
            new ProcessBuilder("socat", terminal, "tcp:127.0.0.1:" + port).inheritIO().start());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Herdsman.LIMIT_SECONDS);
      while (!Files.exists(link) && System.nanoTime() < end) {
        LockSupport.parkNanos(5_000_000);
      }
      return link.toString();
    }

    @AfterAll
    void endTerminals() {
      terminals.forEach(Process::destroy);
    }
  }
}
