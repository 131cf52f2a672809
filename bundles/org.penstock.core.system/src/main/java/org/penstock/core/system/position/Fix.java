package org.penstock.core.system.position;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.kura.position.GNSSType;

/**
 * One position, as gpsd's messages TPV and SKY tell it.
 *
 * @param mode 0 or 1 no fix, 2 without and 3 with altitude
 * @param latitude degrees
 * @param longitude degrees
 * @param altitude metres
 * @param speed metres a second
 * @param track degrees from north
 * @param time of the satellites
 * @param satellites how many are used
 * @param dilution of position, horizontal, vertical
 * @param systems whose satellites are used
 */
record Fix(
    int mode,
    double latitude,
    double longitude,
    double altitude,
    double speed,
    double track,
    Optional<Instant> time,
    int satellites,
    Dilution dilution,
    Set<GNSSType> systems) {

  private static final int MODE_3D = 3;
  private static final GNSSType[] BY_ID = {
    GNSSType.GPS,
    GNSSType.OTHER,
    GNSSType.GALILEO,
    GNSSType.BEIDOU,
    GNSSType.OTHER,
    GNSSType.QZSS,
    GNSSType.GLONASS,
    GNSSType.IRNSS
  };

  /** How the satellites' geometry blurs a position. */
  record Dilution(double position, double horizontal, double vertical) {}

  static final Fix NONE =
      new Fix(0, 0, 0, 0, 0, 0, Optional.empty(), 0, new Dilution(0, 0, 0), Set.of());

  static Fix fixed(double latitude, double longitude, double altitude) {
    return new Fix(
        MODE_3D,
        latitude,
        longitude,
        altitude,
        0,
        0,
        Optional.empty(),
        0,
        new Dilution(0, 0, 0),
        Set.of());
  }

  boolean locked() {
    return mode >= 2;
  }

  /** After a message TPV. Without a fix the last place stays known, but not locked. */
  Fix located(JsonObject tpv) {
    int next = (int) number(tpv, "mode", 0);
    if (next < 2) {
      return new Fix(next, latitude, longitude, altitude, 0, 0, time(tpv), 0, dilution, systems);
    }
    if (!tpv.has("lat") || !tpv.has("lon")) {
      return this; // gpsd tells a fix in pieces: the place is still to come, and not 0, 0
    }
    return new Fix(
        next,
        number(tpv, "lat", latitude),
        number(tpv, "lon", longitude),
        number(tpv, "altMSL", number(tpv, "alt", altitude)),
        number(tpv, "speed", 0),
        number(tpv, "track", 0),
        time(tpv),
        satellites,
        dilution,
        systems);
  }

  /** After a message SKY. */
  Fix seen(JsonObject sky) {
    int used = 0;
    Set<GNSSType> seen = new TreeSet<>();
    if (sky.has("satellites") && sky.get("satellites").isJsonArray()) {
      for (JsonElement one : sky.getAsJsonArray("satellites")) {
        JsonObject satellite = one.isJsonObject() ? one.getAsJsonObject() : new JsonObject();
        if (satellite.has("used") && satellite.get("used").getAsBoolean()) {
          used++;
          int id = (int) number(satellite, "gnssid", -1);
          seen.add(id >= 0 && id < BY_ID.length ? BY_ID[id] : GNSSType.UNKNOWN);
        }
      }
    }
    Dilution next =
        new Dilution(
            number(sky, "pdop", dilution.position()),
            number(sky, "hdop", dilution.horizontal()),
            number(sky, "vdop", dilution.vertical()));
    return new Fix(
        mode, latitude, longitude, altitude, speed, track, time, used, next, Set.copyOf(seen));
  }

  private static double number(JsonObject json, String key, double otherwise) {
    return json.has(key)
            && json.get(key).isJsonPrimitive()
            && json.getAsJsonPrimitive(key).isNumber()
        ? json.get(key).getAsDouble()
        : otherwise;
  }

  private static Optional<Instant> time(JsonObject tpv) {
    try {
      return tpv.has("time")
          ? Optional.of(Instant.parse(tpv.get("time").getAsString()))
          : Optional.empty();
    } catch (DateTimeParseException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}
