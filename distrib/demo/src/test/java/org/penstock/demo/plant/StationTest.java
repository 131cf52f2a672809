package org.penstock.demo.plant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Without it the demo could show a station that no engineer would believe. */
class StationTest {

  private static final double DT = 0.1;

  private static Station run(Station station, Commands commands, double seconds) {
    Station now = station;
    for (int i = 0; i < seconds / DT; i++) {
      now = now.after(commands, DT);
    }
    return now;
  }

  private static Commands level(double metres) {
    Commands c = Commands.usual();
    return new Commands(metres, c.valvePosition(), c.inflowMean(), true, true);
  }

  @Test
  void theSameCommandsGiveTheSameStation() {
    assertEquals(
        run(Station.beginning(), Commands.usual(), 60),
        run(Station.beginning(), Commands.usual(), 60));
  }

  /** The set point is what the demo invites to write to. */
  @Test
  void theLevelFollowsItsSetPoint() {
    Station station = run(Station.beginning(), level(2.5), 3600);
    assertEquals(2.5, station.level(), 0.4);
    assertEquals(1.5, run(station, level(1.5), 7200).level(), 0.4);
  }

  @Test
  void waterIsNeitherMadeNorLost() {
    Station station = Station.beginning();
    double in = 0;
    for (int i = 0; i < 6000; i++) {
      station = station.after(Commands.usual(), DT);
      in += station.inflow() / 3600 * DT;
    }
    double held = (station.level() - Station.beginning().level()) * Station.TANK_AREA;
    assertEquals(in, station.pumped() + held, 0.01);
  }

  @Test
  void flowPowerAndTemperatureAreThoseOfSuchAStation() {
    Station station = run(Station.beginning(), Commands.usual(), 1800);
    assertTrue(station.flow() > 120 && station.flow() < 260, () -> "flow " + station.flow());
    assertTrue(station.power() > 5 && station.power() < 30, () -> "power " + station.power());
    Pump pump = station.pumps().get(0);
    assertTrue(pump.speed() > 700 && pump.speed() < 1450, () -> "speed " + pump.speed());
    assertTrue(pump.bearing() > 30 && pump.bearing() < 75, () -> "bearing " + pump.bearing());
    assertTrue(pump.vibration() > 0.5 && pump.vibration() < 6, () -> "vibr " + pump.vibration());
  }

  /** Shutting the valve is the second thing that the demo invites to. */
  @Test
  void aShutValveStopsTheFlowAndTheTankFills() {
    Station open = run(Station.beginning(), Commands.usual(), 600);
    Commands shut = new Commands(2.5, 0, 180, true, true);
    Station soon = run(open, shut, 10);
    assertTrue(soon.valve() > 20 && soon.valve() < 60, "the valve takes its time");
    Station later = run(open, shut, 120);
    assertEquals(0, later.valve());
    assertTrue(later.flow() < 20, () -> "flow " + later.flow());
    assertTrue(later.level() > open.level() + 0.05, "the tank fills");
    assertTrue(later.dischargePressure() > open.dischargePressure(), "pressure rises");
  }

  @Test
  void aPumpThatMayNotRunStandsStillAndCools() {
    Station warm = run(Station.beginning(), Commands.usual(), 1800);
    Station one = run(warm, new Commands(2.5, 80, 180, true, false), 1800);
    Pump second = one.pumps().get(1);
    assertFalse(second.isRunning());
    assertEquals(0, second.vibration());
    assertTrue(second.bearing() < warm.pumps().get(1).bearing());
    assertTrue(one.pumps().get(0).flow() > warm.pumps().get(0).flow(), "the other takes over");
    assertEquals(1, second.starts());
  }

  @Test
  void pumpsDoNotRunDry() {
    Station dry = run(Station.beginning(), new Commands(0.5, 100, 0, true, true), 7200);
    assertTrue(dry.level() > 0.2 && dry.level() < 0.7, () -> "level " + dry.level());
    assertEquals(0, dry.flow(), 1);
  }

  /** Without water a pump turns and lifts nothing; without grease its bearing is hot before anybody comes. */
  @Test
  void whatTheDemoTellsHappensToThePumps() {
    Station well = run(Station.beginning(), Commands.usual(), 1800);
    Station ill = run(well.with(new Troubles(1, 0, 4)), Commands.usual(), 8);
    assertEquals(0, ill.pumps().get(1).flow(), 1);
    assertTrue(ill.pumps().get(1).isRunning());
    assertTrue(ill.pumps().get(0).bearing() > 80, () -> "bearing " + ill.pumps().get(0).bearing());
    Commands c = Commands.usual();
    Commands slow =
        new Commands(c.levelSetPoint(), c.valvePosition(), c.inflowMean(), true, true, 800, 1450);
    Station mended = run(ill.with(Troubles.NONE), slow, 30);
    assertEquals(800, mended.pumps().get(0).speed(), 1);
    assertTrue(mended.pumps().get(0).bearing() < 60, () -> "" + mended.pumps().get(0).bearing());
    assertTrue(mended.pumps().get(1).flow() > 20, "it pumps again");
  }

  /** All three begin early, and end by themselves before they come again. */
  @Test
  void troublesComeAndGo() {
    assertEquals(Troubles.NONE, Troubles.told(0));
    assertEquals(new Troubles(1, 0, 4), Troubles.told(2));
    assertEquals(Troubles.NONE, Troubles.told(100));
    assertEquals(Troubles.told(2), Troubles.told(182));
  }

  @Test
  void commandsOutsideTheirRangeAreTakenAsTheEnd() {
    Commands c = new Commands(Double.NaN, 300, -5, true, true);
    assertEquals(new Commands(0.5, 100, 0, true, true), c);
  }
}
