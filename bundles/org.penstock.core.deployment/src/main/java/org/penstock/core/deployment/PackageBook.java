package org.penstock.core.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.penstock.api.deployment.Job;
import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Outcome;

/** What this bundle's own components know beyond the API. */
interface PackageBook {

  /** What is installed, by name. */
  Map<String, Unit> units();

  /** A bundle of the framework. */
  Optional<Bundle> bundle(String location);

  /** A content of the store. */
  Path content(String sha256) throws IOException;

  /** Installs or updates from a stream, which is read to its end before this returns. */
  Job install(String file, InputStream content, Origin origin);

  /** Calls the listener after each transaction, in its thread; give what ends that. */
  Runnable listen(Consumer<Outcome> listener);
}
