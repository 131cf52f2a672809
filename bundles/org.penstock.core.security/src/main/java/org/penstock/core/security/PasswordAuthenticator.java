package org.penstock.core.security;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.security.Authenticator;
import org.penstock.api.security.Caller;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The identities that can log in with a password; at first start, admin. */
@Component(service = {Authenticator.class, HealthSource.class})
public final class PasswordAuthenticator implements Authenticator, HealthSource {

  private static final Logger LOG = LoggerFactory.getLogger(PasswordAuthenticator.class);
  private static final String ADMIN = "admin";

  private final Users users;
  private final Logins logins = new Logins(this::verify, System::nanoTime);
  private final Strand strand;
  private final String nobody = PasswordHashes.hash(AdminPassword.generate().toCharArray(), 1);
  private final AtomicReference<HealthState> state = new AtomicReference<>(state(Level.OK, ""));

  /** Called by the component runtime. */
  @Activate
  public PasswordAuthenticator(
      BundleContext context, @Reference DurableStorage storage, @Reference Strands strands) {
    Path home = Path.of(context.getProperty("penstock.home"));
    users = new Users(home.resolve("config").resolve("users.tsv"), storage);
    strand = strands.open("core/security/passwords");
    String file = context.getProperty("penstock.admin.password.file");
    if (file != null || users.isEmpty()) {
      state.set(state(Level.STARTING, "the admin's password is being hashed"));
      strand.execute(() -> prepare(file)); // a slow hash: not on the critical path of the start
    }
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    strand.close();
  }

  private void prepare(String file) {
    try {
      char[] password = file == null ? null : AdminPassword.read(Path.of(file));
      String generated = password == null ? AdminPassword.generate() : null;
      if (password == null) {
        password = generated.toCharArray();
      }
      if (users.isEmpty() || !verify(ADMIN, password)) {
        users.put(ADMIN, PasswordHashes.hash(password, PasswordHashes.ITERATIONS));
        if (generated != null) {
          AdminPassword.print(generated);
        }
      }
      Arrays.fill(password, '\0');
      state.set(state(Level.OK, ""));
    } catch (IOException e) {
      String reason = "nobody can log in: " + (e.getMessage() == null ? e : e.getMessage());
      LOG.error("{}", reason);
      state.set(state(Level.FAILED, reason));
    }
  }

  private boolean verify(String name, char[] password) {
    try {
      Optional<String> hash = users.hash(name);
      if (hash.isEmpty()) {
        PasswordHashes.verify(
            password, nobody.replace("$1$", "$" + PasswordHashes.ITERATIONS + "$"));
        return false; // an unknown name takes as long as a wrong password
      }
      return PasswordHashes.verify(password, hash.get());
    } catch (IOException e) {
      state.set(state(Level.FAILED, "nobody can log in: " + e.getMessage()));
      return false;
    }
  }

  @Override
  public Optional<Caller> authenticate(String name, char[] password) {
    return logins.check(name, password)
        ? Optional.of(new Caller(name, Set.of(Caller.ADMIN)))
        : Optional.empty();
  }

  @Override
  public String name() {
    return "core/security";
  }

  @Override
  public HealthState health() {
    return state.get();
  }

  private static HealthState state(Level level, String reason) {
    return new HealthState(level, reason, Instant.now(), Map.of());
  }
}
