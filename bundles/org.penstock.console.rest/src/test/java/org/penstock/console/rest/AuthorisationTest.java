package org.penstock.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.penstock.api.rest.RestAnswer;

/** Without it a resource could be open to everybody, in silence, as happened on a genuine Kura. */
class AuthorisationTest {

  /** A resource that forgot. */
  @Path("forgotten")
  public static final class Forgotten {
    @GET
    public String get() {
      return "secret";
    }
  }

  /** PermitAll on a class is not enough: it would hold for methods that come later, too. */
  @Path("wide")
  @PermitAll
  public static final class Wide {
    @GET
    public String get() {
      return "secret";
    }
  }

  private static int status(Calls calls, String path, String... permissions) {
    return calls
        .call(permissions.length == 0 ? null : Calls.holding(permissions), "GET", path, null)
        .status();
  }

  @Test
  void whoIsNotLoggedInIsRefusedWithTheChallenge() {
    try (Calls calls = new Calls(new GuardedResource())) {
      RestAnswer answer = calls.call(null, "GET", "guarded", null);
      assertEquals(401, answer.status());
      assertEquals(List.of(HttpDoor.CHALLENGE), answer.headers().get("WWW-Authenticate"));
    }
  }

  /** Else the body of somebody unknown would have to be read before he is refused. */
  @Test
  void whetherAnybodyMayIsKnownWithoutABody() {
    Map<String, List<String>> unread = Map.of(HttpDoor.UNREAD, List.of(""));
    try (Calls calls = new Calls(new GuardedResource())) {
      RestAnswer open = calls.call(null, "GET", "guarded/open", null, unread);
      assertEquals(413, open.status());
      assertTrue(open.headers().containsKey(HttpDoor.UNREAD));
      RestAnswer shut = calls.call(null, "GET", "guarded", null, unread);
      assertEquals(401, shut.status());
      assertFalse(shut.headers().containsKey(HttpDoor.UNREAD));
    }
  }

  @Test
  void theMethodsPermissionIsAskedBeforeTheClasss() {
    try (Calls calls = new Calls(new GuardedResource())) {
      assertEquals(200, status(calls, "guarded", "rest.guarded"));
      assertEquals(403, status(calls, "guarded", "rest.other"));
      assertEquals(403, status(calls, "guarded/method", "rest.guarded"));
      assertEquals(200, status(calls, "guarded/method", "rest.third"));
      assertEquals(200, status(calls, "guarded", "kura.admin"));
      assertEquals(200, status(calls, "guarded/any", "nothing.much"));
      assertEquals(401, status(calls, "guarded/any"));
      assertEquals(200, status(calls, "guarded/open"));
    }
  }

  @Test
  void whatDeclaresNothingIsRefusedToTheAdminToo() {
    try (Calls calls = new Calls(new Forgotten(), new Wide())) {
      assertEquals(403, status(calls, "forgotten", "kura.admin"));
      assertEquals(403, status(calls, "wide", "kura.admin"));
      assertEquals(401, status(calls, "wide"));
      String message = Calls.message(calls.call(Calls.ADMIN, "GET", "forgotten", null));
      assertTrue(message.contains("declares no permission"), message);
    }
  }

  /** The set-up in which a genuine Kura lost all authorisation: a second exporter of the package. */
  @Test
  void annotationsOfAnotherBundleOpenNothing() throws ReflectiveOperationException {
    ClassLoader other = new Foreign();
    Object resource =
        other.loadClass(GuardedResource.class.getName()).getDeclaredConstructor().newInstance();
    assertTrue(
        other.loadClass(RolesAllowed.class.getName()) != RolesAllowed.class, "another class");
    try (Calls calls = new Calls(resource)) {
      assertEquals(403, status(calls, "guarded", "kura.admin"));
      assertEquals(401, status(calls, "guarded"));
      assertEquals(401, status(calls, "guarded/open"));
      assertEquals(403, status(calls, "guarded/any", "kura.admin"));
    }
  }

  /** Defines the annotations and the resource itself. */
  private static final class Foreign extends ClassLoader {
    private static final String ANNOTATIONS = "jakarta.annotation.";

    Foreign() {
      super(AuthorisationTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(ANNOTATIONS) && !name.equals(GuardedResource.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
