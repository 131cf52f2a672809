package org.penstock.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Scalar;
import org.eclipse.kura.core.configuration.metatype.Tmetadata;
import org.junit.jupiter.api.Test;

/** Without it Kura's add-ons and ours would have no definitions, hence no defaults. */
class MetatypeTest {

  @Test
  void readsTheFileOfAKuraStyleBundle() {
    List<Definition> found = Box.definitions(Box.METATYPE);
    assertEquals(List.of(Box.SINGLETON, Box.FACTORY), found.stream().map(Definition::pid).toList());
    assertFalse(found.get(0).factory());
    assertTrue(found.get(1).factory());
    AD speed = found.get(0).ocd().getAD().get(0);
    assertEquals("speed", speed.getId());
    assertEquals(Scalar.INTEGER, speed.getType());
    assertEquals("0", speed.getMin());
    assertEquals("100", speed.getMax());
    assertTrue(speed.isRequired());
    assertEquals(32, found.get(0).ocd().getIcon().get(0).getSize().intValue());
  }

  @Test
  void readsTheFileThatAnnotationsGive() {
    String xml =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0" localization="OSGI-INF/l10n/p">
          <OCD id="p" name="%name" description="">
            <AD id="password" type="Password" required="false" name="Password"/>
            <AD id="scale" type="Character" default="C"><Option label="Celsius" value="C"/></AD>
          </OCD>
          <Designate factoryPid="p"><Object ocdref="p"/></Designate>
        </metatype:MetaData>
        """;
    Tmetadata metadata;
    try {
      metadata =
          MetatypeXml.read(
              xml,
              base -> {
                assertEquals("OSGI-INF/l10n/p", base);
                return Map.of("name", "Thermometer")::get;
              });
    } catch (XMLStreamException e) {
      throw new AssertionError(e);
    }
    Definition definition = Definition.in(metadata).get(0);
    assertTrue(definition.factory());
    assertEquals("Thermometer", definition.ocd().getName());
    AD password = definition.ocd().getAD().get(0);
    assertFalse(password.isRequired());
    assertEquals(Scalar.CHAR, definition.ocd().getAD().get(1).getType());
    assertEquals(1, definition.ocd().getAD().get(1).getOption().size());
  }

  @Test
  void theOcdChosenIsTheOneWhoseIdEqualsThePid() {
    String xml =
        "<MetaData><OCD id='other'><AD id='x' type='Long'/></OCD><OCD id='p'><AD id='y' type='Long'/>"
            + "</OCD><Designate pid='p'><Object ocdref='other'/></Designate>"
            + "<Designate pid='q'><Object ocdref='other'/></Designate>"
            + "<Designate pid='r'><Object ocdref='nothing'/></Designate></MetaData>";
    List<Definition> found = Box.definitions(xml);
    assertEquals("y", found.get(0).ocd().getAD().get(0).getId());
    assertEquals("x", found.get(1).ocd().getAD().get(0).getId());
    assertEquals(2, found.size());
  }

  @Test
  void unknownElementsAndTypesAreSkipped() {
    String xml =
        "<MetaData><extra><OCD id='no'/></extra><OCD id='p'><AD id='a' type='Colour'/><AD id='b'"
            + " type='Short'><extra/></AD></OCD><Designate pid='p'/></MetaData>";
    assertEquals("b", Box.definitions(xml).get(0).ocd().getAD().get(0).getId());
  }

  @Test
  void otherDocumentsAreRefusedWithTheirPlace() {
    XMLStreamException e =
        assertThrows(
            XMLStreamException.class, () -> MetatypeXml.read("<html/>", base -> word -> word));
    assertTrue(e.getMessage().contains("not MetaData"), e.getMessage());
  }
}
