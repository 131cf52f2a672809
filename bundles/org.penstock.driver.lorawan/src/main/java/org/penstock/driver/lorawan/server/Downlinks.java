package org.penstock.driver.lorawan.server;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.penstock.driver.lorawan.codec.DataFrame;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.codec.MacCommand;
import org.penstock.driver.lorawan.codec.MessageType;
import org.penstock.driver.lorawan.codec.Modulation;
import org.penstock.driver.lorawan.codec.Transmission;
import org.penstock.driver.lorawan.region.Region;

/** Makes frames for devices and has gateways send them within the receive windows. The server's thread calls. */
final class Downlinks {

  /** RX1 is left out when less is left until it: gateways need the frame early. */
  static final long RX1_LEAD_MICROS = 300_000;

  private static final long RX2_LEAD_MICROS = 100_000;
  private static final long SECOND = 1_000_000;

  private final Region region;
  private final Gateways gateways;
  private final Counters counters;
  private final LongSupplier nanos;

  Downlinks(Region region, Gateways gateways, Counters counters, LongSupplier nanos) {
    this.region = region;
    this.gateways = gateways;
    this.counters = counters;
    this.nanos = nanos;
  }

  /** A window: where, how, and how long after the uplink's end. */
  private record Place(Region.Window window, long delayMicros, long leadMicros) {}

  /**
   * A frame that is ready, and the windows in which it may be sent, the first to be tried first.
   *
   * @param device for which it is
   * @param heard the uplink that it follows, the best gateway first; empty to send at once
   * @param told why it was not sent; empty when it was
   */
  record Plan(
      Eui device,
      byte[] bytes,
      List<Place> places,
      List<Heard> heard,
      Eui atOnce,
      Consumer<String> told) {}

  /** What goes into a frame beside the queue's content. */
  record Needs(boolean ack, List<MacCommand> commands, boolean must) {}

  /** A join-accept, 5 s or 6 s after the request. */
  Plan join(Eui device, byte[] bytes, List<Heard> heard, int rate, Consumer<String> told) {
    int hertz = heard.get(0).reception().hertz();
    List<Place> places = places(hertz, rate, 0, region.rx2Rate(), 5);
    return new Plan(device, bytes, places, heard, null, told);
  }

  private List<Place> places(int hertz, int rate, int offset, int rx2Rate, int delay) {
    return List.of(
        new Place(region.rx1(hertz, rate, offset), delay * SECOND, RX1_LEAD_MICROS),
        new Place(
            new Region.Window(region.rx2Hertz(), rx2Rate), (delay + 1) * SECOND, RX2_LEAD_MICROS));
  }

  /**
   * The answer to an uplink, or what a class C device gets at once; its counter is the session's.
   *
   * @param heard empty to send at once through the device's last gateway
   * @return null when there is nothing to say
   */
  Plan data(Device device, List<Heard> heard, int rate, Needs needs, long now) {
    Session session = device.session();
    List<Place> places =
        heard.isEmpty()
            ? List.of(new Place(new Region.Window(region.rx2Hertz(), session.rx2Rate()), 0, 0))
            : places(
                heard.get(0).reception().hertz(),
                rate,
                session.rx1Offset(),
                session.rx2Rate(),
                session.rxDelay());
    byte[] options = options(needs.commands());
    Downlink item = device.unacknowledged() == null ? device.next(now) : null;
    while (item != null && fitting(places, 0, item).isEmpty()) {
      device.taken();
      item.become(
          Downlink.State.FAILED,
          item.bytes().length
              + " bytes are too long for the data rate, which carries "
              + region.room(places.get(0).window().rate(), 0));
      counters.count("downlinks.too.long");
      item = device.next(now);
    }
    if (item != null && fitting(places, options.length, item).isEmpty()) {
      options = new byte[0]; // data first; commands are asked again
    }
    if (item == null && !needs.must() && !needs.ack() && options.length == 0) {
      return null;
    }
    if (item != null) {
      device.taken();
    }
    int flags = needs.ack() ? DataFrame.ACK : 0;
    flags |= device.config().adr() ? DataFrame.ADR : 0;
    flags |= device.queued() > 0 ? DataFrame.PENDING : 0;
    List<Place> fitting = item == null ? places : fitting(places, options.length, item);
    byte[] bytes = encode(device, flags, options, item);
    Eui atOnce = heard.isEmpty() ? device.gateway() : null;
    Eui devEui = device.config().devEui();
    return new Plan(devEui, bytes, fitting, heard, atOnce, told(device, item));
  }

