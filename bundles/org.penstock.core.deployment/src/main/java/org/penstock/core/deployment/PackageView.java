package org.penstock.core.deployment;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.service.deploymentadmin.BundleInfo;
import org.osgi.service.deploymentadmin.DeploymentException;
import org.osgi.service.deploymentadmin.DeploymentPackage;

/** An installed package as OSGi's interface shows it; stale once it is updated or gone. */
final class PackageView implements DeploymentPackage {

  /** One bundle of it. */
  private record Info(String getSymbolicName, Version getVersion) implements BundleInfo {}

  private final DeploymentAdminService admin;
  private final PackageBook book;
  private final Unit unit;

  PackageView(DeploymentAdminService admin, PackageBook book, Unit unit) {
    this.admin = admin;
    this.book = book;
    this.unit = unit;
  }

  @Override
  public boolean isStale() {
    Unit now = book.units().get(unit.name());
    return now == null || !now.sha256().equals(unit.sha256());
  }

  @Override
  public String getName() {
    return unit.name();
  }

  @Override
  public String getDisplayName() {
    return getHeader("DeploymentPackage-Name");
  }

  @Override
  public Version getVersion() {
    return Version.parseVersion(unit.version());
  }

  @Override
  public BundleInfo[] getBundleInfos() {
    checkStale();
    return unit.holdings().stream()
        .map(h -> new Info(h.symbolicName(), Version.parseVersion(h.version())))
        .toArray(BundleInfo[]::new);
  }

  @Override
  public URL getIcon() {
    checkStale();
    return null; // icons of packages are not kept
  }

  @Override
  public Bundle getBundle(String symbolicName) {
    checkStale();
    return unit.holding(symbolicName).flatMap(h -> book.bundle(h.location())).orElse(null);
  }

  @Override
  public String[] getResources() {
    checkStale();
    List<String> names = new ArrayList<>(manifest().getEntries().keySet());
    names.sort(null);
    return names.toArray(String[]::new);
  }

  @Override
  public ServiceReference<?> getResourceProcessor(String resource) {
    checkStale();
    return null; // there are none
  }

  @Override
  public String getHeader(String header) {
    return unit.headers().entrySet().stream()
        .filter(e -> e.getKey().equalsIgnoreCase(header))
        .map(java.util.Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  @Override
  public String getResourceHeader(String resource, String header) {
    Attributes section = manifest().getAttributes(resource);
    return section == null ? null : section.getValue(header);
  }

  private Manifest manifest() {
    try {
      return SignedJar.manifest(book.content(unit.sha256()));
    } catch (IOException e) {
      return new Manifest(); // the store is damaged; the health page says so
    }
  }

  @Override
  public void uninstall() throws DeploymentException {
    checkStale();
    admin.uninstall(unit.name());
  }

  @Override
  public boolean uninstallForced() throws DeploymentException {
    uninstall();
    return true;
  }

  private void checkStale() {
    if (isStale()) {
      throw new IllegalStateException("package " + unit.name() + " was updated or removed");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeploymentPackage p
        && p.getName().equals(getName())
        && p.getVersion().equals(getVersion());
  }

  @Override
  public int hashCode() {
    return getName().hashCode() * 31 + getVersion().hashCode();
  }
}
