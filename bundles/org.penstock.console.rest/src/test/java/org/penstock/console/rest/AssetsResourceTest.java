package org.penstock.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetConfiguration;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.penstock.api.rest.RestAnswer;
import org.penstock.api.security.Caller;

/** Without it Kura's clients of {@code assets} could meet another JSON than a genuine Kura's. */
class AssetsResourceTest {

  private final List<ChannelRecord> written = new ArrayList<>();
  private final Calls calls = new Calls(new AssetsResource(new Plants(context())));

  private Object asset() {
    Map<String, Channel> channels =
        Map.of(
            "level",
            new Channel("level", ChannelType.READ, DataType.DOUBLE, Map.of()),
            "valve",
            new Channel("valve", ChannelType.READ_WRITE, DataType.BOOLEAN, Map.of()));
    AssetConfiguration configuration = new AssetConfiguration("", "driver", channels);
    return fake(
        Asset.class,
        (proxy, method, given) ->
            switch (method.getName()) {
              case "getAssetConfiguration" -> configuration;
              case "readAllChannels" -> List.of(good("level"), failed("valve"));
              case "read" -> ((Set<?>) given[0]).stream().map(n -> good((String) n)).toList();
              case "write" -> write((List<?>) given[0]);
              default -> method.invoke(this, given);
            });
  }

