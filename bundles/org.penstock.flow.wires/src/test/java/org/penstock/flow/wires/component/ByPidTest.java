package org.penstock.flow.wires.component;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without it a store could go on writing into a database that its configuration no longer names. */
class ByPidTest {

  private final List<String> told = new ArrayList<>();
  private final ByPid<String> services =
      new ByPid<>(one -> told.add("+" + one), one -> told.add("-" + one));

  @Test
  void onlyTheNamedServiceIsTakenWheneverItComes() {
    services.want("b");
    services.add("a", "first");
    services.add("b", "second");
    assertEquals(List.of("+second"), told);
    services.remove("a", "first");
    services.remove("b", "second");
    assertEquals(List.of("+second", "-second"), told);
  }

  @Test
  void anotherNameGivesTheServiceBackFirst() {
    services.add("a", "first");
    services.add("b", "second");
    services.want("a");
    services.want("a");
    services.want("b");
    services.want("c");
    assertEquals(List.of("+first", "-first", "+second", "-second"), told);
  }

  @Test
  void aReplacedServiceIsExchanged() {
    services.want("a");
    services.add("a", "old");
    services.add("a", "new");
    services.remove("a", "old");
    assertEquals(List.of("+old", "-old", "+new"), told);
  }
}
