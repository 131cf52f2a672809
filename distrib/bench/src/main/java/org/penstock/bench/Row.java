package org.penstock.bench;

/**
 * One figure. Made by {@link #of}, completed by the methods that follow.
 *
 * @param bench the benchmark's name; filled in by the frame
 * @param figure what was measured
 * @param unit its unit
 * @param ours the median on our side
 * @param peer the median on the peer's side in the same run, or null
 * @param peerName who the peer is and its version, or null
 * @param aim what it should be, or null
 * @param profile filled in by the frame
 */
public record Row(
    String bench,
    String figure,
    String unit,
    double ours,
    Double peer,
    String peerName,
    Aim aim,
    String profile) {

  /** A figure of ours alone. */
  public static Row of(String figure, String unit, double ours) {
    return new Row("", figure, unit, ours, null, null, null, "");
  }

  /** The peer's figure of the same run beside it. */
  public Row beside(String name, double value) {
    return new Row(bench, figure, unit, ours, value, name, aim, profile);
  }

  /** With an aim. */
  public Row aim(Aim wanted) {
    return new Row(bench, figure, unit, ours, peer, peerName, wanted, profile);
  }

  Row in(String benchmark, String usedProfile) {
    return new Row(benchmark, figure, unit, ours, peer, peerName, aim, usedProfile);
  }

  /** Ours by the peer's, or null without a peer. */
  public Double ratio() {
    return peer == null || peer == 0 ? null : Double.valueOf(ours / peer);
  }

  /** Whether the aim is met, or null without an aim. */
  public Boolean met() {
    return aim == null ? null : Boolean.valueOf(aim.met(ours, ratio()));
  }
}
