package org.penstock.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Without it a new resource method without a permission would be found by its users only. */
class DeclaredPermissionsTest {

  /** Methods that serve whoever asks; a new one is put here on purpose or not at all. */
  private static final List<String> OPEN =
      List.of(
          "SessionResource.authenticationInfo", "SessionResource.login", "SessionResource.login");

  static List<Class<?>> resources() {
    try (Stream<java.nio.file.Path> files =
        Files.walk(
            java.nio.file.Path.of(
                HttpDoor.class.getProtectionDomain().getCodeSource().getLocation().toURI()))) {
      List<Class<?>> resources = new ArrayList<>();
      for (String name :
          files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".class")).toList()) {
        Class<?> type =
            Class.forName(
                HttpDoor.class.getPackageName() + "." + name.replace(".class", ""),
                false,
                HttpDoor.class.getClassLoader());
        if (type.isAnnotationPresent(Path.class)) {
          resources.add(type);
        }
      }
      return resources;
    } catch (IOException | URISyntaxException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean serves(Method method) {
    for (Annotation note : method.getAnnotations()) {
      if (note.annotationType().isAnnotationPresent(HttpMethod.class)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void everyResourceMethodDeclaresItsPermission() {
    List<String> open = new ArrayList<>();
    List<String> undeclared = new ArrayList<>();
    for (Class<?> resource : resources()) {
      for (Method method : resource.getDeclaredMethods()) {
        String name = resource.getSimpleName() + "." + method.getName();
        if (!serves(method)) {
          continue;
        }
        if (method.isAnnotationPresent(PermitAll.class)) {
          open.add(name);
        } else if (Authorisation.declared(method, resource).isEmpty()) {
          undeclared.add(name);
        }
      }
    }
    assertFalse(resources().isEmpty(), "no resource was looked at");
    assertTrue(undeclared.isEmpty(), "add @RolesAllowed to " + undeclared);
    assertEquals(OPEN, open.stream().sorted().toList());
  }
}
