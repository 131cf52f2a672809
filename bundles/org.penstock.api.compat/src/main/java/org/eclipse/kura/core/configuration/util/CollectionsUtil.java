package org.eclipse.kura.core.configuration.util;

import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.configuration.metatype.Scalar;

/** Carries configurations between dictionaries of Configuration Admin and maps, passwords between texts and objects. */
public class CollectionsUtil {

  public CollectionsUtil() {
    super();
  }

  /** A map of the dictionary; texts of attributes that the definition calls passwords become passwords. */
  public static Map<String, Object> dictionaryToMap(
      Dictionary<String, Object> dictionary, OCD definition) {
    Map<String, Object> map = new HashMap<>();
    if (dictionary == null) {
      return map;
    }
    for (String key : Collections.list(dictionary.keys())) {
      map.put(key, dictionary.get(key));
    }
    if (definition != null) {
      for (AD attribute : definition.getAD()) {
        if (attribute.getType() == Scalar.PASSWORD) {
          map.computeIfPresent(attribute.getId(), (key, value) -> password(value));
        }
      }
    }
    return map;
  }

  private static Object password(Object value) {
    if (value instanceof String text) {
      return new Password(text);
    }
    if (value instanceof String[] texts) {
      return Arrays.stream(texts).map(Password::new).toArray(Password[]::new);
    }
    return value;
  }

  /** A dictionary of the map without its nulls; passwords become texts. */
  public static Dictionary<String, Object> mapToDictionary(Map<String, Object> map) {
    Dictionary<String, Object> dictionary = new Hashtable<>();
    map.forEach(
        (key, value) -> {
          if (value != null) {
            dictionary.put(key, text(value));
          }
        });
    return dictionary;
  }

  private static Object text(Object value) {
    if (value instanceof Password password) {
      return password.toString();
    }
    if (value instanceof Password[] passwords) {
      return Arrays.stream(passwords).map(Password::toString).toArray(String[]::new);
    }
    return value;
  }
}
