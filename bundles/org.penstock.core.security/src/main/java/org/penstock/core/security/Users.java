package org.penstock.core.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.penstock.api.storage.DurableStorage;

/** Names and password hashes, one line each: name, tab, hash. */
final class Users {

  private final Path file;
  private final DurableStorage storage;

  Users(Path file, DurableStorage storage) {
    this.file = file;
    this.storage = storage;
  }

  boolean isEmpty() {
    return !Files.exists(file);
  }

  Optional<String> hash(String name) throws IOException {
    return Optional.ofNullable(load().get(name));
  }

  void put(String name, String hash) throws IOException {
    Map<String, String> users = load();
    users.put(name, hash);
    StringBuilder text = new StringBuilder();
    users.forEach((n, h) -> text.append(n).append('\t').append(h).append('\n'));
    storage.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, String> load() throws IOException {
    Map<String, String> users = new TreeMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        int tab = line.indexOf('\t');
        if (tab < 1) {
          throw new IOException(
              "users file "
                  + file
                  + " is damaged; restore it from a backup, or remove it to get a new admin password");
        }
        users.put(line.substring(0, tab), line.substring(tab + 1));
      }
    }
    return users;
  }
}
