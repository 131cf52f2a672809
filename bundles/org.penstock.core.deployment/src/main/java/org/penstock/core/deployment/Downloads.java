package org.penstock.core.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.penstock.api.deployment.Download;

/**
 * Fetches files over https: follows redirects by hand, so that none leads from a public host to a
 * private one, goes on where an interrupted download ended, stops at the size limit.
 */
final class Downloads {

  private static final int MAX_REDIRECTS = 5;
  private static final int PARTIAL = 206;

  private final boolean privateAllowed;
  private final long maxBytes;
  private final Duration longest;
  private final Lookup lookup;

  /** Where a host is. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  Downloads(boolean privateAllowed, long maxBytes, Duration longest) {
    this(privateAllowed, maxBytes, longest, InetAddress::getAllByName);
  }

  Downloads(boolean privateAllowed, long maxBytes, Duration longest, Lookup lookup) {
    this.privateAllowed = privateAllowed;
    this.maxBytes = maxBytes;
    this.longest = longest;
    this.lookup = lookup;
  }

  /**
   * Fetches into a part file beside the target, and moves it there when it is whole.
   *
   * @param progress bytes so far and in all (-1 unknown), after each block
   */
  void fetch(Download what, BiConsumer<Long, Long> progress, BooleanSupplier cancelled)
      throws Refusal {
    Path part = what.target().resolveSibling(what.target().getFileName() + ".part");
    try {
      Files.createDirectories(what.target().getParent());
      long have = what.resume() && Files.exists(part) ? Files.size(part) : 0;
      HttpURLConnection connection = open(what, have);
      try {
        long from = connection.getResponseCode() == PARTIAL ? have : 0;
        long length = connection.getContentLengthLong();
        long total = length < 0 ? -1 : from + length;
        if (total > maxBytes) {
          throw tooLarge(what, part);
        }
        copy(what, connection, part, from, total, progress, cancelled);
      } finally {
        connection.disconnect();
      }
      checkHash(what, part);
      Files.move(part, what.target(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Refusal(
          "download of " + what.uri() + " failed: " + reason(e) + "; try it again", e);
    }
  }

  private void copy(
      Download what,
      HttpURLConnection connection,
      Path part,
      long from,
      long total,
      BiConsumer<Long, Long> progress,
      BooleanSupplier cancelled)
      throws IOException, Refusal {
    long done = from;
    long end = System.nanoTime() + longest.toNanos();
    byte[] block = new byte[Math.max(512, Math.min(what.blockBytes(), 1 << 20))];
    StandardOpenOption mode =
        from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    try (InputStream in = connection.getInputStream();
        OutputStream out =
            Files.newOutputStream(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
      for (int n = in.readNBytes(block, 0, block.length);
          n > 0;
          n = in.readNBytes(block, 0, block.length)) {
        done += n;
        if (done > maxBytes) {
          throw tooLarge(what, part);
        }
        out.write(block, 0, n);
        progress.accept(done, total);
        if (cancelled.getAsBoolean()) {
          throw new Refusal("download of " + what.uri() + " was cancelled");
        }
        if (System.nanoTime() > end) {
          throw new Refusal(
              "download of "
                  + what.uri()
                  + " takes longer than "
                  + longest.toMinutes()
                  + " min; ended");
        }
        pause(what.blockDelay());
      }
    }
    if (total >= 0 && done != total) {
      throw new IOException("it ended after " + done + " of " + total + " bytes");
    }
  }

  private static void pause(Duration delay) throws Refusal {
    try {
      TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopping(e);
    }
  }

  private HttpURLConnection open(Download what, long from) throws IOException, Refusal {
    URI uri = what.uri();
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      check(uri, i == 0);
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout((int) what.timeout().toMillis());
      connection.setReadTimeout((int) what.timeout().toMillis());
      if (from > 0) {
        connection.setRequestProperty("Range", "bytes=" + from + "-");
      }
      if (what.user().isPresent() && sameHost(uri, what.uri())) {
        connection.setRequestProperty("Authorization", basic(what));
      }
      int status = connection.getResponseCode();
      if (status >= 300 && status < 400 && connection.getHeaderField("Location") != null) {
        uri = redirected(uri, connection.getHeaderField("Location"));
        connection.disconnect();
      } else if (status == HttpURLConnection.HTTP_OK || status == PARTIAL) {
        return connection;
      } else {
        connection.disconnect();
        throw new IOException("the server answers " + status);
      }
    }
    throw new IOException("more than " + MAX_REDIRECTS + " redirects");
  }

  private static URI redirected(URI uri, String location) throws IOException {
    try {
      return uri.resolve(new URI(location));
    } catch (URISyntaxException e) {
      throw new IOException("redirected to what is no address: " + location, e);
    }
  }

  private static boolean sameHost(URI a, URI b) {
    return a.getHost().equalsIgnoreCase(b.getHost()) && a.getPort() == b.getPort();
  }

  private void check(URI uri, boolean first) throws Refusal, UnknownHostException {
    boolean https = "https".equalsIgnoreCase(uri.getScheme());
    boolean http = "http".equalsIgnoreCase(uri.getScheme());
    if (!https && !(http && privateAllowed) || uri.getHost() == null) {
      throw new Refusal(
          "download of " + uri + " refused: only https is allowed; see download.private");
    }
    for (InetAddress address : lookup.addresses(uri.getHost())) {
      boolean inside =
          address.isLoopbackAddress()
              || address.isAnyLocalAddress()
              || address.isLinkLocalAddress()
              || address.isSiteLocalAddress()
              || isUniqueLocal(address);
      if (inside && !privateAllowed) {
        throw new Refusal(
            (first ? "download of " : "redirect to ")
                + uri
                + " refused: "
                + address.getHostAddress()
                + " is a private address; see download.private");
      }
    }
  }

  private static boolean isUniqueLocal(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
  }

  private static String basic(Download what) {
    String pair = what.user().orElse("") + ":" + new String(what.password());
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private void checkHash(Download what, Path part) throws IOException, Refusal {
    Optional<String> wanted = what.hash();
    if (wanted.isEmpty() || wanted.get().isBlank()) {
      return;
    }
    String[] parts = wanted.get().split(":", 2);
    try {
      MessageDigest digest = MessageDigest.getInstance(parts.length == 2 ? parts[0] : "SHA-256");
      byte[] is = Hashes.digest(part, digest);
      if (!Arrays.equals(HexFormat.of().parseHex(parts[parts.length - 1].toLowerCase()), is)) {
        Files.delete(part);
        throw new Refusal(
            "download of "
                + what.uri()
                + " has the hash "
                + HexFormat.of().formatHex(is)
                + ", asked for was "
                + wanted.get()
                + "; refused");
      }
    } catch (NoSuchAlgorithmException | IllegalArgumentException e) {
      throw new Refusal("the hash " + wanted.get() + " is not of the form ALGORITHM:hex", e);
    }
  }

  /** It is never gone on with. */
  private Refusal tooLarge(Download what, Path part) throws IOException {
    Files.deleteIfExists(part);
    return new Refusal(
        "download of "
            + what.uri()
            + " is larger than "
            + (maxBytes >> 20)
            + " MiB; see max.size.mb of the deployment");
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
