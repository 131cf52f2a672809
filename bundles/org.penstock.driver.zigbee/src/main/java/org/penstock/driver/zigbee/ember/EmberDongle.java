package org.penstock.driver.zigbee.ember;

import com.zsmartsystems.zigbee.ExtendedPanId;
import com.zsmartsystems.zigbee.IeeeAddress;
import com.zsmartsystems.zigbee.dongle.ember.ZigBeeDongleEzsp;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.EzspFrame;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.EzspFrameRequest;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.EzspFrameResponse;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspFormNetworkRequest;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspFormNetworkResponse;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspPermitJoiningRequest;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspPermitJoiningResponse;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspSetInitialSecurityStateRequest;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspSetInitialSecurityStateResponse;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberInitialSecurityBitmask;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberInitialSecurityState;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberJoinMethod;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberKeyData;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberKeyStruct;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberKeyType;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberNetworkParameters;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberNetworkStatus;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberStatus;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EzspStatus;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EzspValueId;
import com.zsmartsystems.zigbee.dongle.ember.internal.EzspProtocolHandler;
import com.zsmartsystems.zigbee.dongle.ember.internal.serializer.EzspSerializer;
import com.zsmartsystems.zigbee.dongle.ember.internal.transaction.EzspSingleResponseTransaction;
import com.zsmartsystems.zigbee.security.ZigBeeKey;
import com.zsmartsystems.zigbee.transport.ZigBeePort;
import java.lang.reflect.Field;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.penstock.driver.zigbee.codec.ByteReader;
import org.penstock.driver.zigbee.codec.ByteWriter;
import org.penstock.driver.zigbee.stick.NetworkBackup;
import org.penstock.driver.zigbee.stick.NetworkState;

/** The library's dongle, loaded by {@link DongleLoader}: nobody else may name this class's objects. */
public final class EmberDongle extends ZigBeeDongleEzsp implements EmberTransport {

  /** From here on keys have commands of their own, which the library does not know. */
  private static final int NEW_KEYS = 13;

  private static final int IMPORT_TRANSIENT_KEY = 0x111;
  private static final int EXPORT_KEY = 0x114;
  private static final int NETWORK_KEY_INFORMATION = 0x116;
  private static final int NETWORK_KEY = 1;
  private static final int KEY = 16;
  private static final int CONTEXT = 18;
  private static final int HEADER = 5;

  private static final List<EmberInitialSecurityBitmask> SECURITY =
      List.of(
          EmberInitialSecurityBitmask.EMBER_TRUST_CENTER_GLOBAL_LINK_KEY,
          EmberInitialSecurityBitmask.EMBER_HAVE_PRECONFIGURED_KEY,
          EmberInitialSecurityBitmask.EMBER_HAVE_NETWORK_KEY,
          EmberInitialSecurityBitmask.EMBER_REQUIRE_ENCRYPTED_KEY,
          EmberInitialSecurityBitmask.EMBER_NO_FRAME_COUNTER_RESET);

  /** Over a port that is not open yet. */
  public EmberDongle(ZigBeePort port) {
    super(port);
    learn(IMPORT_TRANSIENT_KEY, EXPORT_KEY, NETWORK_KEY_INFORMATION);
  }

  /** A command that the library lacks. */
  private static final class Question extends EzspFrameRequest {

    private final int[] parameters;

    Question(int id, byte... parameters) {
      frameId = id;
      this.parameters = ints(parameters);
    }

    @Override
    public int[] serialize() {
      EzspSerializer out = new EzspSerializer();
      serializeHeader(out);
      out.serializeUInt8Array(parameters);
      return out.getPayload();
    }
  }

  /** The answer to one; the library makes it, by its reflection. */
  public static final class Answer extends EzspFrameResponse {

    private final byte[] parameters;

    /** Of a whole frame. */
    public Answer(int... frame) {
      super(frame);
      parameters = bytes(Arrays.copyOfRange(frame, Math.min(HEADER, frame.length), frame.length));
    }

    ByteReader read() {
      return new ByteReader(parameters);
    }
  }

  private record Key(byte[] value, int sequence, long counter) {}

  /** Has the library take answers to commands that it lacks; it holds them in a map of its own. */
  @SuppressWarnings("unchecked")
  private static void learn(int... commands) {
    try {
      Field answers = EzspFrame.class.getDeclaredField("ezspHandlerMap");
      answers.setAccessible(true);
      Map<Integer, Class<?>> known = (Map<Integer, Class<?>>) answers.get(null);
      for (int command : commands) {
        known.put(command, Answer.class);
      }
    } catch (ReflectiveOperationException other) {
      throw new IllegalStateException("another version of the library", other);
    }
  }

  /** First those who wait for the stick's answer, for up to ten seconds and with the library's lock, give up. */
  @Override
  public void shutdown() {
    EzspProtocolHandler waiting = getProtocolHandler();
    if (waiting != null) {
      waiting.close();
    }
    super.shutdown();
  }

  @Override
  public boolean answers() {
    EmberNetworkStatus status = getEmberNcp().getNetworkState();
    return status != null && status != EmberNetworkStatus.UNKNOWN;
  }

