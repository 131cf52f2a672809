package org.penstock.acceptance.product;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes bundles for tests: compiled here from a few lines, or another bundle with changes. */
public final class BundleJar {

  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("penstock.distribution")).toAbsolutePath().normalize();

  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  /** An empty bundle. */
  public BundleJar(String symbolicName, String version) {
    header("Bundle-ManifestVersion", "2");
    header("Bundle-SymbolicName", symbolicName);
    header("Bundle-Version", version);
  }

  /** What a bundle holds, to be changed; signatures are left behind. */
  public static BundleJar of(Path jar) {
    try (JarInputStream in = new JarInputStream(Files.newInputStream(jar))) {
      BundleJar bundle = new BundleJar("", "");
      in.getManifest()
          .getMainAttributes()
          .forEach((name, value) -> bundle.header(name.toString(), value.toString()));
      for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
        if (!entry.isDirectory()) {
          bundle.files.put(entry.getName(), in.readAllBytes());
        }
      }
      return bundle;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A jar of the distribution, by the beginning of its name. */
  public static Path shipped(String name) {
    try (Stream<Path> jars = Files.walk(DISTRIBUTION.resolve("system"))) {
      return jars.filter(j -> j.getFileName().toString().startsWith(name + "-"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets a header of the manifest. */
  public BundleJar header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Adds a file. */
  public BundleJar file(String name, String text) {
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Adds a file. */
  public BundleJar file(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  /** Adds a class of the test's class path. */
  public BundleJar type(Class<?> type) {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
      return file(name, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds classes, compiled against the distribution. */
  public BundleJar source(String className, String text) {
    files.putAll(compile(className, text));
    return this;
  }

  /** Adds an activator whose start has this body; imports the framework. */
  public BundleJar activator(String body) {
    return activator(body, "");
  }

  /** Adds an activator whose start and stop have these bodies. */
  public BundleJar activator(String start, String stop) {
    header("Bundle-Activator", "faulty.Start");
    imports("org.osgi.framework");
    return source(
        "faulty.Start",
        "package faulty;\nimport org.osgi.framework.*;\n"
            + "public class Start implements BundleActivator {\n"
            + "  static volatile Object keep;\n"
            + "  public void start(BundleContext c) throws Exception {\n"
            + start
            + "\n  }\n  public void stop(BundleContext c) throws Exception {\n"
            + stop
            + "\n  }\n}\n");
  }

  /** Adds a component of declarative services. */
  public BundleJar component(String xml) {
    header("Service-Component", "OSGI-INF/faulty.xml");
    return file("OSGI-INF/faulty.xml", xml);
  }

  /** Adds to the imports, unless the package is there. */
  public BundleJar imports(String clause) {
    String name = clause.split(";")[0];
    if ((',' + headers.getOrDefault("Import-Package", ""))
        .matches("(?s).*,\\s*" + name + "[,;].*")) {
      return this;
    }
    headers.merge("Import-Package", clause, (a, b) -> a + "," + b);
    return this;
  }

  /** The jar's bytes. */
  public byte[] bytes() {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    headers.forEach(manifest.getMainAttributes()::putValue);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putNextEntry(new JarEntry(file.getKey()));
        out.write(file.getValue());
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes the jar beside and moves it into place, as a careful user would. */
  public Path to(Path file) {
    return drop(file, bytes());
  }

  /** Writes beside and moves into place. */
  public static Path drop(Path file, byte[] content) {
    try {
      Path part = Files.write(file.resolveSibling("." + file.getFileName() + ".part"), content);
      return Files.move(part, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> compile(String className, String text) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
    JavaFileManager files =
        new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, null)) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
              @Override
              public OutputStream openOutputStream() {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                classes.put(name.replace('.', '/') + ".class", out);
                return out;
              }
            };
          }
        };
    JavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("mem:///" + className.replace('.', '/') + ".java"),
            JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    List<String> options =
        List.of("-proc:none", "--release", "17", "-cp", classPath(), "-Xlint:none");
    if (!compiler.getTask(null, files, problems, options, null, List.of(source)).call()) {
      throw new IllegalArgumentException(problems.getDiagnostics().toString());
    }
    Map<String, byte[]> result = new LinkedHashMap<>();
    classes.forEach((name, out) -> result.put(name, out.toByteArray()));
    return result;
  }

  private static String classPath() {
    StringJoiner path = new StringJoiner(":");
    try (Stream<Path> jars = Files.walk(DISTRIBUTION)) {
      jars.filter(j -> j.toString().endsWith(".jar")).forEach(j -> path.add(j.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path.toString();
  }

  /** The same jar, entry by entry, but for one entry's content. */
  public static byte[] replaced(byte[] jar, String name, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(entry.getName().equals(name) ? content : in.readAllBytes());
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The manifest of a jar given as bytes. */
  public static Manifest manifest(byte[] jar) {
    try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
      return in.getManifest();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
