package org.penstock.simulator.zigbee.network;

import java.util.Map;
import java.util.TreeMap;

/** Attribute reporting of one endpoint (ZCL 2.5.7 to 2.5.11): by change, not before min, at the latest after max. */
final class Reporting {

  private static final int NEVER = 0xFFFF;

  /** One configured attribute. */
  private static final class Rule {
    final int min;
    final int max;
    final byte[] change;
    long lastAt;
    long lastValue;
    long generation;
    boolean waits;

    Rule(int min, int max, byte... change) {
      this.min = min;
      this.max = max;
      this.change = change;
    }
  }

  private final VirtualEndpoint self;
  private final Map<Attribute.Key, Rule> rules = new TreeMap<>();

  Reporting(VirtualEndpoint self) {
    this.self = self;
  }

  byte[] configure(int cluster, int manufacturer, FrameReader in) {
    FrameWriter failures = new FrameWriter();
    boolean failed = false;
    while (in.left() > 0) {
      int direction = in.u8();
      int id = in.u16();
      int status = direction == 0 ? configureOne(cluster, manufacturer, id, in) : skip(in);
      if (status != ZclStatus.SUCCESS) {
        failed = true;
        failures.u8(status).u8(direction).u16(id);
      }
    }
    return failed ? failures.done() : new byte[] {ZclStatus.SUCCESS};
  }

  private static int skip(FrameReader in) {
    in.u16();
    return ZclStatus.SUCCESS;
  }

  private int configureOne(int cluster, int manufacturer, int id, FrameReader in) {
    int type = in.u8();
    int min = in.u16();
    int max = in.u16();
    byte[] change = DataType.isAnalog(type) ? DataType.read(type, in) : new byte[0];
    Attribute attribute = self.attribute(cluster, manufacturer, id);
    if (attribute == null) {
      return ZclStatus.UNSUPPORTED_ATTRIBUTE;
    }
    if (attribute.type != type) {
      return ZclStatus.INVALID_TYPE;
    }
    if (max != 0 && max < min) {
      return ZclStatus.INVALID_VALUE;
    }
    rules.remove(attribute.key);
    if (max != NEVER) {
      Rule rule = new Rule(min, max, change);
      rule.lastAt = self.node().millis();
      rule.lastValue = attribute.number();
      rules.put(attribute.key, rule);
      scheduleLatest(attribute, rule);
    }
    return ZclStatus.SUCCESS;
  }

  byte[] describe(int cluster, int manufacturer, FrameReader in) {
    FrameWriter out = new FrameWriter();
    while (in.left() > 0) {
      int direction = in.u8();
      int id = in.u16();
      Attribute attribute = self.attribute(cluster, manufacturer, id);
      Rule rule = attribute == null ? null : rules.get(attribute.key);
      if (rule == null) {
        int status = attribute == null ? ZclStatus.UNSUPPORTED_ATTRIBUTE : ZclStatus.NOT_FOUND;
        out.u8(status).u8(direction).u16(id);
      } else {
        out.u8(ZclStatus.SUCCESS).u8(direction).u16(id);
        out.u8(attribute.type).u16(rule.min).u16(rule.max).bytes(rule.change);
      }
    }
    return out.done();
  }

  /** The value of an attribute was set. */
  void changed(Attribute attribute) {
    Rule rule = rules.get(attribute.key);
    if (rule == null || rule.waits || !isEnough(attribute, rule)) {
      return;
    }
    long due = rule.lastAt + rule.min * 1000L - self.node().millis();
    if (due <= 0) {
      report(attribute, rule);
    } else {
      rule.waits = true;
      long generation = ++rule.generation;
      self.node().after(due, () -> ifCurrent(attribute, rule, generation));
    }
  }

  private static boolean isEnough(Attribute attribute, Rule rule) {
    long difference = Math.abs(attribute.number() - rule.lastValue);
    long wanted = Math.abs(DataType.number(attribute.type, rule.change));
    return difference != 0 && difference >= wanted || attribute.value().length > 8;
  }

  private void scheduleLatest(Attribute attribute, Rule rule) {
    if (rule.max > 0) {
      long generation = ++rule.generation;
      self.node().after(rule.max * 1000L, () -> ifCurrent(attribute, rule, generation));
    }
  }

  private void ifCurrent(Attribute attribute, Rule rule, long generation) {
    if (rules.get(attribute.key) == rule && rule.generation == generation) {
      report(attribute, rule);
    }
  }

  private void report(Attribute attribute, Rule rule) {
    rule.waits = false;
    rule.generation++;
    rule.lastAt = self.node().millis();
    rule.lastValue = attribute.number();
    self.sendReport(attribute, false);
    scheduleLatest(attribute, rule);
  }

  /** Min, max and change of an attribute, or null; for tests. */
  int[] rule(Attribute.Key key, int type) {
    Rule rule = rules.get(key);
    return rule == null
        ? null
        : new int[] {rule.min, rule.max, (int) DataType.number(type, rule.change)};
  }

  void clear() {
    rules.clear();
  }
}
