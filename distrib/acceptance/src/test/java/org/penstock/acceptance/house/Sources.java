package org.penstock.acceptance.house;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What the compiler's own parser sees in a set of source files. */
final class Sources extends TreePathScanner<Void, Void> {

  /** One finding: where, and what. */
  record Finding(String where, String what) {
    @Override
    public String toString() {
      return where + ": " + what;
    }
  }

  private static final Set<String> BROAD =
      Set.of("Exception", "RuntimeException", "Throwable", "Error");
  private static final Set<String> LOG = Set.of("error", "warn", "info", "debug", "trace");
  private static final Set<String> BAD_SUFFIXES =
      Set.of("Impl", "Manager", "Helper", "Util", "Utils", "Base");

  final List<Finding> broadCatches = new ArrayList<>();
  final List<Finding> undocumentedTypes = new ArrayList<>();
  final List<Finding> badNames = new ArrayList<>();
  final List<String> publicTypes = new ArrayList<>();
  int logCalls;
  int codeLines;
  int fields;
  int finalFields;
  int methods;
  int documentedMethods;

  private Trees trees;
  private CompilationUnitTree unit;
  private String[] lines;

  static Sources of(List<Path> files) {
    Sources sources = new Sources();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  d -> {},
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      sources.trees = Trees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        sources.unit = unit;
        sources.lines = unit.getSourceFile().getCharContent(true).toString().split("\n", -1);
        sources.codeLines += codeLines(sources.lines);
        sources.scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  /** Lines with code: no blank line, no comment. */
  static int codeLines(String... lines) {
    int count = 0;
    boolean comment = false;
    for (String raw : lines) {
      String line = raw.strip();
      if (comment) {
        comment = !line.contains("*/");
      } else if (line.startsWith("/*")) {
        comment = !line.contains("*/");
      } else if (!line.isEmpty() && !line.startsWith("//")) {
        count++;
      }
    }
    return count;
  }

  private String where(com.sun.source.tree.Tree tree) {
    LineMap map = unit.getLineMap();
    long line = map.getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
    return Path.of(unit.getSourceFile().toUri()).getFileName() + ":" + line;
  }

  private boolean documented(TreePath path) {
    String comment = trees.getDocComment(path);
    return comment != null && !comment.isBlank();
  }

  @Override
  public Void visitClass(ClassTree type, Void nothing) {
    ModifiersTree modifiers = type.getModifiers();
    String name = type.getSimpleName().toString();
    if (modifiers.getFlags().contains(Modifier.PUBLIC) || isNestedInInterface()) {
      publicTypes.add(name);
      if (!documented(getCurrentPath())) {
        undocumentedTypes.add(new Finding(where(type), "type " + name + " has no docstring"));
      }
    }
    for (String suffix : BAD_SUFFIXES) {
      if (name.endsWith(suffix)) {
        badNames.add(new Finding(where(type), "name " + name + " ends in " + suffix));
      }
    }
    return super.visitClass(type, nothing);
  }

  private boolean isNestedInInterface() {
    TreePath parent = getCurrentPath().getParentPath();
    return parent != null && parent.getLeaf().getKind() == Kind.INTERFACE;
  }

  @Override
  public Void visitMethod(MethodTree method, Void nothing) {
    ClassTree owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
    boolean open =
        method.getModifiers().getFlags().contains(Modifier.PUBLIC)
            || owner.getKind() == Kind.INTERFACE
                && !method.getModifiers().getFlags().contains(Modifier.PRIVATE);
    boolean typeIsPublic = owner.getModifiers().getFlags().contains(Modifier.PUBLIC);
    // A record's own constructor is told by its type's @param lines.
    boolean isRecords = owner.getKind() == Kind.RECORD && method.getName().contentEquals("<init>");
    boolean overrides =
        method.getModifiers().getAnnotations().stream()
            .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
    if (open
        && typeIsPublic
        && !overrides
        && !isRecords
        && method.getBody() != getCurrentPath().getLeaf()) {
      methods++;
      if (documented(getCurrentPath())) {
        documentedMethods++;
      }
    }
    return super.visitMethod(method, nothing);
  }

  @Override
  public Void visitVariable(VariableTree variable, Void nothing) {
    TreePath parent = getCurrentPath().getParentPath();
    if (parent.getLeaf() instanceof ClassTree owner
        && (owner.getKind() == Kind.CLASS || owner.getKind() == Kind.RECORD)
        && !variable.getModifiers().getFlags().contains(Modifier.STATIC)) {
      fields++;
      if (variable.getModifiers().getFlags().contains(Modifier.FINAL)) {
        finalFields++;
      }
    }
    return super.visitVariable(variable, nothing);
  }

  @Override
  public Void visitCatch(CatchTree clause, Void nothing) {
    String type = clause.getParameter().getType().toString();
    boolean broad = List.of(type.split("\\s*\\|\\s*")).stream().anyMatch(BROAD::contains);
    if (broad) {
      long line =
          unit.getLineMap()
              .getLineNumber(
                  trees.getSourcePositions().getStartPosition(unit, clause.getParameter()));
      String text = lines[(int) line - 1];
      if (!text.contains("// thread start") && !text.contains("// foreign code")) {
        broadCatches.add(
            new Finding(
                where(clause),
                "catch of " + type + " where neither a thread nor others' code begins"));
      }
    }
    return super.visitCatch(clause, nothing);
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
    String text = call.getMethodSelect().toString();
    int dot = text.lastIndexOf('.');
    if (dot > 0
        && LOG.contains(text.substring(dot + 1))
        && text.substring(0, dot).toUpperCase().matches("(.*\\.)?LOG(GER)?")) {
      logCalls++;
    }
    return super.visitMethodInvocation(call, nothing);
  }
}
