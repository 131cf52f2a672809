package org.penstock.core.configuration;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.kura.configuration.metatype.Designate;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.core.configuration.metatype.Tmetadata;
import org.eclipse.kura.core.configuration.metatype.Tocd;

/**
 * What one pid or factory pid takes.
 *
 * @param pid the component's pid, or the factory's
 * @param factory instances are made of it
 * @param ocd its attributes
 */
record Definition(String pid, boolean factory, Tocd ocd) {

  /**
   * The definitions that a file designates. A pid gets the OCD with its own id, else the one that
   * the designate refers to.
   */
  static List<Definition> in(Tmetadata metadata) {
    List<Definition> found = new ArrayList<>();
    for (Designate designate : metadata.getDesignate()) {
      String factoryPid = text(designate.getFactoryPid());
      String pid = factoryPid == null ? text(designate.getPid()) : factoryPid;
      if (pid == null) {
        continue;
      }
      OCD own = withId(metadata, pid);
      OCD ocd =
          own == null && designate.getObject() != null
              ? withId(metadata, designate.getObject().getOcdref())
              : own;
      if (ocd instanceof Tocd known) {
        found.add(new Definition(pid, factoryPid != null, known));
      }
    }
    return found;
  }

  private static OCD withId(Tmetadata metadata, String id) {
    return metadata.getOCD().stream()
        .filter(ocd -> ocd.getId() != null && ocd.getId().equals(id))
        .findFirst()
        .orElse(null);
  }

  private static String text(String given) {
    return given == null || given.isBlank() ? null : given.trim();
  }
}
