package org.penstock.demo;

/**
 * Values counted at three places by three processes.
 *
 * @param read by the plant, in its answers
 * @param published by the gateway, into its outbox
 * @param received by the subscriber
 * @param waiting messages in the outbox
 */
record Counts(long read, long published, long received, long waiting) {

  boolean agree() {
    return read > 0 && read == published && read == received;
  }

  String live() {
    return "read %,9d   published %,9d   outbox %,4d".formatted(read, published, waiting);
  }

  String result() {
    return "read %d published %d received %d lost %d"
        .formatted(read, published, received, read - received);
  }
}
