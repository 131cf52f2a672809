package org.penstock.api.mqtt;

/**
 * Whom a link is to.
 *
 * @param name {@code driver/<protocol>/<instance pid>}: threads and logs carry it
 * @param url {@code mqtt://host:1883}, {@code mqtts://}, {@code ws://} or {@code wss://}
 * @param clientId must be no other client's
 * @param user empty for none
 * @param password is not kept longer than the link lives
 * @param keepAliveSeconds a dead link is noticed within one and a half of these
 */
public record MqttLinkOptions(
    String name, String url, String clientId, String user, char[] password, int keepAliveSeconds) {}
