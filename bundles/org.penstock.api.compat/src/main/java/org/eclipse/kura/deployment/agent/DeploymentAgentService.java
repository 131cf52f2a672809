package org.eclipse.kura.deployment.agent;

import org.eclipse.kura.ssl.SslManagerService;

/** Installs and removes deployment packages in the background, and posts an event when it is done. */
public interface DeploymentAgentService {

  /** Not a compile-time constant, as Kura's is not. */
  String EVENT_INSTALLED_TOPIC = String.join("/", "org/eclipse/kura/deployment/agent", "INSTALLED");

  String EVENT_PACKAGE_URL = "deploymentpackage.url";
  String EVENT_SUCCESSFUL = "successful";
  String EVENT_EXCEPTION = "exception";

  /** Not a compile-time constant, as Kura's is not. */
  String EVENT_UNINSTALLED_TOPIC =
      String.join("/", "org/eclipse/kura/deployment/agent", "UNINSTALLED");

  String EVENT_PACKAGE_NAME = "deploymentpackage.name";
  String EVENT_PACKAGE_VERSION = "deploymentpackage.version";

  void installDeploymentPackageAsync(String url) throws Exception;

  void uninstallDeploymentPackageAsync(String name) throws Exception;

  boolean isInstallingDeploymentPackage(String url);

  MarketplacePackageDescriptor getMarketplacePackageDescriptor(String url);

  MarketplacePackageDescriptor getMarketplacePackageDescriptor(
      String url, SslManagerService sslManagerService);

  boolean isUninstallingDeploymentPackage(String name);
}
