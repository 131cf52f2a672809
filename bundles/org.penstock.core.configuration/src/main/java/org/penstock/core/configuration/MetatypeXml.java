package org.penstock.core.configuration;

import java.math.BigInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Tdesignate;
import org.eclipse.kura.core.configuration.metatype.Ticon;
import org.eclipse.kura.core.configuration.metatype.Tmetadata;
import org.eclipse.kura.core.configuration.metatype.Tobject;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.eclipse.kura.core.configuration.metatype.Toption;
import org.eclipse.kura.core.configuration.metatype.Tscalar;

/** Reads one metatype file. Elements it does not know are skipped. */
final class MetatypeXml {

  private final UnaryOperator<String> translated;

  private MetatypeXml(UnaryOperator<String> translated) {
    this.translated = translated;
  }

  /**
   * Definitions and designates of the file.
   *
   * @param words gives the translation for the name of a localization, which may be null
   */
  static Tmetadata read(String xml, Function<String, UnaryOperator<String>> words)
      throws XMLStreamException {
    XMLStreamReader in = Xml.reader(xml);
    if (Xml.next(in) != XMLStreamConstants.START_ELEMENT || !Xml.name(in).equals("MetaData")) {
      throw new XMLStreamException("the root element is not MetaData", in.getLocation());
    }
    String localization = Xml.attribute(in, "localization");
    Tmetadata metadata = new MetatypeXml(words.apply(localization)).content(in);
    metadata.setLocalization(localization);
    return metadata;
  }

  private Tmetadata content(XMLStreamReader in) throws XMLStreamException {
    Tmetadata metadata = new Tmetadata();
    while (Xml.next(in) == XMLStreamConstants.START_ELEMENT) {
      String name = Xml.name(in);
      if (name.equals("OCD")) {
        metadata.setOCD(definition(in));
      } else if (name.equals("Designate")) {
        metadata.setDesignate(designate(in));
      } else {
        Xml.skip(in);
      }
    }
    return metadata;
  }

  private Tocd definition(XMLStreamReader in) throws XMLStreamException {
    Tocd definition = new Tocd();
    definition.setId(Xml.attribute(in, "id"));
    definition.setName(words(in, "name"));
    definition.setDescription(words(in, "description"));
    while (Xml.next(in) == XMLStreamConstants.START_ELEMENT) {
      String name = Xml.name(in);
      if (name.equals("AD")) {
        attribute(in, definition);
      } else if (name.equals("Icon")) {
        definition.setIcon(icon(in));
      } else {
        Xml.skip(in);
      }
    }
    return definition;
  }

  private void attribute(XMLStreamReader in, Tocd definition) throws XMLStreamException {
    Tad attribute = new Tad();
    String id = Xml.attribute(in, "id");
    ValueType type = ValueType.named(Xml.attribute(in, "type")).orElse(null);
    attribute.setId(id);
    attribute.setName(words(in, "name"));
    attribute.setDescription(words(in, "description"));
    attribute.setCardinality(integer(Xml.attribute(in, "cardinality")));
    attribute.setMin(Xml.attribute(in, "min"));
    attribute.setMax(Xml.attribute(in, "max"));
    attribute.setDefault(Xml.attribute(in, "default"));
    String required = Xml.attribute(in, "required");
    attribute.setRequired(required == null || Boolean.parseBoolean(required.trim()));
    while (Xml.next(in) == XMLStreamConstants.START_ELEMENT) {
      if (Xml.name(in).equals("Option")) {
        Toption option = new Toption();
        option.setLabel(words(in, "label"));
        option.setValue(Xml.attribute(in, "value"));
        attribute.setOption(option);
      }
      Xml.skip(in);
    }
    if (id != null && type != null) {
      attribute.setType(Tscalar.valueOf(type.name()));
      definition.addAD(attribute);
    }
  }

  private static Ticon icon(XMLStreamReader in) throws XMLStreamException {
    Ticon icon = new Ticon();
    icon.setResource(Xml.attribute(in, "resource"));
    icon.setSize(BigInteger.valueOf(integer(Xml.attribute(in, "size"))));
    Xml.skip(in);
    return icon;
  }

  private static Tdesignate designate(XMLStreamReader in) throws XMLStreamException {
    Tdesignate designate = new Tdesignate();
    designate.setPid(Xml.attribute(in, "pid"));
    designate.setFactoryPid(Xml.attribute(in, "factoryPid"));
    designate.setBundle(Xml.attribute(in, "bundle"));
    designate.setOptional(Boolean.parseBoolean(Xml.attribute(in, "optional")));
    designate.setMerge(Boolean.parseBoolean(Xml.attribute(in, "merge")));
    while (Xml.next(in) == XMLStreamConstants.START_ELEMENT) {
      if (Xml.name(in).equals("Object")) {
        Tobject object = new Tobject();
        object.setOcdref(Xml.attribute(in, "ocdref"));
        designate.setObject(object);
      }
      Xml.skip(in);
    }
    return designate;
  }

  private String words(XMLStreamReader in, String name) {
    String text = Xml.attribute(in, name);
    return text == null || !text.startsWith("%") ? text : translated.apply(text.substring(1));
  }

  private static int integer(String text) {
    try {
      return text == null ? 0 : Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
