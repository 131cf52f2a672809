package org.penstock.cloud.mqtt;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import javax.net.ssl.SSLException;

/** Says in words why a connection failed, and what to do. */
final class Failure {

  private Failure() {}

  static String describe(String broker, Throwable error) {
    String words = null;
    // the innermost cause knows best: an expired certificate is also a failed path and a failed TLS
    for (Throwable t = error; t != null; t = t.getCause()) {
      String more = words(broker, t);
      words = more == null ? words : more;
      if (isUndetermined(t)) {
        break; // what lies below is about the issuer's responder, not about the broker
      }
    }
    if (words != null) {
      return words;
    }
    if (error == null) {
      return "the connection to " + broker + " was lost";
    }
    return error instanceof ClientException failure
        ? byKind(broker, failure)
        : "the connection to " + broker + " failed: " + error;
  }

  private static boolean isUndetermined(Throwable t) {
    return t instanceof CertPathValidatorException path
        && path.getReason() == BasicReason.UNDETERMINED_REVOCATION_STATUS;
  }

  private static String byKind(String broker, ClientException error) {
    return switch (error.kind()) {
      case VERSION -> broker + " does not speak this version of MQTT; try another protocol-version";
      case CLIENT_ID -> broker + " refuses the client id; give another client-id";
      case UNAVAILABLE ->
          broker + " says that it is unavailable; it is tried again, or look at the broker";
      case CREDENTIALS -> broker + " refuses user or password; check username and password";
      case NOT_AUTHORISED ->
          broker
              + " does not authorise this client; check username and password, and its rights at"
              + " the broker";
      case TIMEOUT -> timeout(broker);
      case SUBSCRIPTION ->
          broker + " refuses the subscription; check this client's rights at the broker";
      case LOST, ENDED ->
          "the connection to "
              + broker
              + " was lost"
              + (isUseful(error.getMessage()) ? ": " + error.getMessage() : "");
      case FULL, OTHER -> broker + ": " + error.getMessage();
    };
  }

  private static boolean isUseful(String words) {
    return words != null && !words.isEmpty() && !words.startsWith("Connection lost");
  }

  private static String timeout(String broker) {
    return broker
        + " did not answer in time; check network, firewall and that it is an MQTT broker";
  }

  private static String words(String broker, Throwable t) {
    if (t instanceof UnknownHostException) {
      return "cannot resolve the host of " + broker + "; check broker-url and the name server";
    }
    if (t instanceof SSLException || t instanceof java.security.cert.CertificateException) {
      return tls(broker, t, String.valueOf(t.getMessage()));
    }
    if (t instanceof CertPathValidatorException) {
      return tls(broker, t, String.valueOf(t.getMessage()));
    }
    return network(broker, t);
  }

  private static String network(String broker, Throwable t) {
    String message = String.valueOf(t.getMessage());
    if (t instanceof SocketTimeoutException || message.contains("onnection timed out")) {
      return timeout(broker);
    }
    if (t instanceof NoRouteToHostException || message.contains("unreachable")) {
      return "there is no way through the network to " + broker + "; check address and network";
    }
    if (t instanceof ConnectException) {
      return broker + " refused the connection; is the broker running on this port?";
    }
    if (message.contains("WebSocket")) {
      return broker + " is no websocket of a broker; check port and path";
    }
    return t instanceof EOFException || t instanceof SocketException
        ? broker + " ended the connection; is this its right port, with or without TLS?"
        : null;
  }

  private static String tls(String broker, Throwable t, String message) {
    if (t instanceof CertificateExpiredException) {
      return "the certificate of " + broker + " has expired; renew it, or check this box's clock";
    }
    if (t instanceof CertificateNotYetValidException) {
      return "the certificate of " + broker + " is not yet valid; check this box's clock";
    }
    if (t instanceof CertificateRevokedException revoked) {
      return "the certificate of "
          + broker
          + " was revoked at "
          + revoked.getRevocationDate().toInstant()
          + " ("
          + revoked.getRevocationReason()
          + "); the broker needs another one";
    }
    if (isUndetermined(t)) {
      return "nobody can tell whether the certificate of "
          + broker
          + " was revoked; is its issuer's responder or list within reach? Or set"
          + " ssl.revocation.soft.fail";
    }
    if (message.contains("unable to find valid certification path")
        || message.contains("rust anchor")) {
      return "the issuer of " + broker + "'s certificate is unknown; add it to the trust store";
    }
    if (message.contains("No subject alternative") || message.contains("No name matching")) {
      return "the certificate of "
          + broker
          + " is for another host name; use the name in it, or get a certificate for this one";
    }
    if (message.contains("nrecognized SSL message") || message.contains("plaintext connection")) {
      return broker + " does not speak TLS on this port; check the port, or use mqtt:// or ws://";
    }
    if (message.contains("fatal alert")) {
      return broker
          + " refuses this gateway in the TLS handshake ("
          + message
          + "); it may ask for a client certificate";
    }
    return "TLS with " + broker + " failed: " + message;
  }
}
