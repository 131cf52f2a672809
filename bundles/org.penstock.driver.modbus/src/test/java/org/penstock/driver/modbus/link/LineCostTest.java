package org.penstock.driver.modbus.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.driver.modbus.codec.AsciiFraming;
import org.penstock.driver.modbus.codec.RtuFraming;
import org.penstock.link.serial.SerialSettings;

/** What a request costs by what a register costs, on lines. */
class LineCostTest {

  /**
   * RTU at 19,200: 8 + 5 characters and two silences of 3.5 make 20, a register 2; at 115,200 the
   * silences are 1.75 ms each. ASCII: 17 + 11 characters, a register 4. If deleted: slow units could
   * be asked more often than is good, or quick ones drag registers along that nobody wants.
   */
  @ParameterizedTest
  @CsvSource({
    "RTU,   9600, 0, 10",
    "RTU,  19200, 0, 10",
    "RTU,  19200, 23, 30",
    "RTU,  19200, 1000, 124",
    "RTU, 115200, 0, 25",
    "RTU, 115200, 5, 51",
    "ASCII, 9600, 0, 7",
  })
  void baudRateAndTurnaroundDecide(String mode, int baud, int turnaroundMs, int gap) {
    SerialSettings line =
        new SerialSettings(
            "/dev/none",
            baud,
            8,
            SerialSettings.Parity.EVEN,
            SerialSettings.StopBits.ONE,
            SerialSettings.FlowControl.NONE,
            false);
    long silence = baud > 19_200 ? 1_750_000 : line.nanosFor(3.5);
    assertEquals(
        gap,
        SerialLink.gap(
            line,
            mode.equals("RTU") ? new RtuFraming() : new AsciiFraming(),
            mode.equals("RTU") ? silence : 0,
            turnaroundMs * 1_000_000L));
  }
}
