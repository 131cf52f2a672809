package org.penstock.core.configuration;

import java.util.List;
import org.eclipse.kura.configuration.ComponentConfiguration;

/**
 * What stands in a snapshot.
 *
 * @param configurations in the order of the document, each pid once
 * @param flaws what could not be used
 */
record Document(List<ComponentConfiguration> configurations, List<Flaw> flaws) {

  Document {
    configurations = List.copyOf(configurations);
    flaws = List.copyOf(flaws);
  }
}
