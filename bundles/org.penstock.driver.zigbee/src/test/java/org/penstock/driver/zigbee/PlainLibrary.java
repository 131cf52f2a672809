package org.penstock.driver.zigbee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zsmartsystems.zigbee.CommandResult;
import com.zsmartsystems.zigbee.IeeeAddress;
import com.zsmartsystems.zigbee.ZigBeeEndpoint;
import com.zsmartsystems.zigbee.ZigBeeNetworkManager;
import com.zsmartsystems.zigbee.ZigBeeNetworkState;
import com.zsmartsystems.zigbee.ZigBeeNode;
import com.zsmartsystems.zigbee.ZigBeeStatus;
import com.zsmartsystems.zigbee.aps.ZigBeeApsFrame;
import com.zsmartsystems.zigbee.database.ZigBeeNetworkDataStore;
import com.zsmartsystems.zigbee.serialization.DefaultDeserializer;
import com.zsmartsystems.zigbee.serialization.DefaultSerializer;
import com.zsmartsystems.zigbee.transaction.ZigBeeTransaction;
import com.zsmartsystems.zigbee.transaction.ZigBeeTransactionManager;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportProgressState;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportState;
import com.zsmartsystems.zigbee.transport.ZigBeeTransportTransmit;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The ZigBee library as it is, over a transport that does only what a test says. */
final class PlainLibrary implements AutoCloseable {

  static final int ON_OFF = 6;
  private static final int HOME_AUTOMATION = 0x0104;
  private static final int HEARS_ALWAYS = 0x8E;
  private static final long LIMIT_S = 20;

  private final ZigBeeNetworkManager network;
  private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();

  /** A message that the library gave to the transport. */
  record Sent(int tag, ZigBeeApsFrame frame) {}

  PlainLibrary() {
    network = new ZigBeeNetworkManager(proxy(ZigBeeTransportTransmit.class, this::transport));
    network.setNetworkDataStore(
        proxy(
            ZigBeeNetworkDataStore.class,
            (self, method, arguments) ->
                method.getReturnType() == Set.class
                    ? Set.of()
                    : primitive(method.getReturnType())));
    network.setSerializer(DefaultSerializer.class, DefaultDeserializer.class);
    assertEquals(ZigBeeStatus.SUCCESS, network.initialize());
    assertEquals(ZigBeeStatus.SUCCESS, network.startup(false));
    network.setTransportState(ZigBeeTransportState.ONLINE);
    until(() -> network.getNetworkState() == ZigBeeNetworkState.ONLINE);
  }

  private Object transport(Object self, Method method, Object... arguments) {
    switch (method.getName()) {
      case "getIeeeAddress" -> {
        return new IeeeAddress("00124B0011223344");
      }
      case "getNwkAddress" -> {
        return 0;
      }
      case "sendCommand" -> {
        ZigBeeApsFrame frame = (ZigBeeApsFrame) arguments[1];
        if (frame.getProfile() == HOME_AUTOMATION) {
          sent.add(new Sent((int) arguments[0], frame));
        } else { // its own requests at the start
          network.receiveCommandState((int) arguments[0], ZigBeeTransportProgressState.TX_ACK);
        }
        return null;
      }
      default -> {
        return method.getReturnType() == ZigBeeStatus.class
            ? ZigBeeStatus.SUCCESS
            : primitive(method.getReturnType());
      }
    }
  }

  private static Object primitive(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    return type == int.class ? (Object) 0 : null;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            PlainLibrary.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it does not come to that");
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** A device with on/off that the library knows. */
  ZigBeeNode device(int address) {
    IeeeAddress ieee = new IeeeAddress("00124B000102%04X".formatted(address));
    ZigBeeNode node = new ZigBeeNode(network, ieee, address);
    node.setMacCapabilities(HEARS_ALWAYS);
    ZigBeeEndpoint endpoint = new ZigBeeEndpoint(node, 1);
    endpoint.setProfileId(HOME_AUTOMATION);
    endpoint.setInputClusterIds(List.of(ON_OFF));
    node.addEndpoint(endpoint);
    network.updateNode(node);
    return node;
  }

  /** Asks whether it is on. */
  static Future<CommandResult> ask(ZigBeeNode node) {
    return node.getEndpoint(1).getInputCluster(ON_OFF).read(0);
  }

  /** The same, and waits for the answer as the library does. */
  static Object readValue(ZigBeeNode node) {
    return node.getEndpoint(1).getInputCluster(ON_OFF).getAttribute(0).readValue(0);
  }

  /** The next message on its way to a device; waits for it. */
  Sent next() throws InterruptedException {
    Sent next = sent.poll(LIMIT_S, TimeUnit.SECONDS);
    assertTrue(next != null, "the library sends nothing");
    return next;
  }

  /** Whether nothing at all is sent meanwhile. */
  boolean sendsNothing(long millis) throws InterruptedException {
    return sent.poll(millis, TimeUnit.MILLISECONDS) == null;
  }

  /** The transport tells what became of a message; the library has worked on it when this ends. */
  void tell(Sent message, ZigBeeTransportProgressState progress, String leadsTo) {
    network.receiveCommandState(message.tag(), progress);
    until(() -> state(message).equals(leadsTo));
  }

  /** The state of the message's transaction, empty when it has none any more. */
  String state(Sent message) {
    Set<?> waiting = field(transactions(), "outstandingTransactions", Set.class);
    synchronized (waiting) {
      for (Object transaction : waiting) {
        Integer id = ((ZigBeeTransaction) transaction).getTransactionId();
        if (id != null && id == message.tag()) {
          return field(transaction, "state", Enum.class).name();
        }
      }
    }
    return "";
  }

  private ZigBeeTransactionManager transactions() {
    return field(network, "transactionManager", ZigBeeTransactionManager.class);
  }

  /** The library tells neither the state of a transaction nor that it has worked on what it was told. */
  static <T> T field(Object owner, String name, Class<T> type) {
    Class<?> declaring = owner instanceof Class<?> itself ? itself : owner.getClass();
    try {
      Field field = declaring.getDeclaredField(name);
      field.setAccessible(true);
      return type.cast(field.get(owner));
    } catch (ReflectiveOperationException other) {
      throw new AssertionError("another version of the library", other);
    }
  }

  /** The device answers: on. */
  void answer(Sent message) {
    ZigBeeApsFrame answer = new ZigBeeApsFrame();
    answer.setProfile(HOME_AUTOMATION);
    answer.setCluster(ON_OFF);
    answer.setSourceAddress(message.frame().getDestinationAddress());
    answer.setSourceEndpoint(1);
    answer.setDestinationAddress(0);
    answer.setDestinationEndpoint(1);
    int sequence = message.frame().getPayload()[1];
    answer.setPayload(new int[] {0x18, sequence, 0x01, 0, 0, 0, 0x10, 1});
    answer.setApsCounter(sequence);
    network.receiveCommand(answer);
  }

  @Override
  public void close() {
    network.shutdown();
  }
}
