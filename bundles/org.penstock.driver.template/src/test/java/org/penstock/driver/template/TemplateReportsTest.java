package org.penstock.driver.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;

/** Values that the device reports by itself. */
class TemplateReportsTest {

  /** If deleted: channels with listen could stay silent. */
  @Test
  void listenerGetsEventsUntilItIsTakenOff() throws Exception {
    try (TemplateBench bench = new TemplateBench()) {
      Driver driver = bench.start("one");
      BlockingQueue<ChannelRecord> events = new LinkedBlockingQueue<>();
      ChannelListener listener = event -> events.add(event.getChannelRecord());
      driver.registerChannelListener(
          TemplateBench.config("count", DataType.LONG, "counter/c"), listener);
      assertEquals(TypedValues.newLongValue(1), events.poll(30, TimeUnit.SECONDS).getValue());
      assertEquals(TypedValues.newLongValue(2), events.poll(30, TimeUnit.SECONDS).getValue());
      driver.unregisterChannelListener(listener);
    }
  }

  /** If deleted: a wrong address would be noticed only by values that never come. */
  @Test
  void wrongAddressIsRefusedAtOnce() {
    try (TemplateBench bench = new TemplateBench()) {
      Driver driver = bench.start("one");
      var config = TemplateBench.config("c", DataType.LONG, "nonsense");
      assertThrows(
          IllegalArgumentException.class,
          () -> driver.registerChannelListener(config, event -> {}));
    }
  }
}
