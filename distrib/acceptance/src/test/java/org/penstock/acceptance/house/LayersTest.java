package org.penstock.acceptance.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pure inside, I/O at the edge, OSGi on the skin: without it the layers would mix by and by. */
class LayersTest {

  private static JavaClasses drivers;
  private static JavaClasses all;

  @BeforeAll
  static void read() {
    drivers = classes("org.penstock.driver.");
    all = classes("org.penstock.");
  }

  private static JavaClasses classes(String begin) {
    List<Path> folders =
        Tree.bundles().stream()
            .filter(b -> b.startsWith(begin))
            .map(b -> Tree.folder(b).resolve("target/classes"))
            .filter(Files::isDirectory)
            .toList();
    return new ClassFileImporter().importPaths(folders);
  }

  @Test
  void codecsOfDriversDoNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAPackage("..codec..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(InputStream.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(OutputStream.class)
        .check(drivers);
  }

  @Test
  void codecsOfDriversKnowNoClock() {
    noClasses()
        .that()
        .resideInAPackage("..codec..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(drivers);
  }

  @Test
  void codecsAndLinksDoNotKnowOsgi() {
    noClasses()
        .that()
        .resideInAnyPackage("..codec..", "..link..")
        .and()
        .resideOutsideOfPackage("org.penstock.link..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.osgi.framework..", "org.osgi.service..")
        .check(drivers);
  }

  @Test
  void codecsDoNotKnowLinks() {
    noClasses()
        .that()
        .resideInAPackage("..codec..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..link..")
        .check(drivers);
  }

  @Test
  void nobodySleepsToWait() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .because("waits are bounded and woken: strands, conditions, parking")
        .check(all);
  }
}
