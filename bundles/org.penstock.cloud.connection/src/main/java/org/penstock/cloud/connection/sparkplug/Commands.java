package org.penstock.cloud.connection.sparkplug;

import java.util.List;
import org.penstock.cloud.connection.codec.SparkplugMetric;

/** Hears of commands, in order; may block. */
@FunctionalInterface
public interface Commands {

  /**
   * A host wants something.
   *
   * @param device empty for the node itself
   * @param metrics with name and type as they were born
   */
  void command(String device, List<SparkplugMetric> metrics);
}
