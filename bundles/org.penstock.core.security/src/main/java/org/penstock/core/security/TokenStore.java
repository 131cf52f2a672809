package org.penstock.core.security;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.security.ApiTokens;
import org.penstock.api.security.Caller;
import org.penstock.api.storage.DurableStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * API tokens in {@code <home>/config/tokens.json}: {@code pst_<id>_<secret>}. Of the secret, 256
 * random bits, only a SHA-256 is kept: it can't be guessed, so the hash need not be slow.
 */
@Component(service = {ApiTokens.class, TokenStore.class})
public final class TokenStore implements ApiTokens {

  /** A token as it is kept. */
  record Kept(
      String name, String owner, Set<String> permissions, long created, long expires, String hash) {

    Token token(String id) {
      return new Token(
          id,
          name,
          owner,
          permissions,
          Instant.ofEpochMilli(created),
          Instant.ofEpochMilli(expires));
    }
  }

  /** The file. */
  record Content(Map<String, Kept> tokens) {}

  private static final Logger LOG = LoggerFactory.getLogger(TokenStore.class);
  private static final String PREFIX = "pst";
  private static final int ID_BYTES = 6;
  private static final int SECRET_BYTES = 32;

  private final Gson gson = new Gson();
  private final SecureRandom random = new SecureRandom();
  private final Path file;
  private final DurableStorage storage;
  private final Map<String, Kept> tokens = new TreeMap<>();

  /** Called by the component runtime. */
  @Activate
  public TokenStore(BundleContext context, @Reference DurableStorage storage) {
    this(Path.of(context.getProperty("penstock.home")), storage);
  }

  TokenStore(Path home, DurableStorage storage) {
    file = home.resolve("config").resolve("tokens.json");
    this.storage = storage;
    try {
      if (Files.exists(file)) {
        Content content = gson.fromJson(Files.readString(file), Content.class);
        if (content != null && content.tokens() != null) {
          tokens.putAll(content.tokens());
        }
      }
    } catch (IOException | JsonParseException e) {
      LOG.error("tokens file {} is damaged, no token is valid: {}", file, e.getMessage());
    }
  }

  @Override
  public synchronized Issued issue(
      String owner, String name, Set<String> permissions, Instant expires) throws IOException {
    String id = text(ID_BYTES).replaceAll("[-_]", "x");
    String secret = PREFIX + "_" + id + "_" + text(SECRET_BYTES);
    Kept kept =
        new Kept(
            name,
            owner,
            new TreeSet<>(permissions),
            System.currentTimeMillis(),
            expires.toEpochMilli(),
            hash(secret));
    tokens.put(id, kept);
    save();
    return new Issued(kept.token(id), secret);
  }

  private String text(int bytes) {
    byte[] some = new byte[bytes];
    random.nextBytes(some);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(some);
  }

  @Override
  public synchronized List<Token> tokens() {
    long now = System.currentTimeMillis();
    return tokens.entrySet().stream()
        .filter(t -> t.getValue().expires() > now)
        .map(t -> t.getValue().token(t.getKey()))
        .toList();
  }

  @Override
  public synchronized boolean revoke(String id) throws IOException {
    if (tokens.remove(id) == null) {
      return false;
    }
    save();
    return true;
  }

  /** Ends all tokens of an owner. */
  synchronized void revokeAll(String owner) throws IOException {
    if (tokens.values().removeIf(t -> t.owner().equals(owner))) {
      save();
    }
  }

  private void save() throws IOException {
    long now = System.currentTimeMillis();
    tokens.values().removeIf(t -> t.expires() <= now);
    storage.replace(file, gson.toJson(new Content(tokens)).getBytes(StandardCharsets.UTF_8));
  }

  /** The token with this secret, if it has not expired. */
  synchronized Optional<Token> find(String secret) {
    String[] parts = secret.split("_", 3);
    Kept kept = parts.length == 3 && parts[0].equals(PREFIX) ? tokens.get(parts[1]) : null;
    if (kept == null || kept.expires() <= System.currentTimeMillis()) {
      return Optional.empty();
    }
    byte[] given = hash(secret).getBytes(StandardCharsets.US_ASCII);
    boolean right = MessageDigest.isEqual(given, kept.hash().getBytes(StandardCharsets.US_ASCII));
    return right ? Optional.of(kept.token(parts[1])) : Optional.empty();
  }

  /** The owner, with those of the token's permissions that he still holds. */
  static Caller limited(Caller owner, Token token) {
    Set<String> permissions = new HashSet<>();
    for (String permission : Roles.expand(token.permissions())) {
      if (owner.may(permission) || owner.permissions().contains(permission)) {
        permissions.add(permission);
      }
    }
    return new Caller(owner.getName(), permissions, owner.passwordChangeNeeded());
  }

  static String hash(String secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(secret.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
