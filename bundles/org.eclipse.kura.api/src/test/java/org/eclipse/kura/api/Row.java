package org.eclipse.kura.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * One row of the table: a type (member {@code (type)}) or one public or protected member of it, as a class file states it.
 */
public record Row(
    String packageName,
    String type,
    String kind,
    String supertypes,
    String annotations,
    String member,
    String descriptor,
    String signature,
    String modifiers,
    String exceptions,
    String constant) {

  static final String TYPE = "(type)";

  /** What no two rows share. */
  String key() {
    return packageName + "." + type + " " + member + descriptor;
  }

  String typeName() {
    return packageName + "." + type;
  }

  /** Whether the row follows from the others of its enum: the type itself and what the compiler adds. */
  boolean isImplied() {
    return kind.equals("enum")
        && (member.equals(TYPE) || member.equals("values") || member.equals("valueOf"));
  }

  /** The row whose annotations and modifiers are in alphabetical order, so that order is no difference. */
  Row sorted() {
    return new Row(
        packageName,
        type,
        kind,
        supertypes,
        sorted(annotations, ","),
        member,
        descriptor,
        signature,
        sorted(modifiers, " "),
        exceptions,
        constant);
  }

  /** Each column in which the other row differs, named, with both values. */
  List<String> differences(Row other) {
    List<String> found = new ArrayList<>();
    differ(found, "kind", kind, other.kind);
    differ(found, "supertypes", supertypes, other.supertypes);
    differ(found, "annotations", annotations, other.annotations);
    differ(found, "generic signature", signature, other.signature);
    differ(found, "modifiers", modifiers, other.modifiers);
    differ(found, "exceptions", exceptions, other.exceptions);
    differ(found, "constant", constant, other.constant);
    return found;
  }

  private static void differ(List<String> found, String column, String expected, String actual) {
    if (!expected.equals(actual)) {
      found.add(column + " is <" + actual + "> instead of <" + expected + ">");
    }
  }

  private static String sorted(String list, String separator) {
    return String.join(separator, new TreeSet<>(Arrays.asList(list.split(separator))));
  }
}
