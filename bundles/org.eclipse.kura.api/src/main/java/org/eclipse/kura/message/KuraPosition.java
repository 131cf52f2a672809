package org.eclipse.kura.message;

import java.util.Date;
import org.osgi.annotation.versioning.ProviderType;

/** A position with time and precision; what is unknown is null. */
@ProviderType
public class KuraPosition {

  private Double longitude;
  private Double latitude;
  private Double altitude;
  private Double precision;
  private Double heading;
  private Double speed;
  private Date timestamp;
  private Integer satellites;
  private Integer status;

  public KuraPosition() {}

  public Double getLongitude() {
    return longitude;
  }

  public void setLongitude(double longitude) {
    this.longitude = longitude;
  }

  public Double getLatitude() {
    return latitude;
  }

  public void setLatitude(double latitude) {
    this.latitude = latitude;
  }

  public Double getAltitude() {
    return altitude;
  }

  public void setAltitude(double altitude) {
    this.altitude = altitude;
  }

  public Double getPrecision() {
    return precision;
  }

  public void setPrecision(double precision) {
    this.precision = precision;
  }

  public Double getHeading() {
    return heading;
  }

  public void setHeading(double heading) {
    this.heading = heading;
  }

  public Double getSpeed() {
    return speed;
  }

  public void setSpeed(double speed) {
    this.speed = speed;
  }

  public Date getTimestamp() {
    return timestamp;
  }

  public void setTimestamp(Date timestamp) {
    this.timestamp = timestamp;
  }

  public Integer getSatellites() {
    return satellites;
  }

  public void setSatellites(int satellites) {
    this.satellites = satellites;
  }

  public Integer getStatus() {
    return status;
  }

  public void setStatus(int status) {
    this.status = status;
  }
}