  private List<Place> fitting(List<Place> places, int options, Downlink item) {
    return places.stream()
        .filter(p -> item.bytes().length <= region.room(p.window().rate(), options))
        .toList();
  }

  /** As many whole commands as FOpts can hold; the others are asked next time. */
  private static byte[] options(List<MacCommand> commands) {
    List<MacCommand> taken = new ArrayList<>();
    int length = 0;
    for (MacCommand command : commands) {
      if (length + command.length() <= DataFrame.MOST_OPTIONS) {
        length += command.length();
        taken.add(command);
      }
    }
    return MacCommand.encode(taken);
  }

  private static byte[] encode(Device device, int flags, byte[] options, Downlink item) {
    Session session = device.session();
    boolean confirmed = item != null && item.confirmed();
    DataFrame frame =
        new DataFrame(
            confirmed ? MessageType.CONFIRMED_DOWN : MessageType.UNCONFIRMED_DOWN,
            session.devAddr(),
            flags,
            (int) session.down() & 0xffff,
            options,
            item == null ? -1 : item.port(),
            item == null ? new byte[0] : item.bytes(),
            0);
    return frame.encode(device.keys().nwkSKey(), device.keys().appSKey(), (int) session.down());
  }

  private Consumer<String> told(Device device, Downlink item) {
    String frame =
        "down "
            + device.session().down()
            + (item == null
                ? ""
                : " port " + item.port() + ' ' + HexFormat.of().formatHex(item.bytes()));
    if (item != null && item.confirmed()) {
      device.awaits(item);
    }
    return refusal -> {
      counters.count(refusal.isEmpty() ? "downlinks.sent" : "downlinks.failed");
      device.tell(frame + (refusal.isEmpty() ? " sent" : " failed: " + refusal));
      if (item != null && item.status().state() == Downlink.State.QUEUED) {
        item.become(refusal.isEmpty() ? Downlink.State.SENT : Downlink.State.FAILED, refusal);
      }
      if (!refusal.isEmpty() && device.unacknowledged() == item) {
        device.awaits(null);
      }
    };
  }

  /** Sends it in the first window for which there is time and room, and in the next when refused. */
  void send(Plan plan) {
    send(plan, 0, "no gateway can be reached");
  }

  private void send(Plan plan, int from, String reason) {
    String why = reason;
    for (int i = from; i < plan.places().size(); i++) {
      Place place = plan.places().get(i);
      for (Heard heard : ways(plan)) {
        Transmission tx = transmission(plan, place, heard);
        long now = nanos.getAsLong();
        if (!gateways.reachable(heard.gateway())) {
          continue;
        }
        if (plan.atOnce() == null && left(place, heard, now) < place.leadMicros()) {
          why = "too late for the window";
        } else if (!gateways.allows(heard.gateway(), tx, now)) {
          why = "the duty cycle is used up";
          counters.count("downlinks.duty");
        } else {
          int next = i + 1;
          Heard answered = plan.atOnce() == null ? heard : null;
          gateways.send(
              heard.gateway(),
              new Gateways.Order(plan.device(), answered, tx, alternative(plan, next, heard, now)),
              now,
              refusal -> {
                if (refusal.isEmpty() || refusal.equals(Gateways.SILENT)) {
                  plan.told().accept(refusal);
                } else {
                  send(plan, next, refusal);
                }
              });
          return;
        }
      }
    }
    plan.told().accept(why);
  }

  /** The next window, when there is room in its band; a station may take it instead. */
  private Transmission alternative(Plan plan, int place, Heard heard, long now) {
    if (place >= plan.places().size()) {
      return null;
    }
    Transmission tx = transmission(plan, plan.places().get(place), heard);
    return gateways.allows(heard.gateway(), tx, now) ? tx : null;
  }

  private static List<Heard> ways(Plan plan) {
    return plan.atOnce() == null ? plan.heard() : List.of(new Heard(plan.atOnce(), null, 0));
  }

  private static long left(Place place, Heard heard, long now) {
    return place.delayMicros() - (now - heard.nanos()) / 1_000;
  }

  private Transmission transmission(Plan plan, Place place, Heard heard) {
    Modulation modulation = region.rates().get(place.window().rate());
    int hertz = place.window().hertz();
    long at =
        plan.atOnce() != null
            ? Transmission.AT_ONCE
            : Transmission.after(heard.reception().micros(), place.delayMicros());
    return new Transmission(at, hertz, modulation, region.band(hertz).power(), plan.bytes());
  }
}
