package org.penstock.flow.wires.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Without this, a snapshot of Kura meets other factories, keys, types or defaults here. */
class MetatypeTest {

  private static Document load(String path) throws Exception {
    try (InputStream xml = MetatypeTest.class.getResourceAsStream(path)) {
      assertNotNull(xml, path);
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "org.eclipse.kura.wire.Timer | cron.interval=String:0/10 * * * * ?; simple.custom.first.tick.interval=Integer:0; simple.first.tick.policy=String:DEFAULT; simple.interval=Integer:10; simple.time.unit=String:SECONDS; type=String:SIMPLE",
        "org.eclipse.kura.wire.Logger | log.verbosity=String:QUIET",
        "org.eclipse.kura.wire.Fifo | discard.envelopes=Boolean:false; queue.capacity=Integer:50",
        "org.eclipse.kura.wire.RegexFilter | filter.type=Integer:1; regex.filter=String:",
        "org.eclipse.kura.wire.Join | barrier=Boolean:true",
        "org.eclipse.kura.wire.CloudPublisher | CloudPublisher.target=String:(kura.service.pid=changeme); publish.position=String:none; remove.body.from.metrics=Boolean:false; set.body.from.property=String:",
        "org.eclipse.kura.wire.CloudSubscriber | CloudSubscriber.target=String:(kura.service.pid=changeme); body.property.type=String:BYTE_ARRAY; set.property.from.body=String:",
        "org.eclipse.kura.wire.WireRecordStore | WireRecordStoreProvider.target=String:(kura.service.pid=changeme); cleanup.records.keep=Integer:5000; maximum.store.size=Integer:10000; store.name=String:WR_data",
        "org.eclipse.kura.wire.WireRecordQuery | QueryableWireRecordStoreProvider.target=String:(kura.service.pid=changeme); cache.expiration.interval=Integer:0; emit.on.empty.result=Boolean:true; query=String:SELECT * FROM `WR_data` LIMIT 10;",
        "org.eclipse.kura.wire.DbWireRecordStore | BaseDbService.target=String:(kura.service.pid=changeme); cleanup.records.keep=Integer:5000; maximum.table.size=Integer:10000; table.name=String:WR_data",
        "org.eclipse.kura.wire.DbWireRecordFilter | BaseDbService.target=String:(kura.service.pid=changeme); cache.expiration.interval=Integer:0; emit.on.empty.result=Boolean:true; sql.view=String:SELECT * FROM `WR_data` LIMIT 10;",
        "org.eclipse.kura.wire.H2DbWireRecordStore | cleanup.records.keep=Integer:5000; db.service.pid=String:org.eclipse.kura.db.H2DbService; maximum.table.size=Integer:10000; table.name=String:WR_data",
        "org.eclipse.kura.wire.H2DbWireRecordFilter | cache.expiration.interval=Integer:0; db.service.pid=String:org.eclipse.kura.db.H2DbService; emit.on.empty.result=Boolean:true; sql.view=String:SELECT * FROM `WR_data` LIMIT 10;",
        "org.eclipse.kura.wire.script.tools.FilterComponent | script=String:; script.context.drop=Boolean:false",
        "org.eclipse.kura.wire.ScriptFilter | script=String:; script.context.drop=Boolean:false",
        "org.eclipse.kura.wire.script.tools.ConditionalComponent | condition=String:",
        "org.penstock.flow.wires.Deadband | deadband.absolute=Double:0.0; deadband.percent=Double:0.0; max.silence.ms=Integer:0; value.keys=String:",
        "org.penstock.flow.wires.Throttle | interval.ms=Integer:1000; keep=String:FIRST",
        "org.penstock.flow.wires.Batch | batch.age.ms=Integer:10000; batch.records=Integer:100",
        "org.penstock.flow.wires.Reshape | rename=String:; scale=String:",
        "org.penstock.flow.wires.Aggregate | functions=String:count,min,max,mean; value.keys=String:; window.ms=Integer:60000",
        "org.eclipse.kura.wire.graph.WireGraphService | WireGraph=String:{`components`:[],`wires`:[]}",
      })
  void factoryKeysTypesAndDefaultsAreKuras(String pid, String expected) throws Exception {
    Document metatype = load("/OSGI-INF/metatype/" + pid + ".xml");
    Element ocd = (Element) metatype.getElementsByTagName("OCD").item(0);
    assertEquals(pid, ocd.getAttribute("id"));
    Map<String, String> found = new TreeMap<>();
    NodeList attributes = metatype.getElementsByTagName("AD");
    for (int i = 0; i < attributes.getLength(); i++) {
      Element one = (Element) attributes.item(i);
      found.put(
          one.getAttribute("id"),
          one.getAttribute("type")
              + ":"
              + one.getAttribute("default").replace("\\", "").replace('"', '`'));
    }
    StringBuilder text = new StringBuilder();
    found.forEach((id, value) -> text.append("; ").append(id).append('=').append(value));
    assertEquals(expected, text.substring(2));
    Element designate = (Element) metatype.getElementsByTagName("Designate").item(0);
    String attribute = pid.contains(".graph.") ? "pid" : "factoryPid";
    assertEquals(pid, designate.getAttribute(attribute));
  }

  @ParameterizedTest
  @CsvSource({
    "Timer,0,1",
    "Logger,1,0",
    "Fifo,1,1",
    "RegexFilter,1,1",
    "Join,2,1",
    "CloudPublisher,1,0",
    "CloudSubscriber,0,1",
    "WireRecordStore,1,1",
    "WireRecordQuery,1,1",
    "DbWireRecordStore,1,1",
    "DbWireRecordFilter,1,1",
    "H2DbWireRecordStore,1,1",
    "H2DbWireRecordFilter,1,1",
    "script.tools.FilterComponent,1,1",
    "ScriptFilter,1,1",
    "script.tools.ConditionalComponent,1,2"
  })
  void portCountsAreComponentPropertiesAndEndsAreRegistered(String name, String in, String out)
      throws Exception {
    String pid = "org.eclipse.kura.wire." + name;
    Document component = load("/OSGI-INF/" + pid + ".xml");
    assertEquals(pid, component.getDocumentElement().getAttribute("name"));
    assertEquals("require", component.getDocumentElement().getAttribute("configuration-policy"));
    Map<String, String> properties = new TreeMap<>();
    NodeList found = component.getElementsByTagName("property");
    for (int i = 0; i < found.getLength(); i++) {
      Element one = (Element) found.item(i);
      if (!one.getAttribute("name").endsWith(".port.names")) {
        assertEquals("Integer", one.getAttribute("type"));
      }
      properties.put(one.getAttribute("name"), one.getAttribute("value"));
    }
    for (String kind : new String[] {"minimum", "maximum", "default"}) {
      assertEquals(in, properties.get("input.cardinality." + kind));
      assertEquals(out, properties.get("output.cardinality." + kind));
    }
    StringBuilder services = new StringBuilder();
    NodeList provided = component.getElementsByTagName("provide");
    for (int i = 0; i < provided.getLength(); i++) {
      services.append(((Element) provided.item(i)).getAttribute("interface")).append(' ');
    }
    assertTrue(services.toString().contains("org.eclipse.kura.wire.WireComponent "));
    assertTrue(
        services.toString().contains("org.eclipse.kura.configuration.ConfigurableComponent"));
    assertEquals(
        !in.equals("0"), services.toString().contains("org.osgi.service.wireadmin.Consumer"));
    assertEquals(
        !out.equals("0"), services.toString().contains("org.osgi.service.wireadmin.Producer"));
  }
}
