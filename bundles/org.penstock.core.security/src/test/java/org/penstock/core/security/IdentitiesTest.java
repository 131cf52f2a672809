package org.penstock.core.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.useradmin.impl.EventDispatcher;
import org.apache.felix.useradmin.impl.RoleRepository;
import org.apache.felix.useradmin.impl.UserAdminImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.useradmin.UserAdmin;
import org.osgi.service.useradmin.UserAdminListener;
import org.penstock.api.security.ApiTokens.Issued;
import org.penstock.api.security.Caller;

/** Without it an identity could lose its password or its permissions, or gain some. */
class IdentitiesTest {

  @TempDir Path home;

  /** Felix's UserAdmin over our store, as in the product. */
  private Identities open() {
    RoleStore store = new RoleStore(home, new MemoryStorage(), null);
    return new Identities(userAdmin(store), store);
  }

  private static UserAdmin userAdmin(RoleStore store) {
    EventAdmin silent =
        (EventAdmin)
            Proxy.newProxyInstance(
                EventAdmin.class.getClassLoader(),
                new Class<?>[] {EventAdmin.class},
                (proxy, method, given) -> null);
    EventDispatcher nobody = new EventDispatcher(silent, () -> new UserAdminListener[0]);
    return new UserAdminImpl(new RoleRepository(store), nobody);
  }

  private static Identities withAnna(Identities identities) {
    Roles.ALL.forEach(identities::createPermission);
    Roles.KURA.forEach(identities::createPermission);
    identities.create("anna");
    identities.setPermissions("anna", Set.of("rest.assets", "role.view"));
    identities.setHash("anna", Optional.of(PasswordHashes.hash("secret".toCharArray(), 1000)));
    identities.setChangeNeeded("anna", true);
    return identities;
  }

  @Test
  void allIsThereAgainAfterARestart() throws IOException {
    withAnna(open()).save();
    Identities again = open();
    assertEquals(Set.of("anna"), again.names());
    assertEquals(Set.of("rest.assets", "role.view"), again.permissions("anna"));
    assertTrue(PasswordHashes.verify("secret".toCharArray(), again.hash("anna").orElseThrow()));
    assertTrue(again.caller("anna").orElseThrow().passwordChangeNeeded());
    assertFalse(Files.readString(home.resolve("config/identities.json")).contains("secret"));
  }

  @Test
  void whoIsDeletedComesBackWithoutWhatHeHad() {
    Identities identities = withAnna(open());
    assertTrue(identities.delete("anna"));
    assertFalse(identities.delete("anna"));
    assertTrue(identities.caller("anna").isEmpty());
    assertTrue(identities.create("anna"));
    assertEquals(Set.of(), identities.permissions("anna"));
    assertTrue(identities.hash("anna").isEmpty());
  }

  @Test
  void rolesMeanPermissions() {
    Caller anna = withAnna(open()).caller("anna").orElseThrow();
    assertTrue(anna.may("rest.assets"));
    assertTrue(anna.may("assets.read"));
    assertTrue(anna.may("history.read"), "what other rooms call .read");
    assertFalse(anna.may("assets.operate"));
    assertFalse(anna.may("rest.configuration"));
    assertFalse(anna.may("kura.admin"));
  }

  @Test
  void aRoleForAGroupOfAssetsHoldsForThatGroupOnly() {
    Caller caller =
        new Caller("bert", Roles.expand(Set.of("role.operate.north", "role.view.south")));
    assertTrue(caller.may("assets.operate", "north"));
    assertTrue(caller.may("assets.read", "south"));
    assertFalse(caller.may("assets.operate", "south"));
    assertFalse(caller.may("assets.operate", ""));
    assertFalse(caller.may("assets.operate"));
    assertTrue(caller.mayForSome("assets.operate"));
  }

  @Test
  void namesKeepKurasRules() {
    for (String good : new String[] {"anna", "a.b_c", "Anna3", "x".repeat(255)}) {
      assertEquals(Optional.empty(), Identities.fault(good));
    }
    for (String bad : new String[] {"", "ab", "a..b", ".ab", "a b c", "a/b/c", "x".repeat(256)}) {
      assertTrue(Identities.fault(bad).isPresent(), bad);
    }
  }

  @Test
  void aDamagedFileIsSaidAndKept() throws IOException {
    Path file = home.resolve("config/identities.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"users\":[{}]");
    RoleStore store = new RoleStore(home, new MemoryStorage(), null);
    assertTrue(store.health().reason().contains(file.toString()));
    assertThrows(IOException.class, store::save);
    assertEquals("{\"users\":[{}]", Files.readString(file));
  }

  /** The form of Kura's snapshots, with Kura's unsalted hash of "admin". */
  @Test
  void identitiesOfAKuraSnapshotAreTakenOver() throws IOException {
    RoleStore store = new RoleStore(home, new MemoryStorage(), null);
    UserAdmin admin = userAdmin(store);
    new KuraRoles(
        KuraRolesTestConfig.of(
            "[{\"name\":\"kura.user.appadmin\",\"credentials\":{\"kura.password\":"
                + "\"jGl25bVBBBW96Qi9Te4V37Fnqchz/Eu4qB9vKrRIqRg=\"},"
                + "\"properties\":{\"kura.need.password.change\":\"true\"}}]",
            "[{\"name\":\"kura.permission.kura.device\",\"basicMembers\":[\"kura.user.appadmin\"]}]"),
        admin,
        store);
    Identities identities = new Identities(admin, store);
    assertEquals(Set.of("kura.device"), identities.permissions("appadmin"));
    assertTrue(identities.changeNeeded("appadmin"));
    String hash = identities.hash("appadmin").orElseThrow();
    assertTrue(PasswordHashes.verify("admin".toCharArray(), hash));
    assertFalse(PasswordHashes.verify("admin2".toCharArray(), hash));
    assertFalse(PasswordHashes.isCurrent(hash), "to be upgraded at the first login");
  }

  @Test
  void aTokenMayWhatItsScopeAndItsOwnerMay() throws IOException {
    TokenStore tokens = new TokenStore(home, new MemoryStorage());
    Instant soon = Instant.now().plus(Duration.ofHours(1));
    Issued issued = tokens.issue("anna", "script", Set.of("assets.read", "kura.admin"), soon);
    TokenStore again = new TokenStore(home, new MemoryStorage());
    Caller owner = withAnna(open()).caller("anna").orElseThrow();
    Caller caller = TokenStore.limited(owner, again.find(issued.secret()).orElseThrow());
    assertTrue(caller.may("assets.read"));
    assertFalse(caller.may("rest.assets"), "beyond the scope");
    assertFalse(caller.may("kura.admin"), "beyond the owner");
    assertTrue(again.find(issued.secret() + "x").isEmpty());
    assertTrue(again.find("pst_" + issued.token().id() + "_").isEmpty());
    assertFalse(Files.readString(home.resolve("config/tokens.json")).contains(issued.secret()));
    assertTrue(again.revoke(issued.token().id()));
    assertTrue(again.find(issued.secret()).isEmpty());
    Issued past = again.issue("anna", "old", Set.of(), Instant.now().minusSeconds(1));
    assertTrue(again.find(past.secret()).isEmpty());
  }
}
