package org.penstock.core.configuration;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.eclipse.kura.crypto.CryptoService;

/**
 * Passwords in their three forms: in clear, sealed (a Password that holds encrypted text), and as
 * components get them (a String that holds encrypted text).
 */
final class Secrets {

  private final CryptoService crypto;

  Secrets(CryptoService crypto) {
    this.crypto = crypto;
  }

  /** The clear text, or empty when the text is not one that this device encrypted. */
  Optional<String> decrypt(String text) {
    try {
      return Optional.of(new String(crypto.decryptAes(text.toCharArray())));
    } catch (KuraException e) {
      return Optional.empty();
    }
  }

  /** Encrypts what is written; closing it closes the destination. */
  OutputStream encrypting(OutputStream destination) throws IOException {
    try {
      return crypto.aesEncryptingStream(destination);
    } catch (KuraException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** The clear form of a file, or empty when this device did not encrypt it, or it was changed. */
  Optional<InputStream> decrypting(FileInputStream file) throws IOException {
    try {
      return Optional.of(crypto.aesDecryptingStream(file));
    } catch (KuraException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      return Optional.empty();
    }
  }

  /** Encrypts any text. */
  String encrypt(String text) throws KuraException {
    return new String(crypto.encryptAes(text.toCharArray()));
  }

  /** There is a password among the values. */
  static boolean anyIn(Map<String, Object> properties) {
    return properties.values().stream()
        .anyMatch(value -> value instanceof Password || value instanceof Password[]);
  }

  /** Encrypts passwords; those that decrypt already are left alone. */
  Map<String, Object> sealed(Map<String, Object> properties) throws KuraException {
    Map<String, Object> sealed = PropertyMaps.copy(properties);
    for (Map.Entry<String, Object> entry : sealed.entrySet()) {
      Object value = entry.getValue();
      if (value instanceof Password one) {
        entry.setValue(seal(one));
      } else if (value instanceof Password[] many) {
        Password[] all = new Password[many.length];
        for (int i = 0; i < many.length; i++) {
          all[i] = seal(many[i] == null ? new Password("") : many[i]);
        }
        entry.setValue(all);
      }
    }
    return sealed;
  }

  private Password seal(Password password) throws KuraException {
    String text = text(password);
    return decrypt(text).isPresent() ? password : new Password(encrypt(text));
  }

  /** Opens passwords with any key and seals them with the present one. */
  Map<String, Object> resealed(Map<String, Object> properties) throws KuraException {
    Map<String, Object> opened = opened(properties);
    for (Map.Entry<String, Object> entry : opened.entrySet()) {
      if (entry.getValue() instanceof Password one) {
        entry.setValue(new Password(encrypt(text(one))));
      } else if (entry.getValue() instanceof Password[] many) {
        Password[] all = new Password[many.length];
        for (int i = 0; i < many.length; i++) {
          all[i] = new Password(encrypt(text(many[i])));
        }
        entry.setValue(all);
      }
    }
    return opened;
  }

  /** Decrypts sealed passwords; what does not decrypt stays as it is. */
  Map<String, Object> opened(Map<String, Object> properties) {
    return mapped(properties, p -> new Password(decrypt(text(p)).orElse(text(p))));
  }

  private static Map<String, Object> mapped(
      Map<String, Object> properties, UnaryOperator<Password> change) {
    Map<String, Object> changed = new LinkedHashMap<>(properties);
    changed.replaceAll(
        (key, value) -> {
          if (value instanceof Password one) {
            return change.apply(one);
          }
          if (value instanceof Password[] many) {
            Password[] all = new Password[many.length];
            for (int i = 0; i < many.length; i++) {
              all[i] = change.apply(many[i]);
            }
            return all;
          }
          return value;
        });
    return changed;
  }

  /** Sealed passwords become strings. */
  static Map<String, Object> forComponents(Map<String, Object> properties) {
    Map<String, Object> plain = PropertyMaps.copy(properties);
    plain.replaceAll(
        (key, value) -> {
          if (value instanceof Password one) {
            return text(one);
          }
          if (value instanceof Password[] many) {
            String[] texts = new String[many.length];
            for (int i = 0; i < many.length; i++) {
              texts[i] = text(many[i]);
            }
            return texts;
          }
          return value;
        });
    return plain;
  }

  /** Strings under keys that the definition calls passwords become passwords. */
  static Map<String, Object> typed(OCD definition, Map<String, Object> properties) {
    Map<String, Object> typed = PropertyMaps.copy(properties);
    if (definition != null) {
      for (AD attribute : definition.getAD()) {
        if (attribute.getType() == Scalar.PASSWORD) {
          typed.computeIfPresent(attribute.getId(), (key, value) -> password(value));
        }
      }
    }
    return typed;
  }

  /** A String or String[] as Password or Password[]; anything else as it is. */
  static Object password(Object value) {
    if (value instanceof String text) {
      return new Password(text);
    }
    if (value instanceof String[] texts) {
      Password[] all = new Password[texts.length];
      for (int i = 0; i < texts.length; i++) {
        all[i] = new Password(texts[i]);
      }
      return all;
    }
    return value;
  }

  static char[] chars(Password password) {
    char[] content = password.getPassword();
    return content == null ? new char[0] : content;
  }

  private static String text(Password password) {
    char[] content = password.getPassword();
    return content == null ? "" : new String(content);
  }
}
