package org.penstock.core.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Without it passwords could be guessed, or a guesser could keep the legitimate user out. */
class LockOutTest {

  private final AtomicLong now = new AtomicLong(1);
  private final LockOut lockOut = new LockOut(now::get);

  private boolean lookedAt(String name, String address) {
    return lockOut.begin(name, address).isZero();
  }

  private void after(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void anAddressWaitsTwiceAsLongEachTime() {
    for (int seconds = 1; seconds <= 512; seconds *= 2) {
      assertTrue(lookedAt("admin", "a"), "after " + seconds);
      assertEquals(Duration.ofSeconds(seconds), lockOut.wait("a"));
      after(Duration.ofSeconds(seconds).minusMillis(1));
      assertFalse(lookedAt("admin", "a"), "before " + seconds);
      after(Duration.ofMillis(1));
    }
  }

  @Test
  void aRightPasswordClearsTheAddress() {
    assertTrue(lookedAt("admin", "a"));
    after(Duration.ofSeconds(1));
    assertTrue(lookedAt("admin", "a"));
    lockOut.passed("admin", "a");
    assertTrue(lookedAt("admin", "a"));
    assertEquals(Duration.ofSeconds(1), lockOut.wait("a"), "counted from the beginning");
  }

  /** 10,000 guesses from 10 addresses within a minute: a handful is looked at. */
  @Test
  void manyAddressesGainNothingAndTheLegitimateUserGetsIn() {
    int lookedAt = 0;
    for (int guess = 0; guess < 10_000; guess++) {
      lookedAt += lookedAt("admin", "10.0.0." + guess % 10) ? 1 : 0;
      after(Duration.ofMillis(6));
    }
    assertTrue(lookedAt >= 10 && lookedAt <= 20, lookedAt + " guesses were looked at");
    assertTrue(lookedAt("admin", "192.0.2.1"), "the user at another address");
  }

  @Test
  void namesInTurnGainNothing() {
    int lookedAt = 0;
    for (int guess = 0; guess < 1000; guess++) {
      lookedAt += lookedAt("user" + guess, "10.0.0.1") ? 1 : 0;
      after(Duration.ofMillis(60));
    }
    assertTrue(lookedAt <= 7, lookedAt + " guesses were looked at");
  }

  @Test
  void oneNetworkOfIpv6IsOnePlace() {
    assertTrue(lookedAt("admin", "2001:db8:1:2:3:4:5:6"));
    assertFalse(lookedAt("admin", "2001:db8:1:2:ffff:4:5:7"));
    assertTrue(lookedAt("admin", "2001:db8:1:3:3:4:5:6"));
  }

  @Test
  void whatIsLongAgoIsForgotten() {
    assertTrue(lookedAt("admin", "a"));
    after(Duration.ofMinutes(16));
    assertTrue(lookedAt("admin", "a"));
    assertEquals(Duration.ofSeconds(1), lockOut.wait("a"));
  }
}
