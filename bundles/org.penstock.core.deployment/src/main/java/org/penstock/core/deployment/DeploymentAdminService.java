package org.penstock.core.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.deploymentadmin.DeploymentAdmin;
import org.osgi.service.deploymentadmin.DeploymentException;
import org.osgi.service.deploymentadmin.DeploymentPackage;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.penstock.api.deployment.Deployments;
import org.penstock.api.deployment.Job;
import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Outcome;
import org.penstock.api.deployment.Outcome.Result;

/**
 * OSGi's interface to deployment packages, signed ones included, over the same transactions as any
 * other door. Its calls wait for the transaction, as the interface wants.
 */
@Component(service = DeploymentAdmin.class)
public final class DeploymentAdminService implements DeploymentAdmin {

  private static final String TOPIC = "org/osgi/service/deployment/";
  private static final Origin ORIGIN = new Origin("", "deploymentadmin");
  private static final long LIMIT_MIN = 60;

  private final Deployments deployments;
  private final PackageBook book;
  private final EventAdmin events;
  private final Runnable unlisten;

  /** Called by the component runtime. */
  @Activate
  public DeploymentAdminService(
      @Reference Deployments deployments,
      @Reference PackageBook book,
      @Reference EventAdmin events) {
    this.deployments = deployments;
    this.book = book;
    this.events = events;
    unlisten = book.listen(this::post);
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    unlisten.run();
  }

  @Override
  public DeploymentPackage installDeploymentPackage(InputStream in) throws DeploymentException {
    if (in == null) {
      throw new IllegalArgumentException("no stream");
    }
    Outcome outcome;
    try (in) {
      outcome = await(book.install("deployment package", in, ORIGIN));
    } catch (IOException e) {
      throw new DeploymentException(
          DeploymentException.CODE_OTHER_ERROR, "the package can't be read: " + e.getMessage(), e);
    }
    return getDeploymentPackage(outcome.name());
  }

  void uninstall(String name) throws DeploymentException {
    await(deployments.uninstall(name, ORIGIN));
  }

  private static Outcome await(Job job) throws DeploymentException {
    try {
      Outcome outcome = job.outcome().toCompletableFuture().get(LIMIT_MIN, TimeUnit.MINUTES);
      if (outcome.result() != Result.DONE) {
        throw new DeploymentException(DeploymentException.CODE_OTHER_ERROR, outcome.reason());
      }
      return outcome;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeploymentException(DeploymentException.CODE_CANCELLED, "interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new DeploymentException(DeploymentException.CODE_TIMEOUT, "no outcome: " + e, e);
    }
  }

  private void post(Outcome outcome) {
    Unit unit = book.units().get(outcome.name());
    boolean uninstall = "uninstall".equals(outcome.action());
    Map<String, Object> properties = new HashMap<>();
    properties.put(DeploymentPackage.EVENT_DEPLOYMENTPACKAGE_NAME, outcome.name());
    if (unit != null && unit.headers().get("DeploymentPackage-Name") != null) {
      properties.put(
          DeploymentPackage.EVENT_DEPLOYMENTPACKAGE_READABLENAME,
          unit.headers().get("DeploymentPackage-Name"));
    }
    properties.put(
        uninstall
            ? DeploymentPackage.EVENT_DEPLOYMENTPACKAGE_CURRENTVERSION
            : DeploymentPackage.EVENT_DEPLOYMENTPACKAGE_NEXTVERSION,
        outcome.version());
    events.postEvent(new Event(TOPIC + (uninstall ? "UNINSTALL" : "INSTALL"), properties));
    properties.put("successful", outcome.result() == Result.DONE);
    events.postEvent(new Event(TOPIC + "COMPLETE", properties));
  }

  @Override
  public DeploymentPackage[] listDeploymentPackages() {
    return book.units().values().stream()
        .filter(Unit::isPackage)
        .map(this::view)
        .toArray(DeploymentPackage[]::new);
  }

  private DeploymentPackage view(Unit unit) {
    return new PackageView(this, book, unit);
  }

  @Override
  public DeploymentPackage getDeploymentPackage(String symbolicName) {
    if (symbolicName == null) {
      throw new IllegalArgumentException("no name");
    }
    Unit unit = book.units().get(symbolicName);
    return unit == null || !unit.isPackage() ? null : view(unit);
  }

  @Override
  public DeploymentPackage getDeploymentPackage(Bundle bundle) {
    return book.units().values().stream()
        .filter(u -> u.isPackage() && u.holding(bundle.getSymbolicName()).isPresent())
        .findFirst()
        .map(this::view)
        .orElse(null);
  }

  @Override
  public boolean cancel() {
    return false; // a transaction that has begun comes to its end by itself
  }
}
