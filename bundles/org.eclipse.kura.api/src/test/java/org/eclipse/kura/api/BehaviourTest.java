package org.eclipse.kura.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.audit.AuditConstants;
import org.eclipse.kura.audit.AuditContext;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.channel.ScaleOffsetType;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.command.PasswordCommandService;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraRequestPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.StringValue;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireRecord;
import org.junit.jupiter.api.Test;

/** Concrete classes live in the API's bundle, so ours must behave as Kura's do: one test a sentence. */
class BehaviourTest {

  private static final List<Object> OF_EACH_CLASS =
      List.of(true, new byte[] {1}, 1f, 1d, 1, 1L, "1");

  @Test
  void typedValuesAreEqualByClassAndValue() {
    for (Object value : OF_EACH_CLASS) {
      assertEquals(TypedValues.newTypedValue(value), TypedValues.newTypedValue(value));
      assertEquals(
          TypedValues.newTypedValue(value).hashCode(), TypedValues.newTypedValue(value).hashCode());
    }
    assertEquals(
        TypedValues.newByteArrayValue(new byte[] {1}),
        TypedValues.newByteArrayValue(new byte[] {1}));
    assertNotEquals(TypedValues.newLongValue(1), TypedValues.newIntegerValue(1));
    assertNotEquals(TypedValues.newDoubleValue(1), TypedValues.newFloatValue(1));
    assertNotEquals(TypedValues.newIntegerValue(1), TypedValues.newIntegerValue(2));
  }

  @Test
  void newTypedValueAcceptsTheSevenClassesAndNothingElse() {
    for (Object value : OF_EACH_CLASS) {
      assertEquals(value, TypedValues.newTypedValue(value).getValue());
    }
    assertThrows(IllegalArgumentException.class, () -> TypedValues.newTypedValue((short) 1));
    assertThrows(IllegalArgumentException.class, () -> TypedValues.newTypedValue('c'));
  }

  @Test
  void parseTypedValueReadsBytesFromBase64AndTheOthersAsJavaDoes() {
    byte[] bytes = {0, 1, (byte) 0xFF};
    String base64 = Base64.getEncoder().encodeToString(bytes);
    TypedValue<?> parsed = TypedValues.parseTypedValue(DataType.BYTE_ARRAY, base64);
    assertArrayEquals(bytes, (byte[]) parsed.getValue());
    assertEquals(false, TypedValues.parseTypedValue(DataType.BOOLEAN, "yes").getValue());
    assertEquals(true, TypedValues.parseTypedValue(DataType.BOOLEAN, "True").getValue());
    assertEquals(1.5f, TypedValues.parseTypedValue(DataType.FLOAT, "1.5").getValue());
    assertEquals(1.5d, TypedValues.parseTypedValue(DataType.DOUBLE, "1.5").getValue());
    assertEquals(-7, TypedValues.parseTypedValue(DataType.INTEGER, "-7").getValue());
    assertEquals(-7L, TypedValues.parseTypedValue(DataType.LONG, "-7").getValue());
    assertEquals("-7", TypedValues.parseTypedValue(DataType.STRING, "-7").getValue());
  }

  @Test
  void parseTypedValueRefusesWhatItCannotParseWithIllegalArgument() {
    for (DataType type :
        List.of(
            DataType.BYTE_ARRAY,
            DataType.DOUBLE,
            DataType.FLOAT,
            DataType.INTEGER,
            DataType.LONG)) {
      assertThrows(
          IllegalArgumentException.class, () -> TypedValues.parseTypedValue(type, "#"), type::name);
    }
  }

  @Test
  void parseTypedValueOfNullTextIsANullPointer() {
    for (DataType type : DataType.values()) {
      assertThrows(
          NullPointerException.class, () -> TypedValues.parseTypedValue(type, null), type::name);
    }
  }

  @Test
  void lookupsOfTypesIgnoreCaseAndThrowIllegalArgument() {
    assertEquals(DataType.BYTE_ARRAY, DataType.getDataType("Byte_Array"));
    assertEquals(ChannelType.READ_WRITE, ChannelType.getChannelType("read_WRITE"));
    assertEquals(ScaleOffsetType.DOUBLE, ScaleOffsetType.getScaleOffsetType("double"));
    assertThrows(IllegalArgumentException.class, () -> DataType.getDataType("octet"));
    assertThrows(IllegalArgumentException.class, () -> ChannelType.getChannelType("octet"));
    assertThrows(IllegalArgumentException.class, () -> ScaleOffsetType.getScaleOffsetType("octet"));
  }

  @Test
  void wireRecordsAndEnvelopesWrapIntoUnmodifiableViews() {
    Map<String, TypedValue<?>> properties = new HashMap<>();
    WireRecord wireRecord = new WireRecord(properties);
    properties.put("a", new StringValue("b"));
    assertEquals(properties, wireRecord.getProperties());
    assertThrows(
        UnsupportedOperationException.class,
        () -> wireRecord.getProperties().put("c", new StringValue("d")));
    List<WireRecord> records = new ArrayList<>();
    WireEnvelope envelope = new WireEnvelope("pid", records);
    records.add(wireRecord);
    assertEquals(records, envelope.getRecords());
    assertThrows(UnsupportedOperationException.class, () -> envelope.getRecords().clear());
  }

