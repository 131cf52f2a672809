package org.penstock.core.configuration;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.penstock.api.configuration.Problem;

/** Properties against their definition. Keys that the definition does not name are accepted. */
final class Validation {

  private final String pid;
  private final OCD definition;

  Validation(String pid, OCD definition) {
    this.pid = pid;
    this.definition = definition;
  }

  /** Problems of those attributes that have a value. */
  List<Problem> ofGiven(Map<String, Object> properties) {
    List<Problem> problems = new ArrayList<>();
    for (AD attribute : definition.getAD()) {
      Object value = properties.get(attribute.getId());
      if (value != null) {
        problems.addAll(of(attribute, ValueType.normal(value)));
      }
    }
    return problems;
  }

  /** Problems of all attributes, required ones without a value among them. */
  List<Problem> ofAll(Map<String, Object> properties) {
    List<Problem> problems = ofGiven(properties);
    for (AD attribute : definition.getAD()) {
      if (attribute.isRequired() && properties.get(attribute.getId()) == null) {
        problems.add(
            new Problem(
                pid, attribute.getId(), "", "required and missing; give " + wanted(attribute)));
      }
    }
    return problems;
  }

  /** Problems of required attributes that are given as null, which clears them. */
  List<Problem> ofCleared(Map<String, Object> properties) {
    List<Problem> problems = new ArrayList<>();
    for (AD attribute : definition.getAD()) {
      String key = attribute.getId();
      if (attribute.isRequired() && properties.containsKey(key) && properties.get(key) == null) {
        problems.add(new Problem(pid, key, "nothing", "required; give " + wanted(attribute)));
      }
    }
    return problems;
  }

  private List<Problem> of(AD attribute, Object value) {
    ValueType type = ValueType.of(attribute.getType());
    Optional<ValueType> given = ValueType.of(value);
    boolean typed =
        given.isPresent()
            && (given.get() == type
                || type == ValueType.PASSWORD && given.get() == ValueType.STRING);
    boolean list = value instanceof Object[];
    if (!typed || list == Defaults.isSingle(attribute)) {
      return List.of(problem(attribute, value, wanted(attribute)));
    }
    Object[] elements = list ? (Object[]) value : new Object[] {value};
    int most = attribute.getCardinality();
    if (list && most != Integer.MIN_VALUE && elements.length > Math.abs(most)) {
      String allowed = "at most " + Math.abs(most) + " values";
      return List.of(new Problem(pid, attribute.getId(), elements.length + " values", allowed));
    }
    for (Object element : elements) {
      Optional<String> allowed =
          element == null ? Optional.of("no null") : limit(attribute, element);
      if (allowed.isPresent()) {
        return List.of(problem(attribute, element, allowed.get()));
      }
    }
    return List.of();
  }

  private Problem problem(AD attribute, Object value, String allowed) {
    return new Problem(pid, attribute.getId(), shown(attribute, value), "allowed: " + allowed);
  }

  /** What is allowed, when the element is not. */
  private static Optional<String> limit(AD attribute, Object element) {
    if (element instanceof Password || attribute.getType() == Scalar.PASSWORD) {
      return Optional.empty(); // encrypted text: its length means nothing
    }
    List<String> options =
        attribute.getOption().stream().map(Option::getValue).filter(Objects::nonNull).toList();
    if (!options.isEmpty()) {
      return options.contains(element.toString())
          ? Optional.empty()
          : Optional.of("one of " + String.join(", ", options));
    }
    if (element instanceof Boolean || element instanceof Character) {
      return Optional.empty();
    }
    boolean text = element instanceof String;
    double measure = text ? ((String) element).length() : ((Number) element).doubleValue();
    Optional<BigDecimal> min = number(attribute.getMin());
    Optional<BigDecimal> max = number(attribute.getMax());
    boolean within =
        !Double.isNaN(measure)
            && (min.isEmpty() || compare(element, text, measure, min.get()) >= 0)
            && (max.isEmpty() || compare(element, text, measure, max.get()) <= 0);
    return within || min.isEmpty() && max.isEmpty()
        ? Optional.empty()
        : Optional.of(range(min, max) + (text ? " characters" : ""));
  }

