package org.penstock.field.asset;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.eclipse.kura.core.configuration.metatype.Tad;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.eclipse.kura.core.configuration.metatype.Toption;
import org.eclipse.kura.core.configuration.metatype.Tscalar;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The definition of this bundle's own component, from the metatype file that the build makes of
 * {@link WireAssetConfig}, so that it stands in one place only.
 */
final class OwnDefinition {

  private static final String FILE = "/OSGI-INF/metatype/" + WireAssetConfig.FACTORY_PID + ".xml";

  private OwnDefinition() {}

  /** A fresh definition. */
  static Tocd load() {
    try (InputStream file = OwnDefinition.class.getResourceAsStream(FILE)) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      Element root = factory.newDocumentBuilder().parse(file).getDocumentElement();
      return definition(elements(root, "OCD").get(0));
    } catch (IOException | SAXException | ParserConfigurationException broken) {
      throw new IllegalStateException(FILE + " is missing or damaged", broken);
    }
  }

  private static Tocd definition(Element ocd) {
    Tocd result = new Tocd();
    result.setId(ocd.getAttribute("id"));
    result.setName(ocd.getAttribute("name"));
    result.setDescription(ocd.getAttribute("description"));
    elements(ocd, "AD").forEach(ad -> result.addAD(attribute(ad)));
    return result;
  }

  private static Tad attribute(Element ad) {
    Tad result = new Tad();
    result.setId(ad.getAttribute("id"));
    result.setName(ad.getAttribute("name"));
    result.setDescription(ad.getAttribute("description"));
    result.setType(Tscalar.fromValue(ad.getAttribute("type")));
    result.setCardinality(0);
    result.setRequired(!"false".equals(ad.getAttribute("required")));
    result.setDefault(text(ad, "default"));
    result.setMin(text(ad, "min"));
    result.setMax(text(ad, "max"));
    for (Element value : elements(ad, "Option")) {
      Toption option = new Toption();
      option.setLabel(value.getAttribute("label"));
      option.setValue(value.getAttribute("value"));
      result.setOption(option);
    }
    return result;
  }

  private static String text(Element element, String name) {
    return element.hasAttribute(name) ? element.getAttribute(name) : null;
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }
}
