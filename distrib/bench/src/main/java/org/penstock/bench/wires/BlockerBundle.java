package org.penstock.bench.wires;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The bundle of {@link Blocker}, as an outsider would build it. */
final class BlockerBundle {

  private static final String COMPONENT =
      "<?xml version=\"1.0\"?><scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.1.0\""
          + " activate=\"activate\" configuration-policy=\"require\" immediate=\"true\" name=\""
          + Blocker.PID
          + "\"><implementation class=\""
          + Blocker.class.getName()
          + "\"/><service>"
          + "<provide interface=\"org.eclipse.kura.wire.WireComponent\"/>"
          + "<provide interface=\"org.eclipse.kura.wire.WireReceiver\"/>"
          + "<provide interface=\"org.eclipse.kura.configuration.ConfigurableComponent\"/>"
          + "<provide interface=\"org.osgi.service.wireadmin.Consumer\"/></service>"
          + "<reference name=\"helper\" interface=\"org.eclipse.kura.wire.WireHelperService\""
          + " bind=\"bind\" unbind=\"unbind\"/></scr:component>";

  private static final String METATYPE =
      "<?xml version=\"1.0\"?><MetaData xmlns=\"http://www.osgi.org/xmlns/metatype/v1.2.0\">"
          + "<OCD id=\"PID\" name=\"PID\" description=\"\"/><Designate pid=\"PID\""
          + " factoryPid=\"PID\"><Object ocdref=\"PID\"/></Designate></MetaData>";

  private BlockerBundle() {}

  static void write(Path file) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "com.acme.bench");
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Service-Component", "OSGI-INF/blocker.xml");
    main.putValue(
        "Import-Package",
        "org.eclipse.kura.configuration;version=\"[1.1,2.0)\","
            + "org.eclipse.kura.wire;version=\"[2.0,2.1)\","
            + "org.osgi.framework;version=\"[1.8,2.0)\","
            + "org.osgi.service.component;version=\"[1.2,2.0)\","
            + "org.osgi.service.wireadmin;version=\"[1.0.1,2.0)\"");
    String type = Blocker.class.getName().replace('.', '/') + ".class";
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest);
        InputStream code = BlockerBundle.class.getResourceAsStream("/" + type)) {
      put(jar, type, code.readAllBytes());
      put(jar, "OSGI-INF/blocker.xml", COMPONENT.getBytes(StandardCharsets.UTF_8));
      put(
          jar,
          "OSGI-INF/metatype/" + Blocker.PID + ".xml",
          METATYPE.replace("PID", Blocker.PID).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
  }
}
