package org.penstock.core.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLStreamException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.penstock.api.configuration.Problem;

/**
 * Reads the metatype files of each bundle that has to do with Kura's API, once, when it starts.
 * Other bundles are left alone: pushing defaults into, say, the HTTP server would open ports that
 * nobody asked for.
 */
final class MetatypeTracker implements BundleTrackerCustomizer<String> {

  private static final int LONGEST = 4 << 20;
  private static final String FOLDER = "OSGI-INF/metatype";

  private final BiConsumer<String, List<Definition>> came;
  private final Consumer<String> went;
  private final Board board;

  /**
   * @param came is told a bundle's symbolic name and version, and its definitions
   * @param went is told the same name and version when the bundle is gone
   */
  MetatypeTracker(BiConsumer<String, List<Definition>> came, Consumer<String> went, Board board) {
    this.came = came;
    this.went = went;
    this.board = board;
  }

  @Override
  public String addingBundle(Bundle bundle, BundleEvent event) {
    Enumeration<URL> files = bundle.findEntries(FOLDER, "*.xml", false);
    if (files == null || !takesPart(bundle)) {
      return null;
    }
    String owner = bundle.getSymbolicName() + " " + bundle.getVersion();
    List<Definition> found = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (URL file : Collections.list(files)) {
      try {
        found.addAll(Definition.in(MetatypeXml.read(text(file), base -> words(bundle, base))));
      } catch (IOException | XMLStreamException e) {
        String place = owner + file.getPath();
        String text = place + " can't be read, its components get no defaults: " + e.getMessage();
        problems.add(new Problem("", place, "", text));
      }
    }
    board.put("bundle " + owner, problems);
    came.accept(owner, found);
    return owner;
  }

  @Override
  public void modifiedBundle(Bundle bundle, BundleEvent event, String owner) {
    // from STARTING to ACTIVE: nothing new
  }

  @Override
  public void removedBundle(Bundle bundle, BundleEvent event, String owner) {
    went.accept(owner);
    board.put("bundle " + owner, List.of());
  }

  private static boolean takesPart(Bundle bundle) {
    return mentions(bundle, Constants.IMPORT_PACKAGE)
        || mentions(bundle, Constants.REQUIRE_BUNDLE)
        || mentions(bundle, Constants.DYNAMICIMPORT_PACKAGE);
  }

  private static boolean mentions(Bundle bundle, String header) {
    String value = bundle.getHeaders("").get(header);
    return value != null && value.contains("org.eclipse.kura");
  }

  private static String text(URL file) throws IOException {
    try (InputStream in = file.openStream()) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new IOException("larger than " + (LONGEST >> 20) + " MiB");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Words from the bundle's properties file; a key that is not there stands for itself. */
  private UnaryOperator<String> words(Bundle bundle, String base) {
    String path =
        (base == null ? Constants.BUNDLE_LOCALIZATION_DEFAULT_BASENAME : base) + ".properties";
    Properties words = new Properties();
    URL file = bundle.getEntry(path);
    if (file != null) {
      try (InputStream in = file.openStream()) {
        words.load(in);
      } catch (IOException | IllegalArgumentException e) {
        String place = bundle.getSymbolicName() + "/" + path;
        board.put(place, List.of(new Problem("", place, "", "can't be read: " + e.getMessage())));
      }
    }
    return key -> words.getProperty(key, key);
  }
}
