package org.eclipse.kura.asset.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The exported package against the table of Kura's, row by row. If deleted: an add-on that extends
 * BaseAsset could fail at run time with NoSuchMethodError.
 */
class ProviderTableTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        AssetConstants.class,
        BaseAsset.class,
        BaseAssetExecutor.class,
        BaseAssetOCD.class,
        BaseChannelDescriptor.class
      })
  void membersAreThoseOfTheTable(Class<?> type) throws IOException {
    Set<String> expected =
        rows()
            .filter(row -> row[0].equals(type.getSimpleName()) && !row[2].equals("(type)"))
            .map(row -> row[2] + " " + row[3] + " " + row[4] + " " + row[5])
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(String.join("\n", expected), String.join("\n", members(type)));
  }

  private static java.util.stream.Stream<String[]> rows() throws IOException {
    try (InputStream table = ProviderTableTest.class.getResourceAsStream("/asset-provider.tsv")) {
      String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
      return List.of(text.split("\n")).stream().map(line -> line.split("\t", -1));
    }
  }

  private static Set<String> members(Class<?> type) {
    Set<String> found = new TreeSet<>();
    for (Field field : type.getDeclaredFields()) {
      add(found, field.getName(), field.getType().descriptorString(), field.getModifiers(), "");
    }
    for (Method method : type.getDeclaredMethods()) {
      String descriptor =
          MethodType.methodType(method.getReturnType(), method.getParameterTypes())
              .toMethodDescriptorString();
      if (!method.isSynthetic() && !method.isBridge()) {
        add(
            found,
            method.getName(),
            descriptor,
            method.getModifiers(),
            thrown(method.getExceptionTypes()));
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      String descriptor =
          MethodType.methodType(void.class, constructor.getParameterTypes())
              .toMethodDescriptorString();
      if (!type.isEnum()) {
        add(
            found,
            "<init>",
            descriptor,
            constructor.getModifiers(),
            thrown(constructor.getExceptionTypes()));
      }
    }
    return found;
  }

  private static String thrown(Class<?>[] types) {
    return Arrays.stream(types).map(Class::getName).collect(Collectors.joining(","));
  }

  private static void add(
      Set<String> found, String name, String descriptor, int modifiers, String exceptions) {
    if (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers)) {
      int shown = modifiers & ~Modifier.TRANSIENT & ~Modifier.VOLATILE;
      found.add(name + " " + descriptor + " " + Modifier.toString(shown) + " " + exceptions);
    }
  }
}
