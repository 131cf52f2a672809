package org.penstock.api.deployment;

/**
 * Who wants a change, and through which door it came; both stand in the journal.
 *
 * @param who an identity's name, or a remote requester's
 * @param from for example {@code folder}, {@code rest}, {@code mqtt}, {@code url}
 */
public record Origin(String who, String from) {}
