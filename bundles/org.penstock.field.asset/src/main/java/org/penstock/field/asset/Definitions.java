package org.penstock.field.asset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.kura.asset.provider.AssetConstants;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Toption;
import org.eclipse.kura.core.configuration.metatype.Tscalar;
import org.eclipse.kura.driver.ChannelDescriptor;

/** Definitions of an asset's properties: cloned for each channel, and values made to fit. Pure. */
public final class Definitions {

  private Definitions() {}

  /** The attributes of a driver's descriptor; none when it gives nothing usable. */
  public static List<AD> attributes(ChannelDescriptor descriptor) {
    if (descriptor == null || !(descriptor.getDescriptor() instanceof List<?> list)) {
      return List.of();
    }
    List<AD> ads = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof AD ad)) {
        return List.of();
      }
      if (!ad.getId().startsWith("+") && !ad.getId().contains("#")) {
        ads.add(ad);
      }
    }
    return ads;
  }

  /** The same attribute in a class that is not the driver's, so that the driver can be unloaded. */
  static Tad copy(AD ad) {
    Tad clone = new Tad();
    clone.setId(ad.getId());
    clone.setName(ad.getName());
    clone.setDescription(ad.getDescription());
    clone.setType(Tscalar.fromValue(ad.getType().value()));
    clone.setCardinality(ad.getCardinality());
    clone.setRequired(ad.isRequired());
    clone.setDefault(ad.getDefault());
    clone.setMin(ad.getMin());
    clone.setMax(ad.getMax());
    for (Option option : ad.getOption()) {
      Toption copy = new Toption();
      copy.setLabel(option.getLabel());
      copy.setValue(option.getValue());
      clone.setOption(copy);
    }
    return clone;
  }

  /**
   * The properties with the defaults of required attributes that a channel lacks; a channel without
   * name gets its own, since the default would be the same for all.
   */
  public static Map<String, Object> complete(
      Map<String, Object> properties, Iterable<String> channels, List<? extends AD> attributes) {
    Map<String, Object> result = new HashMap<>(properties);
    for (String channel : channels) {
      result.putIfAbsent(ChannelKey.of(channel, AssetConstants.NAME.value()), channel);
      for (AD ad : attributes) {
        if (ad.isRequired() && ad.getDefault() != null) {
          fit(ad, ad.getDefault())
              .ifPresent(value -> result.putIfAbsent(ChannelKey.of(channel, ad.getId()), value));
        }
      }
    }
    return result;
  }

  /**
   * The properties with each value in the type that its attribute asks for, where it can be. What fits
   * not at all is left out; what has no attribute stays as it is.
   *
   * @param attributes finds the attribute of a key, or null
   */
  public static Map<String, Object> typed(
      Map<String, Object> properties, Function<String, AD> attributes) {
    Map<String, Object> result = new HashMap<>();
    properties.forEach(
        (key, value) -> {
          AD ad = attributes.apply(key);
          if (ad == null) {
            result.put(key, value);
          } else {
            fit(ad, value).ifPresent(fitting -> result.put(key, fitting));
          }
        });
    return result;
  }

  private static Optional<Object> fit(AD ad, Object value) {
    if (value.getClass().isArray()
        || value.getClass().getSimpleName().equals(ad.getType().value())) {
      return Optional.of(value);
    }
    try {
      return Optional.of(convert(ad.getType(), value.toString()));
    } catch (IllegalArgumentException doesNotFit) {
      return Optional.empty();
    }
  }

  private static Object convert(Scalar type, String text) {
    String number = text.strip();
    return switch (type) {
      case STRING -> text;
      case LONG -> Long.valueOf(number);
      case DOUBLE -> Double.valueOf(number);
      case FLOAT -> Float.valueOf(number);
      case INTEGER -> Integer.valueOf(number);
      case BYTE -> Byte.valueOf(number);
      case SHORT -> Short.valueOf(number);
      case BOOLEAN -> Boolean.valueOf(number);
      case PASSWORD -> new Password(text);
      case CHAR -> {
        if (text.length() != 1) {
          throw new IllegalArgumentException("one character expected");
        }
        yield text.charAt(0);
      }
    };
  }
}
