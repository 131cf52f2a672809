package org.penstock.flow.script;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.ScriptableObject;

/**
 * How many bytes a script's globals hold, roughly: all that can be reached from them is looked at, also
 * what the interpreter keeps to itself, such as closures, maps and waiting generators.
 */
final class Held {

  private static final int HEADER = 16;
  private static final int SLOT = 8;
  private static final int ENTRY = 48;

  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          List<Field> fields = new ArrayList<>();
          for (Class<?> one = type; isInterpreter(one); one = one.getSuperclass()) {
            for (Field field : one.getDeclaredFields()) {
              if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                fields.add(field);
              }
            }
          }
          return fields;
        }
      };

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> next = new ArrayDeque<>();

  private Held() {}

  /** The bytes; counting ends when there are more than the most that are allowed. */
  static long by(ScriptableObject globals, long most) {
    Held held = new Held();
    held.add(globals);
    long bytes = 0;
    while (bytes <= most && !held.next.isEmpty()) {
      bytes += held.look(held.next.poll());
    }
    return bytes;
  }

  /** The interpreter's, or ours: guards and the like are functions, which a script may hang things on. */
  private static boolean isInterpreter(Class<?> type) {
    return type.getName().startsWith("org.mozilla.javascript.")
        || type.getPackageName().equals(Held.class.getPackageName());
  }

  private void add(Object value) {
    if (value != null
        && !(value instanceof Boolean)
        && !(value instanceof Class<?>)
        && !(value instanceof Context)
        && !(value instanceof ContextFactory)
        && seen.add(value)) {
      next.add(value);
    }
  }

  private long look(Object value) {
    if (value instanceof String text) {
      return HEADER * 2 + text.length();
    }
    if (value instanceof Object[] array) {
      for (Object one : array) {
        add(one);
      }
      return HEADER + (long) SLOT * array.length;
    }
    if (value.getClass().isArray()) {
      return HEADER + (long) width(value) * Array.getLength(value);
    }
    if (isInterpreter(value.getClass())) { // before the next: its lists and maps are Java's, too
      return fields(value);
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, one) -> {
            add(key);
            add(one);
          });
      return HEADER + (long) ENTRY * map.size();
    }
    if (value instanceof Collection<?> some) {
      some.forEach(this::add);
      return HEADER + (long) SLOT * some.size();
    }
    return HEADER + SLOT;
  }

  private static int width(Object array) {
    return array instanceof byte[] || array instanceof boolean[] ? 1 : SLOT;
  }

  private long fields(Object value) {
    List<Field> fields = FIELDS.get(value.getClass());
    for (Field field : fields) {
      try {
        add(field.get(value));
      } catch (IllegalAccessException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    return HEADER + (long) SLOT * fields.size();
  }
}
