package org.penstock.acceptance.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.osgi.framework.Bundle;

/** Runs the tests of the bundle, with its classes as the framework gives them. */
final class InsideRun implements TestExecutionListener {

  /**
   * The end of one test or container.
   *
   * @param type name of its class
   * @param failure null when it passed
   * @param skipped why it was not run, or null
   */
  record Result(String name, String type, Throwable failure, String skipped) {

    void rethrow() throws Throwable {
      Assumptions.assumeTrue(skipped == null, skipped);
      if (failure != null) {
        throw failure;
      }
    }
  }

  private final List<Result> results = new ArrayList<>();
  private TestPlan plan;

  /** Runs all classes. */
  InsideRun(Bundle tests) {
    run(tests, TestBundle.classNames());
  }

  private void run(Bundle tests, List<String> classes) {
    List<DiscoverySelector> selectors = new ArrayList<>();
    for (String name : classes) {
      try {
        selectors.add(DiscoverySelectors.selectClass(tests.loadClass(name)));
      } catch (ClassNotFoundException e) {
        results.add(new Result(name, name, e, null));
      }
    }
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectors).build();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(InsideRun.class.getClassLoader());
    try {
      LauncherFactory.create().execute(request, this);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static String type(TestIdentifier test) {
    return test.getSource()
        .map(
            source ->
                source instanceof MethodSource method
                    ? method.getClassName()
                    : source instanceof ClassSource type ? type.getClassName() : "")
        .orElse("");
  }

  List<Result> results() {
    return results;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    results.add(new Result(name(test), type(test), null, reason));
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Throwable failure = result.getThrowable().orElse(null);
    boolean aborted = result.getStatus() == TestExecutionResult.Status.ABORTED;
    if (test.isTest() || failure != null) {
      results.add(
          aborted
              ? new Result(name(test), type(test), null, String.valueOf(failure))
              : new Result(name(test), type(test), failure, null));
    }
  }

  private String name(TestIdentifier test) {
    Optional<TestIdentifier> parent = plan.getParent(test);
    String own = test.getDisplayName();
    return parent.isPresent() && parent.get().getParentId().isPresent()
        ? parent.get().getDisplayName() + " " + own
        : own;
  }
}