  @Override
  public boolean linkKey(IeeeAddress device, int... key) {
    if (EzspFrame.getEzspVersion() >= NEW_KEYS) {
      byte[] parameters =
          new ByteWriter().bytes(bytes(device.getValue())).bytes(bytes(key)).u8(0).toBytes();
      return ask(new Question(IMPORT_TRANSIENT_KEY, parameters), Answer.class)
          .filter(answer -> answer.read().u32() == 0)
          .isPresent();
    }
    ZigBeeKey linkKey = new ZigBeeKey(key);
    linkKey.setAddress(device);
    return getEmberNcp().addTransientLinkKey(device, linkKey) == EmberStatus.EMBER_SUCCESS;
  }

  @Override
  public boolean permitJoin(int seconds) {
    EzspPermitJoiningRequest request = new EzspPermitJoiningRequest();
    request.setDuration(seconds);
    return ask(request, EzspPermitJoiningResponse.class)
        .filter(answer -> answer.getStatus() == EmberStatus.EMBER_SUCCESS)
        .isPresent();
  }

  private <T extends EzspFrameResponse> Optional<T> ask(EzspFrameRequest request, Class<T> answer) {
    EzspFrameResponse response =
        getProtocolHandler()
            .sendEzspTransaction(new EzspSingleResponseTransaction(request, answer))
            .getResponse();
    return answer.isInstance(response) ? Optional.of(answer.cast(response)) : Optional.empty();
  }

  @Override
  public byte[] networkKey() {
    return key().map(Key::value).orElse(new byte[0]);
  }

  @Override
  public Optional<NetworkBackup> backup(NetworkState network) {
    return key()
        .map(
            key ->
                new NetworkBackup(
                    network.ieee(),
                    network.panId(),
                    network.extendedPanId(),
                    network.channel(),
                    key.value(),
                    key.sequence(),
                    key.counter()));
  }

  private Optional<Key> key() {
    if (EzspFrame.getEzspVersion() < NEW_KEYS) {
      EmberKeyStruct old = getEmberNcp().getKey(EmberKeyType.EMBER_CURRENT_NETWORK_KEY);
      return Optional.ofNullable(old)
          .map(
              key ->
                  new Key(
                      bytes(key.getKey().getContents()),
                      key.getSequenceNumber(),
                      Integer.toUnsignedLong(key.getOutgoingFrameCounter())));
    }
    byte[] context = new ByteWriter().u8(NETWORK_KEY).bytes(new byte[CONTEXT - 1]).toBytes();
    Optional<byte[]> value =
        ask(new Question(EXPORT_KEY, context), Answer.class).flatMap(EmberDongle::exported);
    return value.flatMap(
        key ->
            ask(new Question(NETWORK_KEY_INFORMATION), Answer.class)
                .flatMap(answer -> numbered(key, answer.read())));
  }

  /** The key, then its status. */
  private static Optional<byte[]> exported(Answer answer) {
    ByteReader in = answer.read();
    byte[] key = in.left() < KEY ? new byte[0] : in.bytes(KEY);
    return in.left() >= 4 && in.u32() == 0 ? Optional.of(key) : Optional.empty();
  }

  /** Status, whether there is a key and another, their numbers, the frame counter. */
  private static Optional<Key> numbered(byte[] key, ByteReader in) {
    if (in.left() < 12 || in.u32() != 0) {
      return Optional.empty();
    }
    in.bytes(2);
    int sequence = in.u8();
    in.u8();
    return Optional.of(new Key(key, sequence, in.u32()));
  }

  @Override
  public boolean restore(NetworkBackup backup, byte... linkKey) {
    byte[] counter = new ByteWriter().u32(backup.safeCounter()).toBytes();
    return secure(backup, linkKey)
        && getEmberNcp().setValue(EzspValueId.EZSP_VALUE_NWK_FRAME_COUNTER, ints(counter))
            == EzspStatus.EZSP_SUCCESS
        && form(backup);
  }

  private boolean secure(NetworkBackup backup, byte... linkKey) {
    EmberInitialSecurityState state = new EmberInitialSecurityState();
    SECURITY.forEach(state::addBitmask);
    state.setNetworkKey(data(backup.key()));
    state.setNetworkKeySequenceNumber(backup.keySequence());
    state.setPreconfiguredKey(data(linkKey));
    state.setPreconfiguredTrustCenterEui64(new IeeeAddress());
    EzspSetInitialSecurityStateRequest request = new EzspSetInitialSecurityStateRequest();
    request.setState(state);
    return ask(request, EzspSetInitialSecurityStateResponse.class)
        .filter(answer -> answer.getStatus() == EmberStatus.EMBER_SUCCESS)
        .isPresent();
  }

  private boolean form(NetworkBackup backup) {
    EmberNetworkParameters parameters = new EmberNetworkParameters();
    parameters.setPanId(backup.panId());
    parameters.setExtendedPanId(
        new ExtendedPanId(new BigInteger(Long.toUnsignedString(backup.extendedPanId()))));
    parameters.setRadioChannel(backup.channel());
    parameters.setChannels(1 << backup.channel());
    parameters.setJoinMethod(EmberJoinMethod.EMBER_USE_MAC_ASSOCIATION);
    EzspFormNetworkRequest request = new EzspFormNetworkRequest();
    request.setParameters(parameters);
    return ask(request, EzspFormNetworkResponse.class)
        .filter(answer -> answer.getStatus() == EmberStatus.EMBER_SUCCESS)
        .isPresent();
  }

  private static EmberKeyData data(byte... key) {
    EmberKeyData data = new EmberKeyData();
    data.setContents(ints(key));
    return data;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static int[] ints(byte... bytes) {
    int[] values = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i] & 0xff;
    }
    return values;
  }
}
