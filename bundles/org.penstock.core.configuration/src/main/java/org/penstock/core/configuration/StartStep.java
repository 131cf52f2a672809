package org.penstock.core.configuration;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;

/**
 * Something that changes the configuration at start, before it is applied. The result is written as
 * a snapshot first: a power cut in between finds the old or the new one, and a step that was not
 * done is done again.
 */
interface StartStep {

  /** The whole configuration as it shall be, and why. */
  record Change(List<ComponentConfiguration> configurations, Note note) {}

  /** What it does, in words, for the board. */
  String name();

  /** What shall be different; empty when nothing. */
  Optional<Change> change(List<ComponentConfiguration> now)
      throws IOException, DocumentException, KuraException;

  /** The change is kept: it need not be made again. Called when there was none, too. */
  void done() throws IOException;
}
