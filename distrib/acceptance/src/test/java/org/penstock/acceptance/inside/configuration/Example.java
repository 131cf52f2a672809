package org.penstock.acceptance.inside.configuration;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** A foreign add-on with one singleton and one factory, built when a test asks for it. */
final class Example implements AutoCloseable {

  static final BundleContext CONTEXT = FrameworkUtil.getBundle(Example.class).getBundleContext();

  private final Bundle bundle;
  private final String name;

  /** Installs and starts it; its pids begin with the name. */
  Example(String name) {
    this(name, "1.1");
  }

  /**
   * @param scr version of the component descriptors
   */
  Example(String name, String scr) {
    this.name = name;
    try {
      bundle = CONTEXT.installBundle("test:" + name, new ByteArrayInputStream(content(name, scr)));
      bundle.start();
    } catch (BundleException e) {
      throw new IllegalStateException(e);
    }
  }

  Bundle bundle() {
    return bundle;
  }

  String singleton() {
    return name + ".Pump";
  }

  String factory() {
    return name + ".PumpFactory";
  }

  /** Its definition has attributes of all types, in a file of another name, without namespace. */
  String kindFactory() {
    return name + ".KindFactory";
  }

  String tankFactory() {
    return name + ".TankFactory";
  }

  private static byte[] content(String name, String scr) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    main.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
    main.putValue(Constants.BUNDLE_VERSION, "1.0.0");
    main.putValue(
        Constants.IMPORT_PACKAGE,
        "org.eclipse.kura,org.eclipse.kura.configuration,org.eclipse.kura.configuration.metatype,"
            + "org.eclipse.kura.core.configuration,org.eclipse.kura.core.configuration.metatype,"
            + "org.osgi.service.component");
    main.putValue("Service-Component", "OSGI-INF/*.xml");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      add(jar, "OSGI-INF/pump.xml", component(name + ".Pump", scr, Pump.class, true));
      add(jar, "OSGI-INF/factory.xml", component(name + ".PumpFactory", scr, Pump.class, false));
      add(jar, "OSGI-INF/kind.xml", component(name + ".KindFactory", scr, Pump.class, false));
      add(jar, "OSGI-INF/metatype/of-another-name.xml", kinds(name + ".KindFactory"));
      add(jar, "OSGI-INF/tank.xml", component(name + ".TankFactory", scr, Tank.class, false));
      add(jar, "OSGI-INF/metatype/" + name + ".Pump.xml", metatype(name + ".Pump", "pid"));
      add(
          jar,
          "OSGI-INF/metatype/" + name + ".PumpFactory.xml",
          metatype(name + ".PumpFactory", "factoryPid"));
      add(
          jar,
          "OSGI-INF/metatype/" + name + ".TankFactory.xml",
          "<MetaData xmlns=\"http://www.osgi.org/xmlns/metatype/v1.2.0\"><OCD id=\""
              + name
              + ".TankFactory\" name=\"t\"/><Designate factoryPid=\""
              + name
              + ".TankFactory\"><Object ocdref=\""
              + name
              + ".TankFactory\"/></Designate></MetaData>");
      for (Class<?> type : new Class<?>[] {Pump.class, Tank.class}) {
        String path = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(path));
        try (InputStream in = Example.class.getResourceAsStream("/" + path)) {
          in.transferTo(jar);
        }
        jar.closeEntry();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static void add(JarOutputStream jar, String path, String text) throws IOException {
    jar.putNextEntry(new JarEntry(path));
    jar.write(text.getBytes(StandardCharsets.UTF_8));
    jar.closeEntry();
  }

  private static String component(String pid, String scr, Class<?> type, boolean singleton) {
    String service =
        type == Pump.class
            ? "org.eclipse.kura.configuration.ConfigurableComponent\"/><provide"
                + " interface=\"java.util.function.Supplier"
            : "org.eclipse.kura.configuration.SelfConfiguringComponent";
    return "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v"
        + scr
        + ".0\" name=\""
        + pid
        + "\" configuration-policy=\"require\" immediate=\"true\" activate=\"activate\""
        + " modified=\"updated\" deactivate=\"deactivate\"><implementation class=\""
        + type.getName()
        + "\"/>"
        + (singleton
            ? "<property name=\"service.pid\" type=\"String\" value=\"" + pid + "\"/>"
            : "")
        + "<service><provide interface=\""
        + service
        + "\"/></service></scr:component>";
  }

