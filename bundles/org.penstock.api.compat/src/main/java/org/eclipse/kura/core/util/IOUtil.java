package org.eclipse.kura.core.util;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Reads resources of bundles as UTF-8 texts; null if there is no such resource. */
public final class IOUtil {

  private IOUtil() {}

  public static String readResource(String resourceName) throws IOException {
    Bundle own = FrameworkUtil.getBundle(IOUtil.class);
    return own == null
        ? readResource(IOUtil.class.getClassLoader().getResource(resourceName))
        : readResource(own, resourceName);
  }

  public static String readResource(BundleContext context, String resourceName) throws IOException {
    return readResource(context.getBundle(), resourceName);
  }

  public static String readResource(Bundle bundle, String resourceName) throws IOException {
    return readResource(bundle.getResource(resourceName));
  }

  public static String readResource(URL resource) throws IOException {
    if (resource == null) {
      return null;
    }
    try (InputStream in = resource.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
