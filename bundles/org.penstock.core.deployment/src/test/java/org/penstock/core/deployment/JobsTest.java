package org.penstock.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Outcome;
import org.penstock.api.deployment.Outcome.Result;

/** The last fifty jobs are shown. Seen in review: each held its package, 50 times 32 MiB in a small heap. */
class JobsTest {

  private static final Origin ORIGIN = new Origin("test", "test");

  private static Outcome done(byte[] content) {
    return new Outcome("install", "a", "", "" + content.length, ORIGIN, 0, 0, Result.DONE, "");
  }

  private static WeakReference<byte[]> add(Jobs jobs) throws Exception {
    byte[] content = new byte[1 << 20];
    Jobs.Work job = jobs.add("install", "a.jar", ORIGIN, work -> done(content));
    job.outcome().toCompletableFuture().get(10, TimeUnit.SECONDS);
    return new WeakReference<>(content);
  }

  @Test
  void anEndedJobThatIsShownHoldsNoContentAnyMore() throws Exception {
    try (Jobs jobs = new Jobs("test/jobs")) {
      WeakReference<byte[]> content = add(jobs);
      long id = jobs.add("uninstall", "a", ORIGIN, work -> null).id();
      for (int i = 0; i < 50 && content.get() != null; i++) {
        System.gc();
        TimeUnit.MILLISECONDS.sleep(10);
      }
      assertTrue(content.get() == null, "the shown job still holds the content");
      assertEquals("a.jar", jobs.job(id - 1).orElseThrow().subject(), "it is shown");
    }
  }
}
