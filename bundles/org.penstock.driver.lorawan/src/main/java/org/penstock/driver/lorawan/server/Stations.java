package org.penstock.driver.lorawan.server;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.codec.FrameException;
import org.penstock.driver.lorawan.codec.Modulation;
import org.penstock.driver.lorawan.codec.Reception;
import org.penstock.driver.lorawan.codec.StationJson;
import org.penstock.driver.lorawan.codec.StationMessage;
import org.penstock.driver.lorawan.codec.StationTime;
import org.penstock.driver.lorawan.codec.Transmission;
import org.penstock.driver.lorawan.region.Region;
import org.penstock.driver.lorawan.region.RouterConfig;

/** The gateways with Basics Station, each by a connection of its own. The server's thread calls. */
public final class Stations {

  /** Where a station asks first. */
  public static final String INFO = "/router-info";

  /** Begins where a station is served; its EUI follows. */
  public static final String SERVED = "/router-";

  private static final long SECOND = 1_000_000;

  private final Gateways gateways;
  private final Region region;
  private final String configuration;
  private final Counters counters;
  private final LongSupplier millis;
  private final Map<Object, Station> served = new HashMap<>();

  /** A station with its connection. */
  private static final class Station {
    private final Eui eui;
    private final Consumer<String> out;
    private Gateways.Way way;
    private StationTime last = new StationTime(0, 0);

    private Station(Eui eui, Consumer<String> out) {
      this.eui = eui;
      this.out = out;
    }
  }

  /** Beside the gateways with Semtech's protocol. */
  public Stations(
      Gateways gateways, Settings settings, Counters counters, LongSupplier epochMillis) {
    this.gateways = gateways;
    this.region = settings.region();
    this.configuration = RouterConfig.of(region, settings.group());
    this.counters = counters;
    this.millis = epochMillis;
  }

  /**
   * A station asks where its server is.
   *
   * @param base of the answer's address, for example {@code wss://gateway:3001}
   * @return what it is told
   */
  public String info(String json, String base) {
    try {
      Eui router = StationJson.router(json);
      if (gateways.allows(router)) {
        return StationJson.routerInfo(router, base + SERVED + router);
      }
      counters.count("stations.forbidden");
      return StationJson.refusal("this station is not served here");
    } catch (FrameException senseless) {
      counters.count("stations.senseless");
      return StationJson.refusal(senseless.getMessage());
    }
  }

  /**
   * A station has connected where it is served.
   *
   * @param connection stands for it from now on
   * @return false when it is none of ours; the connection is to be closed
   */
  public boolean opened(Object connection, Eui eui, Consumer<String> out) {
    if (!gateways.allows(eui)) {
      counters.count("stations.forbidden");
      return false;
    }
    served.put(connection, new Station(eui, out));
    return true;
  }

  /** Its connection has ended. */
  public void closed(Object connection) {
    Station station = served.remove(connection);
    if (station != null && station.way != null) {
      gateways.lost(station.eui, station.way);
    }
  }

  /** It is still there. */
  public void alive(Object connection, long nanos) {
    Station station = served.get(connection);
    if (station != null && station.way != null) {
      gateways.alive(station.eui, nanos);
    }
  }

  /** A station says something; what makes no sense is counted. */
  public void message(Object connection, String json, long nanos) {
    Station station = served.get(connection);
    if (station == null) {
      return;
    }
    try {
      StationMessage message = StationJson.parse(json);
      if (message instanceof StationMessage.Version version) {
        begin(station, version, nanos);
      } else if (station.way == null) {
        counters.count("stations.senseless"); // it has not been told its channels
      } else {
        gateways.alive(station.eui, nanos);
        act(station, message, nanos);
      }
    } catch (FrameException senseless) {
      counters.count("stations.senseless");
    }
  }

  private void begin(Station station, StationMessage.Version version, long nanos) {
    station.way = (token, order) -> send(station, token, order);
    JsonObject description = new JsonObject();
    description.addProperty("station", version.station());
    description.addProperty("model", version.model());
    gateways.reached(station.eui, station.way, description.toString(), nanos);
    station.out.accept(configuration);
  }

  private void act(Station station, StationMessage message, long nanos) {
    if (message instanceof StationMessage.Frame frame) {
      hears(station, frame, nanos);
    } else if (message instanceof StationMessage.Sent sent) {
      gateways.sent(station.eui, sent.id(), sent.hertz(), nanos);
    } else if (message instanceof StationMessage.TimeSync sync) {
      station.out.accept(StationJson.time(sync.micros(), millis.getAsLong()));
    }
  }

  private void hears(Station station, StationMessage.Frame frame, long nanos) {
    Modulation modulation =
        frame.rate() < region.rates().size() ? region.rates().get(frame.rate()) : null;
    if (modulation == null) {
      counters.count("uplinks.foreign.rate");
      return;
    }
    station.last = frame.time();
    gateways.hears(
        new Heard(
            station.eui,
            new Reception(
                frame.time().micros(),
                frame.hertz(),
                modulation,
                frame.rssi(),
                frame.snr(),
                frame.bytes()),
            nanos,
            frame.time()));
  }

  private void send(Station station, int token, Gateways.Order order) {
    StationJson.Window first = window(order.tx());
    StationJson.Order made;
    if (order.answered() == null) {
      made = made(token, order, station.last, 0, null, first);
    } else {
      StationTime time = order.answered().time();
      long delay = Transmission.after(order.tx().micros(), -time.micros());
      boolean isRx2 =
          order.alternative() == null
              && order.tx().hertz() == region.rx2Hertz()
              && delay >= 2 * SECOND;
      made =
          isRx2
              ? made(token, order, time, (int) (delay / SECOND) - 1, null, first)
              : made(token, order, time, (int) (delay / SECOND), first, rx2(order));
    }
    station.out.accept(StationJson.order(made, millis.getAsLong()));
  }

  private static StationJson.Order made(
      int token,
      Gateways.Order order,
      StationTime time,
      int delay,
      StationJson.Window rx1,
      StationJson.Window rx2) {
    byte[] pdu = order.tx().bytes();
    return new StationJson.Order(token, order.device(), pdu, time, delay, rx1, rx2);
  }

  private StationJson.Window rx2(Gateways.Order order) {
    return order.alternative() == null ? null : window(order.alternative());
  }

  private StationJson.Window window(Transmission tx) {
    return new StationJson.Window(region.rates().indexOf(tx.modulation()), tx.hertz());
  }
}
