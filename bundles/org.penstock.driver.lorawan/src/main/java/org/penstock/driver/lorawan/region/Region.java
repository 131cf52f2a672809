package org.penstock.driver.lorawan.region;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.penstock.driver.lorawan.codec.MacCommand;
import org.penstock.driver.lorawan.codec.Modulation;

/**
 * What may be sent where and how: the regional parameters of one channel plan (RP002), read from a
 * file by {@link RegionFile}. Frequencies in Hz. Pure.
 *
 * @param name for example EU868
 * @param uplinks channels from the devices
 * @param joining how many of them every device knows before it has joined
 * @param downlinks channels to them; empty when the uplink's own is used
 * @param rates by data rate; null where there is none
 * @param rx1 the data rate down by data rate up and RX1DROffset
 * @param rx2Hertz frequency of RX2
 * @param rx2Rate data rate of RX2
 * @param eirp greatest radiated power of a device, dBm
 * @param power radiated power of a gateway, dBm, where no band says otherwise
 * @param sizes most bytes of FRMPayload by data rate, without FOpts; 0 where nothing may be sent
 * @param adrRate fastest data rate that ADR chooses
 * @param upDwell the longest frame of a device in ms; 0 for any
 * @param bands parts of the spectrum with a limit of their own
 */
public record Region(
    String name,
    List<Channel> uplinks,
    int joining,
    List<Channel> downlinks,
    List<Modulation> rates,
    List<List<Integer>> rx1,
    int rx2Hertz,
    int rx2Rate,
    int eirp,
    int power,
    List<Integer> sizes,
    int adrRate,
    int upDwell,
    List<Band> bands) {

  private static final int GROUP = 8;
  private static final int FREE_PLAN = 16;

  /** A channel with the data rates that may be used on it. */
  public record Channel(int hertz, int minRate, int maxRate) {}

  /**
   * A part of the spectrum.
   *
   * @param duty how much of an hour one sender may fill, more than 0, up to 1
   * @param power radiated power of a gateway, dBm
   */
  public record Band(int from, int to, double duty, int power) {}

  /** Where and how a frame is sent to a device. */
  public record Window(int hertz, int rate) {}

  /** The data rate of an uplink; empty when devices of this region do not send so. */
  public Optional<Integer> uplinkRate(Modulation modulation) {
    for (int rate = 0; rate < rx1.size(); rate++) {
      if (!rx1.get(rate).isEmpty() && modulation.equals(rates.get(rate))) {
        return Optional.of(rate);
      }
    }
    return Optional.empty();
  }

  /** The first window after an uplink. */
  public Window rx1(int hertz, int rate, int offset) {
    List<Integer> row = rx1.get(rate);
    int down = row.get(Math.min(offset, row.size() - 1));
    if (downlinks.isEmpty()) {
      return new Window(hertz, down);
    }
    return new Window(downlinks.get(channel(hertz) % downlinks.size()).hertz(), down);
  }

  /** The channel nearest to a frequency. */
  int channel(int hertz) {
    int best = 0;
    for (int i = 1; i < uplinks.size(); i++) {
      long now = Math.abs((long) uplinks.get(best).hertz() - hertz);
      if (Math.abs((long) uplinks.get(i).hertz() - hertz) < now) {
        best = i;
      }
    }
    return best;
  }

  /** Most bytes of FRMPayload at a data rate, when so many bytes of FOpts go along. */
  public int room(int rate, int options) {
    return Math.max(0, sizes.get(rate) - options);
  }

  /** The limits at a frequency. */
  public Band band(int hertz) {
    for (Band band : bands) {
      if (hertz >= band.from() && hertz < band.to()) {
        return band;
      }
    }
    return new Band(0, Integer.MAX_VALUE, 1, power);
  }

  /** 72 channels in groups of eight, of which a gateway hears one. */
  public boolean grouped() {
    return uplinks.size() > FREE_PLAN;
  }

  /**
   * The CFList of a join-accept: more frequencies than the first ones, or the mask of the group.
   *
   * @param group 1 to 8 of a grouped plan, 0 for all
   */
  public byte[] cfList(int group) {
    ByteBuffer out = ByteBuffer.allocate(FREE_PLAN).order(ByteOrder.LITTLE_ENDIAN);
    if (grouped()) {
      for (int block = 0; block < uplinks.size() / FREE_PLAN + 1; block++) {
        out.putShort((short) mask(block, group));
      }
      return out.put(FREE_PLAN - 1, (byte) 1).array();
    }
    if (uplinks.size() <= joining) {
      return new byte[0];
    }
    for (Channel more : uplinks.subList(joining, Math.min(uplinks.size(), joining + 5))) {
      int f = more.hertz() / 100;
      out.put((byte) f).put((byte) (f >> 8)).put((byte) (f >> 16));
    }
    return out.array();
  }

  /** The mask of a block of 16 channels. */
  private int mask(int block, int group) {
    if (!grouped()) {
      return (1 << uplinks.size()) - 1;
    }
    if (block == 4) {
      return group == 0 ? 0xff : 1 << group - 1;
    }
    if (group == 0) {
      return 0xffff;
    }
    return (group - 1) / 2 == block ? 0xff << (group - 1) % 2 * GROUP : 0;
  }

  /**
   * The commands by which ADR sets a device: one for a free plan, two for a group of a grouped one.
   *
   * @param power TXPower, each step 2 dB below the greatest
   */
  public List<MacCommand> adr(int rate, int power, int repeats, int group) {
    List<MacCommand> commands = new ArrayList<>();
    if (!grouped()) {
      commands.add(MacCommand.linkAdr(rate, power, mask(0, 0), 0, repeats));
    } else if (group == 0) {
      commands.add(MacCommand.linkAdr(rate, power, 0xff, 6, repeats));
    } else {
      int block = (group - 1) / 2;
      commands.add(MacCommand.linkAdr(rate, power, mask(4, group), 7, repeats));
      commands.add(MacCommand.linkAdr(rate, power, mask(block, group), block, repeats));
    }
    return commands;
  }
}
