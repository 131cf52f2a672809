package org.penstock.console.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.penstock.api.rest.Answers;
import org.penstock.api.rest.RestResource;

/** The OpenAPI 3.1 document of a set of resources, from their annotations and types. */
final class OpenApi {

  private static final String JSON = MediaType.APPLICATION_JSON;
  private static final Pattern CHOICE = Pattern.compile("\\{[^:}]+:([A-Za-z0-9_/|]+)}");

  private final Schemas schemas = new Schemas();
  private final Map<String, Map<String, JsonObject>> paths = new TreeMap<>();

  private OpenApi() {}

  static JsonObject document(List<Object> resources) {
    OpenApi api = new OpenApi();
    for (Object resource : resources) {
      Class<?> type = resource.getClass();
      if (type.isAnnotationPresent(Path.class)) {
        for (Method method : type.getMethods()) {
          api.add(type, method);
        }
      }
    }
    return api.document();
  }

  private void add(Class<?> type, Method method) {
    Optional<String> verb = verb(method);
    if (verb.isEmpty()) {
      return;
    }
    for (String path : alternatives(path(type, method))) {
      paths
          .computeIfAbsent(path, p -> new TreeMap<>())
          .put(verb.get().toLowerCase(Locale.ROOT), operation(type, method, path));
    }
  }

  /** A parameter whose pattern is a choice of words stands for as many paths. */
  private static List<String> alternatives(String path) {
    Matcher choice = CHOICE.matcher(path);
    if (!choice.find()) {
      String plain = path.replaceAll("\\{([^:}]+):[^}]*}", "{$1}"); // without its pattern
      return List.of(plain);
    }
    List<String> all = new ArrayList<>();
    for (String word : choice.group(1).split("\\|")) {
      all.addAll(alternatives(choice.replaceFirst(word)));
    }
    return all;
  }

  private static Optional<String> verb(Method method) {
    for (Annotation note : method.getAnnotations()) {
      HttpMethod verb = note.annotationType().getAnnotation(HttpMethod.class);
      if (verb != null) {
        return Optional.of(verb.value());
      }
    }
    return Optional.empty();
  }

  private static String path(Class<?> type, Method method) {
    String path = strip(type.getAnnotation(Path.class).value());
    if (method.isAnnotationPresent(Path.class)) {
      path += "/" + strip(method.getAnnotation(Path.class).value());
    }
    return path.startsWith("api/") ? "/" + path : "/services/" + path;
  }

  private static String strip(String path) {
    return path.replaceAll("^/+|/+$", "");
  }

  private JsonObject operation(Class<?> type, Method method, String path) {
    JsonObject operation = new JsonObject();
    operation.addProperty("operationId", type.getSimpleName() + "." + method.getName());
    operation.addProperty("summary", words(method.getName()));
    JsonArray tags = new JsonArray();
    tags.add(path.split("/")[path.startsWith("/api/") ? 3 : 2]);
    operation.add("tags", tags);
    JsonArray parameters = new JsonArray();
    boolean body = parameters(type, method, path, operation, parameters);
    if (!parameters.isEmpty()) {
      operation.add("parameters", parameters);
    }
    boolean open = method.isAnnotationPresent(PermitAll.class);
    List<String> permissions = Authorisation.declared(method, type);
    if (open) {
      operation.add("security", new JsonArray());
    } else {
      JsonArray names = new JsonArray();
      permissions.stream().filter(p -> !p.equals(RestResource.ANY_USER)).forEach(names::add);
      operation.add("x-permissions", names);
    }
    operation.add("responses", responses(type, method, open, body, path));
    return operation;
  }

  private static String words(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }

  /** Adds parameters and body; true when there is a body. */
  private boolean parameters(
      Class<?> type, Method method, String path, JsonObject operation, JsonArray parameters) {
    boolean body = false;
    for (Parameter parameter : method.getParameters()) {
      if (parameter.isAnnotationPresent(BeanParam.class)) {
        for (Field field : parameter.getType().getDeclaredFields()) {
          parameter(field, field.getType()).ifPresent(parameters::add);
        }
      } else if (!parameter.isAnnotationPresent(Context.class)) {
        Optional<JsonObject> named = parameter(parameter, parameter.getType());
        named.filter(p -> isIn(path, p)).ifPresent(parameters::add);
        if (named.isEmpty() && !parameter.isAnnotationPresent(HeaderParam.class)) {
          operation.add("requestBody", body(type, method, parameter.getParameterizedType()));
          body = true;
        }
      }
    }
    return body;
  }

  /** A parameter of the path that is a fixed word in this one is none. */
  private static boolean isIn(String path, JsonObject parameter) {
    return !parameter.get("in").getAsString().equals("path")
        || path.contains("{" + parameter.get("name").getAsString() + "}");
  }

  private Optional<JsonObject> parameter(AnnotatedElement from, Class<?> type) {
    PathParam path = from.getAnnotation(PathParam.class);
    QueryParam query = from.getAnnotation(QueryParam.class);
    HeaderParam header = from.getAnnotation(HeaderParam.class);
    if (path != null) {
      return Optional.of(parameter("path", path.value(), from, type));
    }
    if (query != null) {
      return Optional.of(parameter("query", query.value(), from, type));
    }
    return header == null || header.value().startsWith("penstock-")
        ? Optional.empty()
        : Optional.of(parameter("header", header.value(), from, type));
  }

