package org.penstock.core.security;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.useradmin.UserAdmin;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.security.Authenticator;
import org.penstock.api.security.Caller;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logins by password, token and certificate; at first start, the identity admin. */
@Component(service = {Authenticator.class, HealthSource.class, PasswordAuthenticator.class})
public final class PasswordAuthenticator implements Authenticator, HealthSource {

  private static final Logger LOG = LoggerFactory.getLogger(PasswordAuthenticator.class);
  private static final String ADMIN = "admin";

  private final Identities identities;
  private final TokenStore tokens;
  private final ClientCertificates certificates;
  private final KnownPasswords known = new KnownPasswords(System::nanoTime);
  private final Map<String, Integer> removals = new ConcurrentHashMap<>();
  private final LockOut lockOut = new LockOut(System::nanoTime);
  private final LongAdder evaluated = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final ReentrantLock slow = new ReentrantLock();
  private final Strand strand;
  private final String nobody = PasswordHashes.hash(AdminPassword.generate().toCharArray(), 1);
  private final AtomicReference<HealthState> state = new AtomicReference<>(state(Level.OK, ""));

  /** Called by the component runtime. */
  @Activate
  public PasswordAuthenticator(
      BundleContext context,
      @Reference UserAdmin admin,
      @Reference RoleStore store,
      @Reference TokenStore tokens,
      @Reference ServerKeyService keys,
      @Reference Strands strands) {
    identities = new Identities(admin, store);
    this.tokens = tokens;
    certificates = new ClientCertificates(keys::authorities);
    strand = strands.open("core/security/passwords");
    String file = context.getProperty("penstock.admin.password.file");
    if (!store.damaged() && (file != null || identities.names().isEmpty())) {
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
      Roles.ALL.forEach(identities::createPermission);
      Roles.KURA.forEach(identities::createPermission);
      char[] password = file == null ? null : AdminPassword.read(Path.of(file));
      boolean claimed = password != null;
      if (!claimed) {
        password = AdminPassword.generate().toCharArray();
      }
      identities.create(ADMIN);
      // at the first start there is nothing to compare with: one slow hash, not two
      if (identities.hash(ADMIN).isEmpty() || !verify(ADMIN, password)) {
        identities.setHash(
            ADMIN, Optional.of(PasswordHashes.hash(password, PasswordHashes.ITERATIONS)));
        identities.setChangeNeeded(ADMIN, !claimed);
      }
      identities.setPermissions(ADMIN, Set.of(Caller.ADMIN));
      identities.save();
      if (!claimed) {
        AdminPassword.print(new String(password));
      }
      Arrays.fill(password, '\0');
      state.set(state(Level.OK, ""));
    } catch (IOException e) {
      String reason = "nobody can log in: " + (e.getMessage() == null ? e : e.getMessage());
      LOG.error("{}", reason);
      state.set(state(Level.FAILED, reason));
    }
  }

  @Override
  public Attempt authenticate(String name, char[] password, String address) {
    if (known.isKnown(name, password)) {
      return new Attempt(identities.caller(name), Duration.ZERO, true);
    }
    Duration wait = lockOut.begin(name, address);
    if (!wait.isZero()) {
      refused.increment();
      return new Attempt(Optional.empty(), wait, false);
    }
    evaluated.increment();
    slow.lock(); // one slow hash at a time: guessing must not take the data path's processors
    try {
      if (verify(name, password)) {
        lockOut.passed(name, address);
        known.learn(name, password);
        return new Attempt(identities.caller(name), Duration.ZERO, true);
      }
    } finally {
      slow.unlock();
    }
    return new Attempt(Optional.empty(), lockOut.wait(address), true);
  }

  private boolean verify(String name, char[] password) {
    Optional<String> hash = identities.hash(name);
    if (hash.isEmpty()) {
      PasswordHashes.verify(password, nobody.replace("$1$", "$" + PasswordHashes.ITERATIONS + "$"));
      return false; // an unknown name takes as long as a wrong password
    }
    boolean right = PasswordHashes.verify(password, hash.get());
    if (right && !PasswordHashes.isCurrent(hash.get())) {
      upgrade(name, password);
    }
    return right;
  }

  private void upgrade(String name, char[] password) {
    identities.setHash(name, Optional.of(PasswordHashes.hash(password, PasswordHashes.ITERATIONS)));
    try {
      identities.save();
    } catch (IOException e) {
      state.set(state(Level.DEGRADED, "a new password hash can't be kept: " + e.getMessage()));
    }
  }

  /** The password of the identity was changed: what is known of it holds no longer. */
  void changed(String name) {
    known.forget(name);
  }

  /** The identity is disabled or about to be removed, or made anew: nothing of before is valid. */
  void ended(String name) throws IOException {
    removals.merge(name, 1, Integer::sum);
    known.forget(name);
    tokens.revokeAll(name);
  }

  @Override
  public String credentials(String name) {
    return TokenStore.hash(removals.getOrDefault(name, 0) + " " + identities.hash(name));
  }

  @Override
  public Optional<Caller> authenticate(String token) {
    return tokens.find(token).flatMap(t -> caller(t.owner()).map(o -> TokenStore.limited(o, t)));
  }

  @Override
  public Optional<Caller> authenticate(List<X509Certificate> chain) {
    return certificates.name(chain, Instant.now()).flatMap(this::caller);
  }

  @Override
  public boolean certificates() {
    return certificates.present();
  }

  @Override
  public Optional<Caller> caller(String name) {
    return identities.caller(name);
  }

  @Override
  public String name() {
    return "core/security";
  }

  @Override
  public HealthState health() {
    HealthState now = state.get();
    return new HealthState(
        now.level(),
        now.reason(),
        now.since(),
        Map.of("logins.evaluated", evaluated.sum(), "logins.not.looked.at", refused.sum()));
  }

  private static HealthState state(Level level, String reason) {
    return new HealthState(level, reason, Instant.now(), Map.of());
  }
}
