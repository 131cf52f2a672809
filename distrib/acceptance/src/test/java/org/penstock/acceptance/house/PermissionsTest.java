package org.penstock.acceptance.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * REST resources of all bundles. Without it one outside console.rest could serve whoever asks, or
 * refuse everybody, and only its users would find out.
 */
class PermissionsTest {

  private static final String JAKARTA = "jakarta.annotation.security.";
  private static final Set<String> VERBS =
      Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

  /** What serves without a login; a new one is put here on purpose or not at all. */
  private static final List<String> OPEN =
      List.of(
          "SessionResource.authenticationInfo", "SessionResource.login", "SessionResource.login");

  @Test
  void everyResourceMethodOfEveryBundleDeclaresItsPermission() {
    List<Path> folders =
        Tree.bundles().stream()
            .map(bundle -> Tree.folder(bundle).resolve("target/classes"))
            .filter(Files::isDirectory)
            .toList();
    List<String> open = new ArrayList<>();
    List<String> undeclared = new ArrayList<>();
    Set<String> bundles = new java.util.TreeSet<>();
    for (JavaClass resource : new ClassFileImporter().importPaths(folders)) {
      if (!names(resource.getAnnotations()).contains("jakarta.ws.rs.Path")) {
        continue;
      }
      bundles.add(resource.getPackageName());
      boolean whole = names(resource.getAnnotations()).contains(JAKARTA + "RolesAllowed");
      for (JavaMethod method : resource.getMethods()) {
        Set<String> notes = names(method.getAnnotations());
        String name = resource.getSimpleName() + "." + method.getName();
        if (VERBS.stream().noneMatch(verb -> notes.contains("jakarta.ws.rs." + verb))) {
          continue;
        }
        if (notes.contains(JAKARTA + "PermitAll")) {
          open.add(name);
        } else if (!whole && !notes.contains(JAKARTA + "RolesAllowed")) {
          undeclared.add(name);
        }
      }
    }
    assertTrue(bundles.size() > 5, () -> "resources are looked at in " + bundles + " only");
    assertEquals(List.of(), undeclared);
    assertEquals(OPEN, open.stream().sorted().toList());
  }

  private static Set<String> names(Set<? extends JavaAnnotation<?>> annotations) {
    return annotations.stream()
        .map(note -> note.getRawType().getName())
        .collect(Collectors.toSet());
  }
}
