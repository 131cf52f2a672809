package org.penstock.driver.lorawan.server;

import org.penstock.driver.lorawan.codec.AesKey;
import org.penstock.driver.lorawan.codec.Eui;

/**
 * A device as it is configured.
 *
 * @param name for people
 * @param joinEui what a join-request must hold; null for any
 * @param appKey for OTAA; null for ABP
 * @param devAddr for ABP
 * @param nwkSKey for ABP; null for OTAA
 * @param appSKey for ABP; null for OTAA
 * @param classC listens always
 * @param adr the server chooses its data rate when it asks for that
 * @param counting its DevNonces count up, as from 1.0.4 on
 * @param codec name of the payload's codec
 */
public record DeviceConfig(
    Eui devEui,
    String name,
    Eui joinEui,
    AesKey appKey,
    int devAddr,
    AesKey nwkSKey,
    AesKey appSKey,
    boolean classC,
    boolean adr,
    boolean counting,
    String codec) {

  /** Joins over the air. */
  public boolean otaa() {
    return appKey != null;
  }
}
