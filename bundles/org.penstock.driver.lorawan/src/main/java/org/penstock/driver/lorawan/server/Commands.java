package org.penstock.driver.lorawan.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.penstock.driver.lorawan.codec.DataFrame;
import org.penstock.driver.lorawan.codec.MacCommand;
import org.penstock.driver.lorawan.codec.MacCommand.Kind;
import org.penstock.driver.lorawan.region.Region;

/** MAC commands: what devices ask and answer, and what they are asked. The server's thread calls. */
final class Commands {

  private static final long GPS_EPOCH_MILLIS = 315_964_800_000L;
  private static final long LEAP_MILLIS = 18_000;
  private static final int FASTEST = 5;

  private final Settings settings;
  private final Region region;
  private final LongSupplier millis;

  Commands(Settings settings, LongSupplier millis) {
    this.settings = settings;
    this.region = settings.region();
    this.millis = millis;
  }

  /** Takes in what a device says, and gives what it is to be answered. */
  List<MacCommand> understood(Device device, byte[] bytes, Uplink uplink) {
    List<MacCommand> answers = new ArrayList<>();
    MacCommand.Parsed parsed = MacCommand.parse(bytes, true);
    for (MacCommand command : parsed.commands()) {
      switch (command.kind()) {
        case LINK_CHECK -> answers.add(linkCheck(uplink));
        case DEVICE_TIME ->
            answers.add(MacCommand.time(uplink.millis() - GPS_EPOCH_MILLIS + LEAP_MILLIS));
        case DEV_STATUS -> {
          Device.Radio r = device.radio();
          device.become(
              new Device.Radio(
                  r.rate(),
                  r.power(),
                  command.battery(),
                  command.margin(),
                  uplink.millis(),
                  r.statusAsked()));
          answered(device, Kind.DEV_STATUS, true);
        }
        default -> settled(device, command);
      }
    }
    if (!parsed.problem().isEmpty()) {
      device.tell("MAC command: " + parsed.problem());
    }
    return answers;
  }

  private MacCommand linkCheck(Uplink uplink) {
    double floor = region.rates().get(uplink.rate()).floor();
    double margin = uplink.heard().get(0).reception().snr() - floor;
    return MacCommand.linkCheck((int) margin, uplink.heard().size());
  }

  /** A device has done what it was asked, or refused. */
  private void settled(Device device, MacCommand answer) {
    MacCommand asked = answered(device, answer.kind(), answer.kind() == Kind.LINK_ADR);
    if (asked == null) {
      return;
    }
    if (!answer.accepted()) {
      device.tell(answer.kind() + " was refused by the device");
      return;
    }
    Session s = device.session();
    switch (answer.kind()) {
      case LINK_ADR -> {
        Device.Radio r = device.radio();
        int power = asked.content()[0] & 15;
        device.adr().forget();
        device.become(
            new Device.Radio(
                r.rate(), power, r.battery(), r.margin(), r.statusAt(), r.statusAsked()));
      }
      case RX_TIMING_SETUP ->
          device.become(s.windows(asked.content()[0], s.rx1Offset(), s.rx2Rate()));
      case RX_PARAM_SETUP ->
          device.become(
              s.windows(s.rxDelay(), asked.content()[0] >> 4 & 7, asked.content()[0] & 15));
      default -> device.tell(answer.kind() + " done");
    }
  }

  /** Takes what was asked of this kind off the list; null when nothing was. */
  private static MacCommand answered(Device device, Kind kind, boolean all) {
    MacCommand found = null;
    for (MacCommand each : List.copyOf(device.asked())) {
      if (each.kind() == kind && (found == null || all)) {
        found = each;
        device.asked().remove(each);
      }
    }
    return found;
  }

  /**
   * What a device is to be asked anew.
   *
   * @param first it is the first frame of its session
   */
  List<MacCommand> wanted(Device device, DataFrame frame, Uplink uplink, boolean first) {
    List<MacCommand> wanted = new ArrayList<>();
    if (frame.has(DataFrame.ADR) && device.config().adr()) {
      wanted.addAll(adr(device, uplink));
    }
    Device.Radio r = device.radio();
    long now = millis.getAsLong();
    long interval = settings.statusInterval().toMillis();
    if (interval > 0 && now - r.statusAsked() >= interval && isNotAsked(device, Kind.DEV_STATUS)) {
      wanted.add(MacCommand.devStatus());
      device.become(
          new Device.Radio(uplink.rate(), r.power(), r.battery(), r.margin(), r.statusAt(), now));
    }
    if (!device.config().otaa()) {
      wanted.addAll(byHand(device, first));
    }
    return wanted;
  }

  private List<MacCommand> adr(Device device, Uplink uplink) {
    Device.Radio r = device.radio();
    if (r.rate() != uplink.rate()) {
      device.adr().forget();
      device.become(
          new Device.Radio(
              uplink.rate(), r.power(), r.battery(), r.margin(), r.statusAt(), r.statusAsked()));
    }
    device.adr().heard(uplink.heard().get(0).reception().snr());
    Adr.Setting present = new Adr.Setting(uplink.rate(), r.power());
    Adr.Setting better = device.adr().advise(region, present);
    return better.equals(present) || !isNotAsked(device, Kind.LINK_ADR)
        ? List.of()
        : region.adr(better.rate(), better.power(), 1, settings.group());
  }

  /** What a device learns when it joins, for one that does not. */
  private List<MacCommand> byHand(Device device, boolean first) {
    List<MacCommand> wanted = new ArrayList<>();
    Session s = device.session();
    if (s.rxDelay() != settings.rxDelay() && isNotAsked(device, Kind.RX_TIMING_SETUP)) {
      wanted.add(MacCommand.rxTiming(settings.rxDelay()));
    }
    if (s.rx1Offset() != settings.rx1Offset() && isNotAsked(device, Kind.RX_PARAM_SETUP)) {
      wanted.add(MacCommand.rxParam(settings.rx1Offset(), region.rx2Rate(), region.rx2Hertz()));
    }
    if (first && !region.grouped()) {
      for (int i = region.joining(); i < region.uplinks().size(); i++) {
        wanted.add(MacCommand.newChannel(i, region.uplinks().get(i).hertz(), 0, FASTEST));
      }
    }
    return wanted;
  }

  private static boolean isNotAsked(Device device, Kind kind) {
    return device.asked().stream().noneMatch(each -> each.kind() == kind);
  }
}
