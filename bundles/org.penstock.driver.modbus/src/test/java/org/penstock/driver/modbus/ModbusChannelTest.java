package org.penstock.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.driver.modbus.codec.Notation;

/** What a person sees who configures a channel. */
class ModbusChannelTest {

  /** If deleted: an engineer could enter 40001 where 0 is meant, and read another register. */
  @ParameterizedTest
  @CsvSource({
    "ZERO_BASED, zero-based, 0",
    "ONE_BASED, one-based, 1",
    "MODICON, modicon, 40001",
    "HEX, hex, 0x0000"
  })
  void theNotationIsShownWithTheChannel(Notation notation, String word, String first) {
    List<?> all = (List<?>) ModbusChannel.descriptor(notation).getDescriptor();
    Tad address =
        all.stream()
            .map(Tad.class::cast)
            .filter(attribute -> attribute.getId().equals(ModbusChannel.ADDRESS))
            .findFirst()
            .orElseThrow();
    assertTrue(address.getDescription().contains(word), address.getDescription());
    assertEquals(first, address.getDefault());
  }
}
