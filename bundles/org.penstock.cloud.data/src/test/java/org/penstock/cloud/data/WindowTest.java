package org.penstock.cloud.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Without it a distant broker would be starved, or a slow one flooded. */
class WindowTest {

  private final long[] now = {0};

  private void rounds(Window window, int count, long tripMs) {
    for (int round = 0; round < count; round++) {
      int size = window.size();
      long sent = now[0];
      now[0] += tripMs * 1_000_000;
      for (int i = 0; i < size; i++) {
        window.confirmed(sent, i == 0); // a burst: after the first of it there is room
      }
    }
  }

  @Test
  void growsToItsLimitOverADistantLineAndShrinksWhenTheBrokerIsSlow() {
    Window window = new Window(1000, () -> now[0]);
    rounds(window, 12, 100);
    assertEquals(1000, window.size());
    rounds(window, 4, 2000);
    assertTrue(window.size() < 500, "still " + window.size());
    window.reset();
    assertEquals(50, window.size());
  }

  @Test
  void doesNotGrowWhileItIsNotFull() {
    Window window = new Window(1000, () -> now[0]);
    for (int i = 0; i < 10_000; i++) {
      window.confirmed(now[0], false);
    }
    assertEquals(50, window.size());
  }
}
