package org.eclipse.kura.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Turns one class file into rows; of a {@code package-info}, keeps the exported version. */
final class ClassRows extends ClassVisitor {

  private static final String EXPORT = "Lorg/osgi/annotation/bundle/Export;";
  private static final String VERSION = "Lorg/osgi/annotation/versioning/Version;";

  private record Member(
      String name,
      String descriptor,
      String signature,
      String modifiers,
      String exceptions,
      String constant) {}

  private final List<Member> members = new ArrayList<>();
  private final List<String> annotations = new ArrayList<>();
  private final Map<Integer, String> defaults = new HashMap<>();
  private String internalName;
  private String superName;
  private String[] interfaces;
  private String signature;
  private int access;
  private boolean hidden;
  private boolean exported;
  private String version;
  private int ordinal;

  ClassRows() {
    super(Opcodes.ASM9);
  }

  @Override
  public void visit(int v, int flags, String name, String sig, String sup, String[] itfs) {
    internalName = name;
    signature = sig;
    superName = sup;
    interfaces = itfs;
    access = flags;
  }

  @Override
  public void visitInnerClass(String name, String outer, String inner, int flags) {
    if (name.equals(internalName)) {
      hidden = outer == null;
      access = access & ~(Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED) | flags;
    }
  }

  @Override
  public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    annotations.add("@" + simple(descriptor.substring(1, descriptor.length() - 1)));
    exported |= descriptor.equals(EXPORT);
    if (!descriptor.equals(VERSION)) {
      return null;
    }
    return new AnnotationVisitor(Opcodes.ASM9) {
      @Override
      public void visit(String name, Object value) {
        version = (String) value;
      }
    };
  }

  @Override
  public void visitAttribute(Attribute attribute) {
    throw new IllegalStateException("unknown attribute " + attribute.type);
  }

  @Override
  public FieldVisitor visitField(int flags, String name, String desc, String sig, Object value) {
    String constant = value == null ? "" : constant(desc, value);
    if ((flags & Opcodes.ACC_ENUM) != 0) {
      constant = "enum#" + ordinal++;
    }
    if (isVisible(flags)) {
      members.add(new Member(name, desc, text(sig), modifiers(flags, false), "", constant));
    }
    return null;
  }

  @Override
  public MethodVisitor visitMethod(int flags, String name, String desc, String sig, String[] ex) {
    if (!isVisible(flags)) {
      return null;
    }
    int index = members.size();
    String exceptions =
        ex == null
            ? ""
            : Stream.of(ex).map(e -> e.replace('/', '.')).collect(Collectors.joining(","));
    members.add(new Member(name, desc, text(sig), modifiers(flags, true), exceptions, ""));
    return new MethodVisitor(Opcodes.ASM9) {
      @Override
      public AnnotationVisitor visitAnnotationDefault() {
        return new AnnotationVisitor(Opcodes.ASM9) {
          @Override
          public void visit(String element, Object value) {
            defaults.put(index, "default " + constant(desc.substring(2), value));
          }
        };
      }
    };
  }

  private static boolean isVisible(int flags) {
    return (flags & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0
        && (flags & Opcodes.ACC_SYNTHETIC) == 0;
  }

  void addTo(Map<String, Row> rows, Map<String, String> versions) {
    String packageName = internalName.substring(0, internalName.lastIndexOf('/')).replace('/', '.');
    if (internalName.endsWith("/package-info")) {
      if (exported) {
        versions.put(packageName, String.valueOf(version));
      }
      return;
    }
    if (hidden || !isVisible(access)) {
      return;
    }
    Member type = new Member(Row.TYPE, "", text(signature), typeModifiers(), "", "");
    put(rows, packageName, type, "");
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      put(rows, packageName, member, defaults.getOrDefault(i, member.constant()));
    }
  }

  private void put(Map<String, Row> rows, String packageName, Member member, String constant) {
    Row row =
        new Row(
                packageName,
                internalName.substring(packageName.length() + 1),
                kind(),
                supertypes(),
                String.join(",", annotations),
                member.name(),
                member.descriptor(),
                member.signature(),
                member.modifiers(),
                member.exceptions(),
                constant)
            .sorted();
    rows.put(row.key(), row);
  }

  private String kind() {
    if ((access & Opcodes.ACC_ANNOTATION) != 0) {
      return "annotation";
    }
    if (isInterface()) {
      return "interface";
    }
    return (access & Opcodes.ACC_ENUM) != 0 ? "enum" : "class";
  }

  private boolean isInterface() {
    return (access & Opcodes.ACC_INTERFACE) != 0;
  }

  private String supertypes() {
    String implemented =
        Stream.of(interfaces).map(i -> i.replace('/', '.')).collect(Collectors.joining(","));
    if (isInterface()) {
      return implemented.isEmpty() ? "" : "extends " + implemented;
    }
    String extended =
        superName.equals("java/lang/Object") ? "" : "extends " + superName.replace('/', '.');
    return (extended + (implemented.isEmpty() ? "" : " implements " + implemented)).trim();
  }

  private String typeModifiers() {
    StringBuilder text = new StringBuilder();
    append(text, access, Opcodes.ACC_PUBLIC, "public");
    append(text, access, Opcodes.ACC_PROTECTED, "protected");
    append(text, access, Opcodes.ACC_STATIC, "static");
    append(text, access, Opcodes.ACC_FINAL, "final");
    if (!isInterface()) {
      append(text, access, Opcodes.ACC_ABSTRACT, "abstract");
    }
    append(text, access, Opcodes.ACC_DEPRECATED, "deprecated");
    return text.toString().trim();
  }

  private String modifiers(int flags, boolean method) {
    StringBuilder text = new StringBuilder();
    boolean implemented = (flags & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_STATIC)) == 0;
    text.append(method && isInterface() && implemented ? "default " : "");
    append(text, flags, Opcodes.ACC_PUBLIC, "public");
    append(text, flags, Opcodes.ACC_PROTECTED, "protected");
    append(text, flags, Opcodes.ACC_STATIC, "static");
    append(text, flags, Opcodes.ACC_FINAL, "final");
    append(text, flags, Opcodes.ACC_ABSTRACT, "abstract");
    if (method) {
      append(text, flags, Opcodes.ACC_SYNCHRONIZED, "synchronized");
      append(text, flags, Opcodes.ACC_NATIVE, "native");
      append(text, flags, Opcodes.ACC_VARARGS, "varargs");
    } else {
      append(text, flags, Opcodes.ACC_VOLATILE, "volatile");
      append(text, flags, Opcodes.ACC_TRANSIENT, "transient");
    }
    append(text, flags, Opcodes.ACC_DEPRECATED, "deprecated");
    return text.toString().trim();
  }

  private static void append(StringBuilder text, int flags, int flag, String word) {
    if ((flags & flag) != 0) {
      text.append(word).append(' ');
    }
  }

  private static String constant(String descriptor, Object value) {
    if (value instanceof String string) {
      return "\"" + string + "\"";
    }
    if (value instanceof Integer number && descriptor.equals("Z")) {
      return String.valueOf(number != 0);
    }
    if (value instanceof Long) {
      return value + "L";
    }
    if (value instanceof Float) {
      return value + "f";
    }
    return value instanceof Type type ? type.getClassName() : String.valueOf(value);
  }

  private static String simple(String internal) {
    return internal.substring(Math.max(internal.lastIndexOf('/'), internal.lastIndexOf('$')) + 1);
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
