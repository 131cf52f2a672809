package org.penstock.driver.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.kura.type.DataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.driver.kit.ChannelSettings;

/** The grammar of addresses. If deleted: the README's grammar could be untrue. */
class TemplateChannelTest {

  @ParameterizedTest
  @CsvSource({
    "sine/1000, sine/1000/1",
    "Sine/10/2.5, sine/10/2.5",
    "counter/a-1, counter/a-1",
    "walk/x, walk/x",
    "setpoint/pump.speed, setpoint/pump.speed",
    "version, version"
  })
  void acceptsWhatTheGrammarSays(String text, String address) throws Exception {
    assertEquals(address, parse(text).address());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sine", "sine/9", "sine/9999999", "counter/", "square/10", "version/1"})
  void refusesEverythingElseWithTheGrammarInTheMessage(String text) {
    DriverException fault = assertThrows(DriverException.class, () -> parse(text));
    assertEquals(ErrorKind.CONFIGURATION, fault.kind());
    assertTrue(fault.getMessage().contains("channel c"), fault.getMessage());
    assertTrue(fault.getMessage().contains("setpoint/<name>"), fault.getMessage());
  }

  private static TemplateChannel parse(String text) throws DriverException {
    return TemplateChannel.of(ChannelSettings.of(TemplateBench.config("c", DataType.DOUBLE, text)));
  }
}
