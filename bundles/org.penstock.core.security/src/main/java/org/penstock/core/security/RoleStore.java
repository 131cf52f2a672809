package org.penstock.core.security;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.useradmin.RoleFactory;
import org.apache.felix.useradmin.RoleRepositoryStore;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.useradmin.Role;
import org.osgi.service.useradmin.UserAdminEvent;
import org.osgi.service.useradmin.UserAdminListener;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where UserAdmin's roles are kept: in memory, and in {@code <home>/config/identities.json}. What
 * others change through UserAdmin is written within a second; our own changes when they return.
 */
@Component(
    service = {
      RoleRepositoryStore.class,
      UserAdminListener.class,
      HealthSource.class,
      RoleStore.class
    },
    immediate = true)
public final class RoleStore implements RoleRepositoryStore, UserAdminListener, HealthSource {

  private static final Logger LOG = LoggerFactory.getLogger(RoleStore.class);
  private static final Duration DELAY = Duration.ofSeconds(1);

  private final Path file;
  private final DurableStorage storage;
  private final Strand strand;
  private final Map<String, Role> roles;
  private final AtomicBoolean due = new AtomicBoolean();
  private final AtomicReference<HealthState> state = new AtomicReference<>(state(Level.OK, ""));

  /** Called by the component runtime. */
  @Activate
  public RoleStore(
      BundleContext context, @Reference DurableStorage storage, @Reference Strands strands) {
    this(
        Path.of(context.getProperty("penstock.home")),
        storage,
        strands.open("core/security/roles"));
  }

  RoleStore(Path home, DurableStorage storage, Strand strand) {
    file = home.resolve("config").resolve("identities.json");
    this.storage = storage;
    this.strand = strand;
    roles = load();
  }

  private Map<String, Role> load() {
    try {
      if (Files.exists(file)) {
        return RoleFile.read(Files.readString(file, StandardCharsets.UTF_8));
      }
    } catch (IOException | JsonParseException | IllegalStateException e) {
      String reason =
          "nobody can log in: identities file "
              + file
              + " is damaged ("
              + e.getMessage()
              + "); restore it from a backup, or remove it and restart to get a new admin password";
      LOG.error("{}", reason);
      state.set(state(Level.FAILED, reason));
    }
    return new TreeMap<>();
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    if (due.get()) {
      trySave();
    }
    strand.close();
  }

  /** Writes all roles, durable when it returns; not over a file that could not be read. */
  synchronized void save() throws IOException {
    due.set(false);
    if (damaged()) {
      throw new IOException(state.get().reason());
    }
    storage.replace(file, RoleFile.write(roles).getBytes(StandardCharsets.UTF_8));
  }

  private void trySave() {
    try {
      save();
    } catch (IOException e) {
      LOG.error("identities can't be written: {}", e.getMessage());
    }
  }

  boolean damaged() {
    return state.get().level() == Level.FAILED;
  }

  @Override
  public void roleChanged(UserAdminEvent event) {
    if (due.compareAndSet(false, true)) {
      strand.after(DELAY, this::saveWhenDue);
    }
  }

  private void saveWhenDue() {
    if (due.get()) {
      trySave();
    }
  }

  @Override
  public synchronized Role addRole(String name, int type) {
    if (roles.containsKey(name)) {
      return null;
    }
    Role role = RoleFactory.createRole(type, name);
    roles.put(name, role);
    return role;
  }

  @Override
  public synchronized Role[] getRoles(String filter) throws InvalidSyntaxException {
    var wanted = filter == null ? null : FrameworkUtil.createFilter(filter);
    return roles.values().stream()
        .filter(r -> wanted == null || wanted.match(r.getProperties()))
        .toArray(Role[]::new);
  }

  @Override
  public synchronized Role getRoleByName(String name) {
    return roles.get(name);
  }

  @Override
  public synchronized Role removeRole(String name) {
    return roles.remove(name);
  }

  @Override
  public String name() {
    return "core/security/identities";
  }

  @Override
  public HealthState health() {
    return state.get();
  }

  private static HealthState state(Level level, String reason) {
    return new HealthState(level, reason, Instant.now(), Map.of());
  }
}
