package org.penstock.field.asset;

import java.util.List;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Tscalar;

/** The attributes that channels of a wire asset have beyond those of every asset. Pure. */
final class WireChannelAttributes {

  private WireChannelAttributes() {}

  /** Fresh ones; those of {@link WriteRules} concern channels that can be written. */
  static List<Tad> all() {
    Tad listen =
        attribute(
            WireAssetConfig.LISTEN,
            "listen",
            "Emit the channel when the device reports it by itself",
            Tscalar.BOOLEAN);
    listen.setRequired(true);
    listen.setDefault("false");
    return List.of(
        listen,
        attribute(
            WriteRules.ORDER,
            "write.order",
            "Who may write, strongest first, of OPERATOR, RULE, SCADA, CLOUD, WIRE; empty: all",
            Tscalar.STRING),
        attribute(
            WriteRules.HOLD,
            "write.hold.ms",
            "How long a write keeps weaker and other sources off; empty: not at all",
            Tscalar.LONG),
        attribute(
            WriteRules.INTERVAL,
            "write.interval.ms",
            "Least time between two writes; empty: none",
            Tscalar.LONG),
        attribute(
            WriteRules.MIN,
            "write.min",
            "Least value that is written, for numbers",
            Tscalar.STRING),
        attribute(
            WriteRules.MAX,
            "write.max",
            "Greatest value that is written, for numbers",
            Tscalar.STRING),
        attribute(
            WriteRules.READ_BACK,
            "write.readback",
            "Read the value after the write; another one is a failure",
            Tscalar.BOOLEAN));
  }

  private static Tad attribute(String id, String name, String description, Tscalar type) {
    Tad ad = new Tad();
    ad.setId(id);
    ad.setName(name);
    ad.setDescription(description);
    ad.setType(type);
    ad.setCardinality(0);
    ad.setRequired(false);
    return ad;
  }
}
