package org.penstock.cloud.mqtt;

import javax.security.auth.login.FailedLoginException;

/** What went wrong, without the library's types. */
final class ClientException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Kinds of failure that are told apart. */
  enum Kind {
    VERSION,
    CLIENT_ID,
    UNAVAILABLE,
    CREDENTIALS,
    NOT_AUTHORISED,
    TIMEOUT,
    SUBSCRIPTION,
    LOST,
    ENDED,
    FULL,
    OTHER
  }

  private final Kind kind;

  ClientException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** The connection is not there, or no longer. */
  boolean ended() {
    return kind == Kind.ENDED || kind == Kind.LOST;
  }

  /**
   * By the code of Paho's clients, which both versions share, or the broker's own.
   *
   * @param words what the library or the broker says
   */
  static ClientException of(int code, String words, Throwable error) {
    Kind kind =
        switch (code) {
          case 1, 0x84 -> Kind.VERSION;
          case 2, 0x85 -> Kind.CLIENT_ID;
          case 3, 0x88, 0x89 -> Kind.UNAVAILABLE;
          case 4, 0x86, 0x8C -> Kind.CREDENTIALS;
          case 5, 0x87, 0x8A -> Kind.NOT_AUTHORISED;
          case 32000, 32002 -> Kind.TIMEOUT;
          case 128 -> Kind.SUBSCRIPTION;
          case 32109 -> Kind.LOST;
          case 32101, 32102, 32104, 32107, 32111 -> Kind.ENDED;
          case 32202 -> Kind.FULL;
          default -> Kind.OTHER;
        };
    String more = kind == Kind.OTHER ? words + " (" + code + ")" : words;
    return new ClientException(kind, more, isRefusal(kind) ? refusal(words, error) : error);
  }

  private static boolean isRefusal(Kind kind) {
    return kind == Kind.CREDENTIALS || kind == Kind.NOT_AUTHORISED;
  }

  /** What the data service can tell from a broker that is away: it doesn't see the library's types. */
  private static Throwable refusal(String words, Throwable error) {
    return new FailedLoginException(words).initCause(error);
  }
}
