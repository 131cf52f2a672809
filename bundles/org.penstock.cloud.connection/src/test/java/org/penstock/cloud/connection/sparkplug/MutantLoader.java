package org.penstock.cloud.connection.sparkplug;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Loads this package anew, one of its sources changed. */
final class MutantLoader extends ClassLoader {

  private static final String PACKAGE = MutantLoader.class.getPackageName();
  private static final Path SOURCES = Path.of("src/main/java").resolve(PACKAGE.replace('.', '/'));

  private final Map<String, byte[]> mutants = new HashMap<>();

  MutantLoader(String type, UnaryOperator<String> change) throws IOException {
    super(MutantLoader.class.getClassLoader());
    compile(type, change.apply(Files.readString(SOURCES.resolve(type + ".java"))));
  }

  private void compile(String type, String source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    JavaFileObject unit =
        new SimpleJavaFileObject(
            URI.create("mem:///" + type + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignore) {
            return source;
          }
        };
    try (JavaFileManager files = new Memory(compiler, mutants)) {
      boolean fine =
          compiler
              .getTask(
                  null,
                  files,
                  problems,
                  List.of("-proc:none", "-nowarn", "--release", "17", "-cp", classPath()),
                  null,
                  List.of(unit))
              .call();
      if (!fine) {
        throw new IllegalStateException(
            "the mutant does not compile: " + problems.getDiagnostics());
      }
    }
  }

  private static String classPath() {
    String tests = System.getProperty("surefire.test.class.path");
    return tests == null ? System.getProperty("java.class.path") : tests;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PACKAGE + ".")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      byte[] code = mutants.containsKey(name) ? mutants.get(name) : original(name);
      return defineClass(name, code, 0, code.length);
    }
  }

  private byte[] original(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** Keeps what the compiler makes. */
  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, byte[]> made;

    Memory(JavaCompiler compiler, Map<String, byte[]> made) {
      super(compiler.getStandardFileManager(null, null, null));
      this.made = made;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("mem:///" + name + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          return new ByteArrayOutputStream() {
            @Override
            public void close() {
              made.put(name, toByteArray());
            }
          };
        }
      };
    }
  }
}