  @Test
  void theScopeOfAnEnvelopeIsWiresAndItsIdentificationTheEmitter() {
    WireEnvelope envelope = new WireEnvelope("pid", List.of());
    assertEquals("WIRES", envelope.getScope());
    assertEquals("pid", envelope.getIdentification());
    assertEquals("pid", envelope.getEmitterPid());
  }

  @Test
  void aWireRecordOfNullIsANullPointer() {
    assertThrows(NullPointerException.class, () -> new WireRecord(null));
  }

  @Test
  void channelRecordsAreMadeForReadingWritingAndAsAStatus() {
    ChannelRecord read = ChannelRecord.createReadRecord("a", DataType.LONG);
    assertEquals("a", read.getChannelName());
    assertEquals(DataType.LONG, read.getValueType());
    assertEquals("", read.getUnit());
    assertEquals("bar", ChannelRecord.createReadRecord("a", DataType.LONG, "bar").getUnit());
    ChannelRecord write = ChannelRecord.createWriteRecord("a", TypedValues.newLongValue(7));
    assertEquals(DataType.LONG, write.getValueType());
    assertEquals(7L, write.getValue().getValue());
    ChannelStatus status = new ChannelStatus(ChannelFlag.FAILURE);
    assertSame(status, ChannelRecord.createStatusRecord("a", status).getChannelStatus());
  }

  @Test
  void settersOfAChannelRecordRejectNullWithNullPointer() {
    ChannelRecord channelRecord = ChannelRecord.createReadRecord("a", DataType.LONG);
    assertThrows(NullPointerException.class, () -> channelRecord.setValue(null));
    assertThrows(NullPointerException.class, () -> channelRecord.setChannelStatus(null));
    assertThrows(NullPointerException.class, () -> channelRecord.setChannelConfig(null));
    assertThrows(NullPointerException.class, () -> channelRecord.setUnit(null));
  }

  @Test
  void setChannelConfigCopiesTheMap() {
    ChannelRecord channelRecord = ChannelRecord.createReadRecord("a", DataType.LONG);
    Map<String, Object> configuration = new HashMap<>(Map.of("a", 1));
    channelRecord.setChannelConfig(configuration);
    configuration.put("b", 2);
    assertEquals(Map.of("a", 1), channelRecord.getChannelConfig());
  }

  @Test
  void equalityOfChannelRecordsIgnoresTheConfiguration() {
    ChannelRecord one = ChannelRecord.createReadRecord("a", DataType.LONG);
    ChannelRecord other = ChannelRecord.createReadRecord("a", DataType.LONG);
    other.setChannelConfig(Map.of("a", 1));
    assertEquals(one, other);
    assertEquals(one.hashCode(), other.hashCode());
    other.setTimestamp(1);
    assertNotEquals(one, other);
  }

  @Test
  void argumentsOfAChannelMustNotBeNull() {
    Map<String, Object> none = Map.of();
    ScaleOffsetType scale = ScaleOffsetType.DOUBLE;
    assertThrows(
        NullPointerException.class,
        () -> new Channel(null, ChannelType.READ, DataType.LONG, scale, 1d, 0d, none));
    assertThrows(
        NullPointerException.class,
        () -> new Channel("a", null, DataType.LONG, scale, 1d, 0d, none));
    assertThrows(
        NullPointerException.class,
        () -> new Channel("a", ChannelType.READ, null, scale, 1d, 0d, none));
    assertThrows(
        NullPointerException.class,
        () -> new Channel("a", ChannelType.READ, DataType.LONG, null, 1d, 0d, none));
    assertThrows(
        NullPointerException.class,
        () -> new Channel("a", ChannelType.READ, DataType.LONG, scale, null, 0d, none));
    assertThrows(
        NullPointerException.class,
        () -> new Channel("a", ChannelType.READ, DataType.LONG, scale, 1d, null, none));
    assertThrows(
        NullPointerException.class,
        () -> new Channel("a", ChannelType.READ, DataType.LONG, scale, 1d, 0d, null));
  }

  @Test
  void aChannelIsEnabledUnscaledAndItsConfigurationUnmodifiable() {
    Channel channel = channel();
    assertTrue(channel.isEnabled());
    assertEquals(1.0d, channel.getValueScaleAsNumber());
    assertEquals(0.0d, channel.getValueOffsetAsNumber());
    assertThrows(
        UnsupportedOperationException.class, () -> channel.getConfiguration().put("a", "b"));
  }

  @Test
  void aChannelRefusesToWriteAnotherTypeThanItsOwn() {
    assertEquals(
        5L, channel().createWriteRecord(TypedValues.newLongValue(5)).getValue().getValue());
    assertThrows(
        IllegalArgumentException.class,
        () -> channel().createWriteRecord(TypedValues.newIntegerValue(5)));
  }

  @SuppressWarnings("deprecation")
  private static Channel channel() {
    return new Channel("a", ChannelType.READ_WRITE, DataType.LONG, new HashMap<>());
  }