  private JsonObject parameter(String in, String name, AnnotatedElement from, Class<?> type) {
    JsonObject parameter = new JsonObject();
    parameter.addProperty("name", name);
    parameter.addProperty("in", in);
    if (in.equals("path")) {
      parameter.addProperty("required", true);
    }
    JsonObject schema = schemas.of(type);
    DefaultValue fallback = from.getAnnotation(DefaultValue.class);
    if (fallback != null && !fallback.value().isEmpty()) {
      schema.addProperty("default", fallback.value());
    }
    parameter.add("schema", schema);
    return parameter;
  }

  private JsonObject body(Class<?> resource, Method method, Type type) {
    Consumes consumes = method.getAnnotation(Consumes.class);
    Consumes given = consumes == null ? resource.getAnnotation(Consumes.class) : consumes;
    JsonObject body = new JsonObject();
    body.addProperty("required", true);
    body.add("content", content(given == null ? MediaType.WILDCARD : given.value()[0], type));
    return body;
  }

  private JsonObject content(String media, Type type) {
    JsonObject of = new JsonObject();
    of.add("schema", schemas.of(type));
    JsonObject content = new JsonObject();
    content.add(media.split(";")[0], of);
    return content;
  }

  private JsonObject responses(
      Class<?> type, Method method, boolean open, boolean body, String path) {
    JsonObject responses = new JsonObject();
    responses.add("2XX", success(type, method));
    List<String> refusals = new ArrayList<>(List.of("429"));
    if (body) {
      refusals.addAll(List.of("400", "413", "415"));
    }
    if (!open) {
      refusals.addAll(List.of("401", "403"));
    }
    if (path.contains("{")) {
      refusals.add("404");
    }
    String kind = path.startsWith("/api/") ? "Problem" : "Message";
    refusals.stream()
        .sorted()
        .forEach(
            status -> {
              JsonObject reference = new JsonObject();
              reference.addProperty("$ref", "#/components/responses/" + kind);
              responses.add(status, reference);
            });
    return responses;
  }

  private JsonObject success(Class<?> type, Method method) {
    JsonObject answer = new JsonObject();
    answer.addProperty("description", "done");
    Answers told = method.getAnnotation(Answers.class);
    Type returned = told == null ? method.getGenericReturnType() : told.value();
    if (returned != Response.class && returned != void.class) {
      Produces produces = method.getAnnotation(Produces.class);
      Produces given = produces == null ? type.getAnnotation(Produces.class) : produces;
      answer.add("content", content(given == null ? JSON : given.value()[0], returned));
    }
    return answer;
  }

  private JsonObject document() {
    JsonObject document = new JsonObject();
    document.addProperty("openapi", "3.1.0");
    JsonObject info = new JsonObject();
    info.addProperty("title", "Penstock");
    info.addProperty("version", "1");
    document.add("info", info);
    JsonObject all = new JsonObject();
    paths.forEach(
        (path, operations) -> {
          JsonObject item = new JsonObject();
          operations.forEach(item::add);
          all.add(path, item);
        });
    document.add("paths", all);
    document.add("components", Parts.components(schemas));
    document.add("security", Parts.security());
    return document;
  }

  /** What is the same in every document. */
  private static final class Parts {

    private Parts() {}

    static JsonObject components(Schemas schemas) {
      JsonObject components = new JsonObject();
      components.add("schemas", schemas.named());
      JsonObject responses = new JsonObject();
      responses.add("Message", refusal(JSON, "message"));
      responses.add(
          "Problem",
          refusal(Refusal.PROBLEM.toString(), "message", "type", "title", "status", "detail"));
      components.add("responses", responses);
      JsonObject schemes = new JsonObject();
      schemes.add("basic", scheme("http", "scheme", "basic"));
      schemes.add("token", scheme("http", "scheme", "bearer"));
      JsonObject session = scheme("apiKey", "in", "cookie");
      session.addProperty("name", Sessions.COOKIE);
      session.addProperty("description", "with the header X-XSRF-Token");
      schemes.add("session", session);
      components.add("securitySchemes", schemes);
      return components;
    }

    private static JsonObject scheme(String type, String key, String value) {
      JsonObject scheme = new JsonObject();
      scheme.addProperty("type", type);
      scheme.addProperty(key, value);
      return scheme;
    }

    private static JsonObject refusal(String media, String... members) {
      JsonObject properties = new JsonObject();
      for (String member : members) {
        JsonObject type = new JsonObject();
        type.addProperty("type", member.equals("status") ? "integer" : "string");
        properties.add(member, type);
      }
      JsonObject schema = new JsonObject();
      schema.addProperty("type", "object");
      schema.add("properties", properties);
      JsonObject of = new JsonObject();
      of.add("schema", schema);
      JsonObject content = new JsonObject();
      content.add(media, of);
      JsonObject refusal = new JsonObject();
      refusal.addProperty("description", "refused, with what is wrong and what to do");
      refusal.add("content", content);
      return refusal;
    }

    static JsonArray security() {
      JsonArray ways = new JsonArray();
      for (String way : List.of("basic", "token", "session")) {
        JsonObject one = new JsonObject();
        one.add(way, new JsonArray());
        ways.add(one);
      }
      return ways;
    }
  }
}
