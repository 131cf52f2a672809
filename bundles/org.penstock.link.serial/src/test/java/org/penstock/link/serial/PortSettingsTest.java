package org.penstock.link.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fazecast.jSerialComm.SerialPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pseudo terminal cannot show: the settings reach the library. */
class PortSettingsTest {

  /** If deleted: a line with even parity could be opened without, and no device would answer. */
  @ParameterizedTest
  @CsvSource({
    "NONE, ONE, NONE, 0, 1, 0",
    "EVEN, ONE, NONE, 2, 1, 0",
    "ODD, TWO, NONE, 1, 3, 0",
    "MARK, ONE_AND_A_HALF, NONE, 3, 2, 0",
    "SPACE, ONE, RTS_CTS, 4, 1, 17"
  })
  void settingsInTheLibrarysNumbers(
      SerialSettings.Parity parity,
      SerialSettings.StopBits stop,
      SerialSettings.FlowControl flow,
      int expectedParity,
      int expectedStop,
      int expectedFlow) {
    PortSettings port =
        PortSettings.of(new SerialSettings("/dev/x", 19_200, 8, parity, stop, flow, true));
    assertEquals(
        new PortSettings(19_200, 8, expectedStop, expectedParity, expectedFlow, true), port);
    assertEquals(2, SerialPort.EVEN_PARITY);
  }

  /** If deleted: silent intervals on the line could be too short for the devices. */
  @Test
  void timeOfCharacters() {
    SerialSettings even =
        new SerialSettings(
            "/dev/x",
            19_200,
            8,
            SerialSettings.Parity.EVEN,
            SerialSettings.StopBits.ONE,
            SerialSettings.FlowControl.NONE,
            false);
    assertEquals(11.0, even.bitsPerCharacter());
    assertEquals(2_005_208, even.nanosFor(3.5));
  }

  /** If deleted: a missing device would give a message without a name. */
  @Test
  void missingDeviceIsNamed() {
    SerialSettings settings =
        new SerialSettings(
            "/dev/no-such-line",
            9_600,
            8,
            SerialSettings.Parity.NONE,
            SerialSettings.StopBits.ONE,
            SerialSettings.FlowControl.NONE,
            false);
    java.io.IOException problem =
        assertThrows(java.io.IOException.class, () -> SerialLines.open(settings));
    assertEquals(true, problem.getMessage().contains("/dev/no-such-line"));
  }
}