  @Test
  void messageAndExceptionOfAChannelStatusMayBeNull() {
    assertNull(new ChannelStatus(ChannelFlag.SUCCESS).getException());
    assertNull(new ChannelStatus(ChannelFlag.SUCCESS).getExceptionMessage());
    assertNull(new ChannelStatus(ChannelFlag.FAILURE, null, null).getExceptionMessage());
    Exception exception = new IllegalStateException();
    ChannelStatus status = new ChannelStatus(ChannelFlag.FAILURE, "why", exception);
    assertEquals("why", status.getExceptionMessage());
    assertSame(exception, status.getException());
  }

  @Test
  void metricsOfAPayloadAreUnmodifiableLiveViewsAndNotTypeChecked() {
    KuraPayload payload = new KuraPayload();
    Map<String, Object> metrics = payload.metrics();
    payload.addMetric("a", new Object());
    assertEquals(payload.metricNames(), metrics.keySet());
    assertTrue(metrics.containsKey("a"));
    assertThrows(UnsupportedOperationException.class, metrics::clear);
    assertThrows(UnsupportedOperationException.class, () -> payload.metricNames().clear());
  }

  @Test
  void aMessageCopiesItsPropertiesAndExposesThemMutable() {
    Map<String, Object> properties = new HashMap<>(Map.of("a", 1));
    KuraMessage message = new KuraMessage(new KuraPayload(), properties);
    properties.clear();
    assertEquals(Map.of("a", 1), message.getProperties());
    message.getProperties().put("b", 2);
    assertEquals(Map.of("a", 1, "b", 2), message.getProperties());
  }

  @Test
  void aPasswordKeepsItsArrayByReference() {
    char[] characters = {'a', 'b'};
    assertSame(characters, new Password(characters).getPassword());
    assertEquals("ab", new Password("ab").toString());
  }

  @Test
  void aPasswordOfANullStringHasANullArrayAndNoText() {
    Password none = new Password((String) null);
    assertNull(none.getPassword());
    assertThrows(NullPointerException.class, none::toString);
  }

  @Test
  void passwordsAreEqualToThemselvesOnly() {
    assertNotEquals(new Password("ab"), new Password("ab"));
  }

  @Test
  void anAuditContextBelongsToTheThreadWhileItsScopeIsOpen() throws InterruptedException {
    AuditContext context = new AuditContext(Map.of("a", "b"));
    AuditContext inner = new AuditContext(Map.of());
    List<Optional<AuditContext>> elsewhere = new ArrayList<>();
    try (AuditContext.Scope scope = AuditContext.openScope(context)) {
      assertSame(context, AuditContext.current().orElseThrow());
      try (AuditContext.Scope nested = AuditContext.openScope(inner)) {
        assertSame(inner, AuditContext.currentOrInternal());
      }
      assertSame(context, AuditContext.currentOrInternal());
      Thread other = new Thread(() -> elsewhere.add(AuditContext.current()));
      other.start();
      other.join();
    }
    assertEquals(List.of(Optional.empty()), elsewhere);
    assertEquals(Optional.empty(), AuditContext.current());
  }

  @Test
  void withoutAScopeTheEntryPointIsInternal() {
    assertEquals(
        "Internal",
        AuditContext.currentOrInternal()
            .getProperties()
            .get(AuditConstants.KEY_ENTRY_POINT.getValue()));
    assertNotSame(AuditContext.currentOrInternal(), AuditContext.currentOrInternal());
  }

  @Test
  void requestHandlersThatImplementNothingRefuse() {
    RequestHandler handler = new RequestHandler() {};
    assertThrows(KuraException.class, () -> handler.doGet(null, null));
    assertThrows(KuraException.class, () -> handler.doPut(null, null));
    assertThrows(KuraException.class, () -> handler.doPost(null, null));
    assertThrows(KuraException.class, () -> handler.doDel(null, null));
    assertThrows(KuraException.class, () -> handler.doExec(null, null));
  }

  @Test
  void anEndpointHasNoInformationUnlessItSaysSo() {
    assertEquals(Map.of(), defaults(CloudEndpoint.class, "").getInfo());
  }

  @Test
  void hashesAreComputedByTheGeneralMethod() throws Exception {
    assertEquals("hashed", defaults(CryptoService.class, "hashed").sha1Hash("a"));
    assertEquals("hashed", defaults(CryptoService.class, "hashed").sha256Hash("a"));
  }

  @Test
  @SuppressWarnings("deprecation")
  void theOldFormOfAPasswordCommandGoesThroughTheNew() {
    KuraPayload answer = new KuraPayload();
    answer.addMetric("out", "x");
    KuraResponsePayload response =
        defaults(PasswordCommandService.class, answer).execute(new KuraRequestPayload());
    assertEquals("x", response.getMetric("out"));
    assertEquals(KuraResponsePayload.RESPONSE_CODE_OK, response.getResponseCode());
  }

  /** An instance of which the default methods work and all others give the answer. */
  private static <T> T defaults(Class<T> type, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                method.isDefault()
                    ? InvocationHandler.invokeDefault(proxy, method, arguments)
                    : answer));
  }
}
