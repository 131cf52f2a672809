package org.penstock.driver.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.metatype.Option;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.type.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;

/** Descriptors and settings of channels, counters and traces. */
class ChannelAttributesTest {

  private enum Table {
    COIL,
    INPUT
  }

  /** If deleted: Kura, which casts to a list of Tad, could refuse our drivers. */
  @Test
  void descriptorIsAFreshListOfTadWithAllThatWasStated() {
    ChannelDescriptor descriptor =
        ChannelAttributes.descriptor(
            ChannelAttribute.integer("unit.id", "Unit", "1 to 247", 1, 247).withDefault(1),
            ChannelAttribute.choice("table", "Table", "which", Table.class),
            ChannelAttribute.flag("signed", "Signed", "or not").optional());
    List<?> ads = (List<?>) descriptor.getDescriptor();
    assertNotSame(ads, descriptor.getDescriptor());
    Tad unit = assertInstanceOf(Tad.class, ads.get(0));
    assertEquals("unit.id", unit.getId());
    assertEquals(Scalar.INTEGER, unit.getType());
    assertEquals("1", unit.getDefault());
    assertEquals("1", unit.getMin());
    assertEquals("247", unit.getMax());
    assertTrue(unit.isRequired());
    Tad table = assertInstanceOf(Tad.class, ads.get(1));
    assertEquals(
        List.of("COIL", "INPUT"), table.getOption().stream().map(Option::getValue).toList());
    assertNull(table.getDefault());
    assertEquals(false, assertInstanceOf(Tad.class, ads.get(2)).isRequired());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+x", "a#b"})
  void idsThatKuraCannotUseAreRefused(String id) {
    assertThrows(
        IllegalArgumentException.class, () -> ChannelAttribute.text(id, "name", "meaning"));
  }

  @Test
  void twoAttributesOfTheSameIdAreRefused() {
    ChannelAttribute one = ChannelAttribute.text("a", "A", "a");
    assertThrows(IllegalArgumentException.class, () -> ChannelAttributes.descriptor(one, one));
  }

  @Test
  void settingsAreReadFromTextOrFromValues() throws Exception {
    ChannelSettings settings =
        ChannelSettings.of(
            Map.of(
                "+name", "c",
                "+value.type", "long",
                "hex", "0x1F",
                "zeros", "007",
                "number", 5,
                "flag", "True",
                "table", "coil"));
    assertEquals("c", settings.channel());
    assertEquals(DataType.LONG, settings.valueType());
    assertEquals(31, settings.integer("hex", 0, 255));
    assertEquals(7, settings.integer("zeros", 0, 255));
    assertEquals(5, settings.integer("number", 0, 255));
    assertTrue(settings.flag("flag"));
    assertEquals(Table.COIL, settings.choice("table", Table.class));
    assertTrue(settings.find("missing").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"256", "-1", "x", "", "99999999999999999999", "1.5"})
  void wrongNumbersAreNamedWithChannelPropertyAndRange(String text) {
    ChannelSettings settings = ChannelSettings.of(Map.of("+name", "c", "n", text));
    DriverException fault =
        assertThrows(DriverException.class, () -> settings.integer("n", 0, 255));
    assertEquals(ErrorKind.CONFIGURATION, fault.kind());
    assertTrue(fault.getMessage().startsWith("channel c: property n "), fault.getMessage());
  }

  @Test
  void unknownChoiceAndFlagNameWhatWouldBeRight() {
    ChannelSettings settings = ChannelSettings.of(Map.of("+name", "c", "t", "none"));
    assertTrue(
        assertThrows(DriverException.class, () -> settings.choice("t", Table.class))
            .getMessage()
            .contains("[COIL, INPUT]"));
    assertTrue(
        assertThrows(DriverException.class, () -> settings.flag("t"))
            .getMessage()
            .contains("true or false"));
  }

  /** If deleted: the health page could show round trips that are none. */
  @Test
  void statisticsCountByKindAndGiveQuantilesOfRoundTrips() {
    DriverStatistics statistics = new DriverStatistics();
    for (int i = 0; i < 99; i++) {
      statistics.asked();
      statistics.achieved(Duration.ofMillis(4));
    }
    statistics.asked();
    statistics.achieved(Duration.ofSeconds(60));
    statistics.failed(ErrorKind.REFUSED);
    assertEquals(5, statistics.roundTripMillis(0.5));
    assertEquals(Long.MAX_VALUE, statistics.roundTripMillis(1));
    assertEquals(100L, statistics.figures().get("requests.asked"));
    assertEquals(1L, statistics.figures().get("errors.refused"));
    assertEquals(0, new DriverStatistics().roundTripMillis(0.5));
  }

  @Test
  void traceKeepsTheLastFrames() {
    FrameTrace trace = new FrameTrace(2);
    for (byte i = 1; i <= 3; i++) {
      trace.add(Instant.EPOCH, true, new byte[] {i, 9}, 1);
    }
    assertEquals(List.of("02", "03"), trace.frames().stream().map(FrameTrace.Frame::hex).toList());
  }
}