  private static int compare(Object element, boolean text, double measure, BigDecimal limit) {
    if (Double.isInfinite(measure)) {
      return measure > 0 ? 1 : -1;
    }
    return (text ? BigDecimal.valueOf(measure) : new BigDecimal(element.toString()))
        .compareTo(limit);
  }

  private static String range(Optional<BigDecimal> min, Optional<BigDecimal> max) {
    if (max.isEmpty()) {
      return min.get().toPlainString() + " or more";
    }
    return min.isEmpty()
        ? max.get().toPlainString() + " or less"
        : min.get().toPlainString() + " to " + max.get().toPlainString();
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return text == null || text.isBlank() || text.trim().length() > 40
          ? Optional.empty()
          : Optional.of(new BigDecimal(text.trim()));
    } catch (NumberFormatException e) {
      return Optional.empty(); // the definition's author's mistake: no limit
    }
  }

  private static String wanted(AD attribute) {
    String type = ValueType.of(attribute.getType()).text();
    return Defaults.isSingle(attribute) ? "one " + type : "an array of " + type;
  }

  private static String shown(AD attribute, Object value) {
    if (attribute.getType() == Scalar.PASSWORD || value instanceof Password) {
      return "***";
    }
    Object[] elements = value instanceof Object[] many ? many : new Object[] {value};
    String type = ValueType.of(value).map(ValueType::text).orElse(value.getClass().getSimpleName());
    String text = elements.length == 1 ? String.valueOf(elements[0]) : elements.length + " values";
    text = text.length() > 60 ? text.substring(0, 60) + "..." : text;
    return (value instanceof Object[] ? "array of " : "") + type + " " + text;
  }

  /** Properties that fit, and what was wrong with the given ones. */
  record Fitted(Map<String, Object> properties, List<Problem> problems) {}

  /**
   * Makes values fit their attributes' types: what can be converted without loss is converted, what
   * can't is left out so that the default takes its place. Values out of range stay as they are.
   */
  Fitted fitted(Map<String, Object> properties) {
    Map<String, Object> fitting = new LinkedHashMap<>(properties);
    List<Problem> problems = new ArrayList<>();
    for (AD attribute : definition.getAD()) {
      Object value = properties.get(attribute.getId());
      if (value == null || of(attribute, ValueType.normal(value)).isEmpty()) {
        continue;
      }
      Object normal = ValueType.normal(value);
      Optional<Object> converted = converted(attribute, normal);
      if (converted.isPresent()) {
        fitting.put(attribute.getId(), converted.get());
        if (!Objects.deepEquals(converted.get(), normal) && !isSecret(attribute, normal)) {
          problems.add(problem(attribute, normal, wanted(attribute) + "; converted"));
        }
        continue;
      }
      fitting.remove(attribute.getId());
      Object instead = Defaults.of(attribute);
      String note = instead == null ? "; left out" : "; its default is used until it is corrected";
      problems.add(problem(attribute, normal, wanted(attribute) + note));
    }
    return new Fitted(fitting, problems);
  }

  private static boolean isSecret(AD attribute, Object value) {
    return attribute.getType() == Scalar.PASSWORD || value instanceof Password;
  }

  private static Optional<Object> converted(AD attribute, Object value) {
    ValueType type = ValueType.of(attribute.getType());
    Object[] elements = value instanceof Object[] many ? many : new Object[] {value};
    List<Object> values = new ArrayList<>();
    for (Object element : elements) {
      if (element == null) {
        return Optional.empty();
      }
      try {
        boolean fits = ValueType.of(element).equals(Optional.of(type));
        values.add(fits ? element : type.parse(element.toString()));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    if (Defaults.isSingle(attribute)) {
      return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }
    return Optional.of(type.array(values));
  }
}
