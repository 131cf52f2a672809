package org.penstock.core.security;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.felix.useradmin.RoleFactory;
import org.osgi.service.useradmin.Group;
import org.osgi.service.useradmin.Role;
import org.osgi.service.useradmin.User;

/**
 * Roles in Kura's JSON: {@code [{"name","credentials","properties"}]} for users, with {@code
 * basicMembers} and {@code requiredMembers} for groups. Strings are JSON strings, bytes are arrays of
 * numbers.
 */
final class RoleFile {

  /** One role, group or user. */
  record Entry(
      String name,
      Map<String, JsonElement> properties,
      Map<String, JsonElement> credentials,
      List<String> basicMembers,
      List<String> requiredMembers) {}

  /** All roles. */
  record Content(List<Entry> roles, List<Entry> users, List<Entry> groups) {}

  private static final Gson GSON = new Gson();

  private RoleFile() {}

  static String write(Map<String, Role> roles) {
    Content content = new Content(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Role role : roles.values()) {
      switch (role.getType()) {
        case Role.GROUP -> content.groups().add(entry((Group) role));
        case Role.USER -> content.users().add(entry((User) role));
        default ->
            content
                .roles()
                .add(new Entry(role.getName(), json(role.getProperties()), null, null, null));
      }
    }
    return GSON.toJson(content);
  }

  private static Entry entry(User user) {
    return new Entry(
        user.getName(), json(user.getProperties()), json(user.getCredentials()), null, null);
  }

  private static Entry entry(Group group) {
    return new Entry(
        group.getName(),
        json(group.getProperties()),
        json(group.getCredentials()),
        names(group.getMembers()),
        names(group.getRequiredMembers()));
  }

  private static List<String> names(Role[] roles) {
    List<String> names = new ArrayList<>();
    if (roles != null) {
      for (Role role : roles) {
        names.add(role.getName());
      }
    }
    return names;
  }

  private static Map<String, JsonElement> json(Dictionary<?, ?> values) {
    Map<String, JsonElement> json = new TreeMap<>();
    for (Object key : Collections.list(values.keys())) {
      Object value = values.get(key);
      json.put(
          (String) key,
          value instanceof byte[] bytes ? GSON.toJsonTree(bytes) : new JsonPrimitive("" + value));
    }
    return json;
  }

  /**
   * Reads roles.
   *
   * @throws JsonParseException what is no JSON of this form
   */
  static Map<String, Role> read(String text) {
    Content content = GSON.fromJson(text, Content.class);
    if (content == null) {
      throw new JsonParseException("it is empty");
    }
    Map<String, Role> roles = new TreeMap<>();
    for (Entry entry : list(content.roles())) {
      fill(roles, RoleFactory.createRole(entry.name()), entry);
    }
    for (Entry entry : list(content.users())) {
      fill(roles, RoleFactory.createUser(entry.name()), entry);
    }
    for (Entry entry : list(content.groups())) {
      fill(roles, RoleFactory.createGroup(entry.name()), entry);
    }
    for (Entry entry : list(content.groups())) {
      Group group = (Group) roles.get(entry.name());
      for (String member : list(entry.basicMembers())) {
        if (roles.containsKey(member)) {
          group.addMember(roles.get(member));
        }
      }
      for (String member : list(entry.requiredMembers())) {
        if (roles.containsKey(member)) {
          group.addRequiredMember(roles.get(member));
        }
      }
    }
    return roles;
  }

  /** Kura's three properties of one component as one text for {@link #read}. */
  static String join(String roles, String users, String groups) {
    JsonObject all = new JsonObject();
    all.add("roles", array(roles));
    all.add("users", array(users));
    all.add("groups", array(groups));
    return all.toString();
  }

  private static JsonElement array(String text) {
    return GSON.fromJson(text == null || text.isBlank() ? "[]" : text, JsonElement.class);
  }

  private static <T> List<T> list(List<T> list) {
    return list == null ? List.of() : list;
  }

  private static void fill(Map<String, Role> roles, Role role, Entry entry) {
    if (entry.name() == null) {
      throw new JsonParseException("a role has no name");
    }
    put(role.getProperties(), entry.properties());
    if (role instanceof User user) {
      put(user.getCredentials(), entry.credentials());
    }
    roles.put(entry.name(), role);
  }

  @SuppressWarnings("unchecked") // UserAdmin's dictionaries are raw
  private static void put(Dictionary<?, ?> target, Map<String, JsonElement> values) {
    if (values != null) {
      values.forEach(
          (key, value) ->
              ((Dictionary<String, Object>) target)
                  .put(
                      key,
                      value.isJsonArray()
                          ? GSON.fromJson(value, byte[].class)
                          : value.getAsString()));
    }
  }
}
