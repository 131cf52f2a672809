package org.penstock.core.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.penstock.api.job.Job;
import org.penstock.api.job.JobException;
import org.penstock.api.job.Work;

/** Without it long work could end without anybody learning how, or never end. */
class JobServiceTest {

  private static final int LIMIT_S = 30;

  private final StrandService strands = new StrandService();
  private final JobService jobs = new JobService(strands);
  private final List<Job> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    jobs.stop();
    strands.stop();
  }

  /** Runs the work to its end. */
  private Job ended(Work work, Runnable meanwhile) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (AutoCloseable listening =
        jobs.listen(
            job -> {
              told.add(job);
              if (job.ended().isPresent()) {
                end.countDown();
              }
            })) {
      jobs.start("test.work", "anna", work);
      meanwhile.run();
      assertTrue(end.await(LIMIT_S, TimeUnit.SECONDS), "the job does not end");
      return told.get(told.size() - 1);
    }
  }

  @Test
  void progressAndResultAreTold() throws Exception {
    Job job =
        ended(
            progress -> {
              progress.report(250, "half");
              return "{\"found\":3}";
            },
            () -> {});
    assertEquals(Job.State.SUCCEEDED, job.state());
    assertEquals("{\"found\":3}", job.result());
    assertEquals(100, told.get(1).percent(), "never above 100");
    assertEquals("half", told.get(1).step());
    assertEquals(job, jobs.job(job.id()).orElseThrow());
    assertFalse(jobs.cancel(job.id()), "it has ended");
  }

  @Test
  void aFailureIsToldInWords() throws Exception {
    Job failed =
        ended(
            progress -> {
              throw new JobException("unit 3 does not answer; check the wiring", null);
            },
            () -> {});
    assertEquals(Job.State.FAILED, failed.state());
    assertEquals("unit 3 does not answer; check the wiring", failed.step());
  }

  @Test
  void whatAFailedJobFoundIsKept() throws Exception {
    Job failed =
        ended(
            progress -> {
              throw JobException.after("tls: the certificate expired", "[{\"step\":\"tcp\"}]");
            },
            () -> {});
    assertEquals("tls: the certificate expired", failed.step());
    assertEquals("[{\"step\":\"tcp\"}]", failed.result());
  }

  @Test
  void cancelInterruptsWorkThatWaits() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Job job =
        ended(
            progress -> {
              begun.countDown();
              new CountDownLatch(1).await();
              return "";
            },
            () -> {
              awaitQuietly(begun);
              assertTrue(jobs.cancel(jobs.jobs().get(0).id()));
            });
    assertEquals(Job.State.CANCELLED, job.state());
  }

  @Test
  void aCancelledJobThatEndedInPeaceCountedAsSucceeded() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Job job =
        ended(
            progress -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                return "three frames"; // what it has is worth telling
              }
              return "all";
            },
            () -> {
              awaitQuietly(begun);
              assertTrue(jobs.cancel(jobs.jobs().get(0).id()));
            });
    assertEquals(Job.State.CANCELLED, job.state());
    assertEquals("three frames", job.result());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(LIMIT_S, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theNinthAtATimeIsRefused() {
    CountDownLatch never = new CountDownLatch(1);
    Work waits =
        progress -> {
          never.await();
          return "";
        };
    for (int i = 0; i < 8; i++) {
      jobs.start("test.work", "anna", waits);
    }
    assertThrows(IllegalStateException.class, () -> jobs.start("test.work", "anna", waits));
  }
}
