package org.penstock.core.deployment;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of a body of {@code multipart/form-data} (RFC 7578).
 *
 * @param name the file's name as the sender calls it, without folders
 * @param content of the file
 */
record Multipart(String name, byte[] content) {

  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE =
      Pattern.compile("filename=(?:\"([^\"]*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

  /** The first part that is a file. */
  static Optional<Multipart> file(String contentType, byte[] body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      return Optional.empty();
    }
    String word = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    byte[] mark = ("--" + word).getBytes(StandardCharsets.ISO_8859_1);
    byte[] blank = {'\r', '\n', '\r', '\n'};
    int at = find(body, mark, 0);
    while (at >= 0) {
      int begin = at + mark.length;
      int next = find(body, mark, begin);
      int head = find(body, blank, begin);
      if (next < 0 || head < 0 || head > next) {
        return Optional.empty();
      }
      String headers = new String(body, begin, head - begin, StandardCharsets.UTF_8);
      Matcher file = FILE.matcher(headers);
      if (file.find()) {
        String name = file.group(1) == null ? file.group(2) : file.group(1);
        byte[] content = Arrays.copyOfRange(body, head + blank.length, next - 2);
        return Optional.of(new Multipart(name.replaceAll("^.*[/\\\\]", ""), content));
      }
      at = next;
    }
    return Optional.empty();
  }

  private static int find(byte[] in, byte[] what, int from) {
    for (int i = from; i <= in.length - what.length; i++) {
      if (in[i] == what[0] && Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Multipart m && name.equals(m.name) && Arrays.equals(content, m.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return name + ", " + content.length + " bytes";
  }
}