  /** A framework with one asset, pump of the group north. */
  private BundleContext context() {
    Object asset = asset();
    Map<String, Object> properties = Map.of("kura.service.pid", "pump", "asset.group", "north");
    Object reference =
        fake(
            ServiceReference.class,
            (proxy, method, given) ->
                switch (method.getName()) {
                  case "getProperty" -> properties.get(given[0]);
                  case "hashCode" -> 7;
                  case "compareTo" -> 0;
                  case "equals" -> proxy == given[0];
                  default -> throw new UnsupportedOperationException(method.getName());
                });
    return (BundleContext)
        fake(
            BundleContext.class,
            (proxy, method, given) ->
                switch (method.getName()) {
                  case "getServiceReferences" ->
                      new ServiceReference<?>[] {(ServiceReference<?>) reference};
                  case "getService" -> asset;
                  case "addServiceListener", "createFilter" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Object fake(Class<?> type, InvocationHandler answers) {
    return Proxy.newProxyInstance(
        AssetsResourceTest.class.getClassLoader(), new Class<?>[] {type}, answers);
  }

  private Object write(List<?> records) {
    for (Object record : records) {
      ChannelRecord one = (ChannelRecord) record;
      one.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
      one.setTimestamp(7);
      written.add(one);
    }
    return null;
  }

  private static ChannelRecord good(String name) {
    ChannelRecord record = ChannelRecord.createReadRecord(name, DataType.DOUBLE, "m");
    record.setValue(TypedValues.newDoubleValue(1.5));
    record.setChannelStatus(new ChannelStatus(ChannelFlag.SUCCESS));
    record.setTimestamp(1_700_000_000_000L);
    return record;
  }

  private static ChannelRecord failed(String name) {
    ChannelRecord record = ChannelRecord.createReadRecord(name, DataType.BOOLEAN);
    record.setChannelStatus(new ChannelStatus(ChannelFlag.FAILURE, "no such address", null));
    record.setTimestamp(5);
    return record;
  }

  @Test
  void listsAssetsAndChannels() {
    assertEquals("[\"pump\"]", calls.json("GET", "assets", null).toString());
    JsonArray channels = calls.json("GET", "assets/pump", null).getAsJsonArray();
    assertEquals(
        "{\"name\":\"level\",\"type\":\"READ\",\"valueType\":\"DOUBLE\","
            + "\"scaleOffsetType\":\"DEFINED_BY_VALUE_TYPE\",\"valueScale\":1.0,\"valueOffset\":0.0,"
            + "\"unit\":\"\",\"isEnabled\":true}",
        channels.get(0).toString());
  }

  /** The genuine answer of a read, field by field. */
  @Test
  void readsAllChannels() {
    JsonArray read = calls.json("GET", "assets/pump/_read", null).getAsJsonArray();
    assertEquals(
        "{\"name\":\"level\",\"channelStatus\":{\"channelFlag\":\"SUCCESS\"},"
            + "\"valueType\":\"DOUBLE\",\"value\":1.5,\"timestamp\":1700000000000,\"unit\":\"m\"}",
        read.get(0).toString());
    assertEquals(
        "{\"channelFlag\":\"FAILURE\",\"exceptionMessage\":\"no such address\"}",
        read.get(1).getAsJsonObject().get("channelStatus").toString());
    assertFalse(read.get(1).getAsJsonObject().has("value"));
  }

  @Test
  void readsGivenChannels() {
    JsonArray read =
        calls.json("POST", "assets/pump/_read", "{\"channels\":[\"a\",\"b\"]}").getAsJsonArray();
    assertEquals(2, read.size());
    for (String bad : List.of("{}", "{\"channels\":[null]}", "{\"channels\":7}", "[]")) {
      assertEquals(400, calls.call(Calls.ADMIN, "POST", "assets/pump/_read", bad).status(), bad);
    }
  }

  /** Unlike a genuine Kura, which writes a STRING to a BOOLEAN channel and says SUCCESS. */
  @Test
  void aValueOfAnotherTypeIsNotWritten() {
    JsonArray answer =
        calls
            .json(
                "POST",
                "assets/pump/_write",
                "{\"channels\":[{\"name\":\"valve\",\"type\":\"BOOLEAN\",\"value\":\"true\"},"
                    + "{\"name\":\"valve\",\"type\":\"STRING\",\"value\":\"x\"}]}")
            .getAsJsonArray();
    assertEquals(1, written.size());
    assertEquals(true, written.get(0).getValue().getValue());
    assertEquals("SUCCESS", flag(answer.get(0).getAsJsonObject()));
    assertEquals("FAILURE", flag(answer.get(1).getAsJsonObject()));
    assertTrue(answer.get(1).toString().contains("valve is of type BOOLEAN, given: STRING"));
  }

  private static String flag(JsonObject sample) {
    return sample.getAsJsonObject("channelStatus").get("channelFlag").getAsString();
  }

  @Test
  void anUnknownAssetIsToldInText() {
    RestAnswer answer = calls.call(Calls.ADMIN, "GET", "assets/nobody", null);
    assertEquals(404, answer.status());
    assertEquals("Asset not found: nobody", Calls.text(answer));
  }

  /** A role of one group sees its assets only, and writes only when it may operate them. */
  @Test
  void aGroupIsAllThatItsRolesSee() {
    String write = "{\"channels\":[{\"name\":\"valve\",\"type\":\"BOOLEAN\",\"value\":\"true\"}]}";
    Caller viewer = Calls.holding("assets.read@north");
    assertEquals("[\"pump\"]", Calls.text(calls.call(viewer, "GET", "assets", null)));
    assertEquals(200, calls.call(viewer, "GET", "assets/pump/_read", null).status());
    assertEquals(403, calls.call(viewer, "POST", "assets/pump/_write", write).status());
    Caller stranger = Calls.holding("assets.read@south", "assets.operate@south");
    assertEquals("[]", Calls.text(calls.call(stranger, "GET", "assets", null)));
    assertEquals(404, calls.call(stranger, "GET", "assets/pump/_read", null).status());
    assertEquals(404, calls.call(stranger, "POST", "assets/pump/_write", write).status());
    assertEquals(0, written.size());
    Caller operator = Calls.holding("assets.read@north", "assets.operate@north");
    assertEquals(200, calls.call(operator, "POST", "assets/pump/_write", write).status());
    assertEquals(1, written.size());
  }
}