  private static String metatype(String pid, String kind) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><MetaData"
        + " xmlns=\"http://www.osgi.org/xmlns/metatype/v1.2.0\" localization=\"en_us\"><OCD id=\""
        + pid
        + "\" name=\"Pump\" description=\"d\"><Icon resource=\"http://x/i.png\" size=\"32\"/>"
        + "<AD id=\"speed\" type=\"Integer\" cardinality=\"0\" required=\"true\" default=\"50\""
        + " min=\"0\" max=\"100\"/>"
        + "<AD id=\"names\" type=\"String\" cardinality=\"3\" required=\"false\""
        + " default=\" a, b\\,c ,\\ d\"/>"
        + "<AD id=\"big\" type=\"Long\" cardinality=\"-1\" required=\"false\" default=\"9\"/>"
        + "<AD id=\"letter\" type=\"Char\" cardinality=\"0\" required=\"false\" default=\"x\"/>"
        + "<AD id=\"empty\" type=\"String\" cardinality=\"0\" required=\"false\" default=\"\"/>"
        + "<AD id=\"pin\" type=\"Password\" cardinality=\"0\" required=\"false\" default=\"0000\"/>"
        + "</OCD><Designate "
        + kind
        + "=\""
        + pid
        + "\"><Object ocdref=\""
        + pid
        + "\"/></Designate></MetaData>";
  }

  private static String kinds(String pid) {
    StringBuilder xml =
        new StringBuilder("<MetaData><OCD id=\"" + pid + "\" name=\"Kind\" description=\"d\">");
    for (String one :
        new String[] {
          "String=text",
          "Long=7",
          "Double=1.5",
          "Float=2.5",
          "Integer=3",
          "Byte=4",
          "Char=c",
          "Character=d",
          "Boolean=true",
          "Short=5",
          "Password=pw"
        }) {
      String type = one.substring(0, one.indexOf('='));
      xml.append("<AD id=\"one.")
          .append(type)
          .append("\" description=\"words|TextArea\" required=\"false\" cardinality=\"1\" type=\"")
          .append(type)
          .append("\" default=\"")
          .append(one.substring(one.indexOf('=') + 1))
          .append("\"/>");
    }
    return xml.append("<AD id=\"many\" type=\"Integer\" cardinality=\"2\" default=\"1, 2\"/>")
        .append("<AD id=\"few\" type=\"Integer\" cardinality=\"-1\" default=\"6\"/>")
        .append("<AD id=\"without\" type=\"Integer\" required=\"false\"/>")
        .append("<AD id=\"needed\" type=\"Integer\" required=\"true\"/>")
        .append("</OCD><Designate pid=\"" + pid + "\" factoryPid=\"" + pid + "\">")
        .append("<Object ocdref=\"" + pid + "\"/></Designate></MetaData>")
        .toString();
  }

  /** What the component with this kura.service.pid was given last; empty while it is not there. */
  static Map<String, Object> given(String pid) {
    try {
      ServiceReference<?>[] found =
          CONTEXT.getAllServiceReferences(
              Supplier.class.getName(), "(kura.service.pid=" + pid + ")");
      if (found == null) {
        return Map.of();
      }
      Object pump = CONTEXT.getService(found[0]);
      if (pump == null) {
        return Map.of();
      }
      // its class is the add-on's own
      @SuppressWarnings("unchecked")
      Map<String, Object> given = ((Supplier<Map<String, Object>>) pump).get();
      return given;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the component is there with this value. */
  static Map<String, Object> await(String pid, String key, Object value) {
    await(
        () -> value.equals(given(pid).get(key)),
        () -> pid + " " + key + " is " + given(pid).get(key));
    return given(pid);
  }

  static void await(BooleanSupplier condition, Supplier<String> otherwise) {
    long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(otherwise.get());
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  static <S> S service(Class<S> type) {
    return CONTEXT.getService(CONTEXT.getServiceReference(type));
  }

  @Override
  public void close() {
    try {
      bundle.uninstall();
    } catch (BundleException e) {
      throw new IllegalStateException(e);
    }
  }
}
