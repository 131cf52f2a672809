package org.eclipse.kura.position;

import org.osgi.annotation.versioning.ProviderType;

/** A position as NMEA sentences give it. */
@ProviderType
public class NmeaPosition {

  private double latitude;
  private double longitude;
  private double altitude;
  private double speed;
  private double track;
  private int fixQuality;
  private int nrSatellites;
  private double dOP;
  private double pDOP;
  private double hDOP;
  private double vDOP;
  private int the3Dfix;
  private char validFix;
  private char latitudeHemisphere;
  private char longitudeHemisphere;

  public NmeaPosition(
      double latitude, double longitude, double altitude, double speed, double track) {
    this.latitude = latitude;
    this.longitude = longitude;
    this.altitude = altitude;
    this.speed = speed;
    this.track = track;
  }

  public NmeaPosition(
      double latitude,
      double longitude,
      double altitude,
      double speed,
      double track,
      int fixQuality,
      int satellites,
      double dop,
      double pdop,
      double hdop,
      double vdop,
      int fix) {
    this.latitude = latitude;
    this.longitude = longitude;
    this.altitude = altitude;
    this.speed = speed;
    this.track = track;
    this.fixQuality = fixQuality;
    this.nrSatellites = satellites;
    this.dOP = dop;
    this.pDOP = pdop;
    this.hDOP = hdop;
    this.vDOP = vdop;
    this.the3Dfix = fix;
  }

  public NmeaPosition(
      double latitude,
      double longitude,
      double altitude,
      double speed,
      double track,
      int fixQuality,
      int satellites,
      double dop,
      double pdop,
      double hdop,
      double vdop,
      int fix,
      char validFix,
      char latitudeHemisphere,
      char longitudeHemisphere) {
    this.latitude = latitude;
    this.longitude = longitude;
    this.altitude = altitude;
    this.speed = speed;
    this.track = track;
    this.fixQuality = fixQuality;
    this.nrSatellites = satellites;
    this.dOP = dop;
    this.pDOP = pdop;
    this.hDOP = hdop;
    this.vDOP = vdop;
    this.the3Dfix = fix;
    this.validFix = validFix;
    this.latitudeHemisphere = latitudeHemisphere;
    this.longitudeHemisphere = longitudeHemisphere;
  }

  public double getLatitude() {
    return latitude;
  }

  public void setLatitude(double latitude) {
    this.latitude = latitude;
  }

  public double getLongitude() {
    return longitude;
  }

  public void setLongitude(double longitude) {
    this.longitude = longitude;
  }

  public double getAltitude() {
    return altitude;
  }

  public void setAltitude(double altitude) {
    this.altitude = altitude;
  }

  public double getSpeedKmh() {
    return speed * 3.6;
  }

  public double getSpeedMph() {
    return speed * 2.24;
  }

  public double getSpeed() {
    return speed;
  }

  public void setSpeed(double speed) {
    this.speed = speed;
  }

  public double getTrack() {
    return track;
  }

  public void setTrack(double track) {
    this.track = track;
  }

  public int getFixQuality() {
    return fixQuality;
  }

  public void setFixQuality(int fixQuality) {
    this.fixQuality = fixQuality;
  }

  public int getNrSatellites() {
    return nrSatellites;
  }

  public void setNrSatellites(int nrSatellites) {
    this.nrSatellites = nrSatellites;
  }

  public double getDOP() {
    return dOP;
  }

  public void setDOP(double dOP) {
    this.dOP = dOP;
  }

  public double getPDOP() {
    return pDOP;
  }

  public void setPDOP(double pDOP) {
    this.pDOP = pDOP;
  }

  public double getHDOP() {
    return hDOP;
  }

  public void setHDOP(double hDOP) {
    this.hDOP = hDOP;
  }

  public double getVDOP() {
    return vDOP;
  }

  public void setVDOP(double vDOP) {
    this.vDOP = vDOP;
  }

  public int get3Dfix() {
    return the3Dfix;
  }

  public void set3Dfix(int fixQuality) {
    this.the3Dfix = fixQuality;
  }

  public char getValidFix() {
    return validFix;
  }

  public void setValidFix(char validFix) {
    this.validFix = validFix;
  }

  public char getLatitudeHemisphere() {
    return latitudeHemisphere;
  }

  public void setLatitudeHemisphere(char latitudeHemisphere) {
    this.latitudeHemisphere = latitudeHemisphere;
  }

  public char getLongitudeHemisphere() {
    return longitudeHemisphere;
  }

  public void setLongitudeHemisphere(char longitudeHemisphere) {
    this.longitudeHemisphere = longitudeHemisphere;
  }
}
