package org.penstock.cloud.remote;

import java.util.Optional;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;

/** The framework's bundles, for requests. */
final class Bundles {

  private final BundleContext context;

  Bundles(BundleContext context) {
    this.context = context;
  }

  Bundle[] all() {
    return context.getBundles();
  }

  Bundle byId(String id) throws KuraException {
    try {
      Bundle bundle = context.getBundle(Long.parseLong(id));
      if (bundle == null) {
        throw Exchange.notFound("there is no bundle " + id);
      }
      return bundle;
    } catch (NumberFormatException e) {
      throw Exchange.bad("a bundle's id is a number, given: " + id);
    }
  }

  Bundle byName(String name, Optional<String> version) throws KuraException {
    for (Bundle bundle : context.getBundles()) {
      boolean same = version.isEmpty() || bundle.getVersion().toString().equals(version.get());
      if (name.equals(bundle.getSymbolicName()) && same) {
        return bundle;
      }
    }
    throw Exchange.notFound("there is no bundle " + name);
  }

  /** Starts or stops; the framework itself and what carries this connection are not stopped so. */
  static void run(Bundle bundle, boolean start) throws KuraException {
    if (!start
        && (bundle.getBundleId() == 0 || bundle.equals(FrameworkUtil.getBundle(Bundles.class)))) {
      throw Exchange.bad(bundle.getSymbolicName() + " is not stopped from afar");
    }
    try {
      if (start) {
        bundle.start();
      } else {
        bundle.stop();
      }
    } catch (BundleException e) {
      throw new KuraException(
          KuraErrorCode.INTERNAL_ERROR,
          e,
          bundle.getSymbolicName()
              + " can't be "
              + (start ? "started: " : "stopped: ")
              + e.getMessage());
    }
  }

  static String state(Bundle bundle) {
    return switch (bundle.getState()) {
      case Bundle.UNINSTALLED -> "UNINSTALLED";
      case Bundle.INSTALLED -> "INSTALLED";
      case Bundle.RESOLVED -> "RESOLVED";
      case Bundle.STARTING -> "STARTING";
      case Bundle.STOPPING -> "STOPPING";
      case Bundle.ACTIVE -> "ACTIVE";
      default -> "UNKNOWN";
    };
  }
}
