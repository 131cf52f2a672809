package org.penstock.driver.zigbee.radio;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.penstock.driver.zigbee.codec.AttributeRecord;
import org.penstock.driver.zigbee.codec.ByteReader;
import org.penstock.driver.zigbee.codec.ByteWriter;
import org.penstock.driver.zigbee.codec.ZclFrame;
import org.penstock.driver.zigbee.device.Device;

/** Asks a device what it is. Blocks, for a few of the radio's time limits. */
public final class Interview {

  private static final int IEEE_ADDRESS = 0x0001;
  private static final int NODE_DESCRIPTOR = 0x0002;
  private static final int ACTIVE_ENDPOINTS = 0x0005;
  private static final int SIMPLE_DESCRIPTOR = 0x0004;
  private static final int BIND = 0x0021;
  private static final int BASIC = 0x0000;
  private static final int MANUFACTURER_NAME = 0x0004;
  private static final int MODEL = 0x0005;
  private static final int POWER = 0x0001;
  private static final int BATTERY = 0x0021;
  private static final int IAS_ZONE = 0x0500;
  private static final int CIE_ADDRESS = 0x0010;
  private static final int TYPE_IEEE = 0xF0;
  private static final int TRIES = 3;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Radio radio;
  private final long coordinator;

  /**
   * Over a radio.
   *
   * @param coordinator our own IEEE address
   */
  public Interview(Radio radio, long coordinator) {
    this.radio = radio;
    this.coordinator = coordinator;
  }

  /** The device with all that it told. */
  public Device of(Device device) throws IOException, InterruptedException {
    List<Device.Endpoint> endpoints = new ArrayList<>();
    for (int id : activeEndpoints(device.network())) {
      endpoints.add(simpleDescriptor(device.network(), id));
    }
    String manufacturer = "";
    String model = "";
    for (Device.Endpoint endpoint : endpoints) {
      if (endpoint.inputs().contains(BASIC) && model.isEmpty()) {
        List<AttributeRecord> told = names(device.network(), endpoint.id());
        manufacturer = text(told, MANUFACTURER_NAME);
        model = text(told, MODEL);
      }
      if (endpoint.inputs().contains(POWER)) {
        byte[] battery = new ByteWriter().u16(BATTERY).toBytes();
        // who listens to all that is told keeps the answer
        ask(
            device.network(),
            endpoint.id(),
            POWER,
            ZclFrame.NO_MANUFACTURER,
            ZclFrame.READ,
            battery);
      }
      if (endpoint.inputs().contains(IAS_ZONE)) {
        enrol(device.network(), endpoint.id());
      }
    }
    return device.told(manufacturer, model, endpoints);
  }

  private List<Integer> activeEndpoints(int network) throws IOException, InterruptedException {
    ByteReader in =
        new ByteReader(zdo(network, ACTIVE_ENDPOINTS, new ByteWriter().u16(network).toBytes()));
    in.bytes(1 + 2);
    List<Integer> ids = new ArrayList<>();
    for (int count = in.u8(); count > 0; count--) {
      ids.add(in.u8());
    }
    return ids;
  }

  private Device.Endpoint simpleDescriptor(int network, int id)
      throws IOException, InterruptedException {
    ByteReader in =
        new ByteReader(
            zdo(network, SIMPLE_DESCRIPTOR, new ByteWriter().u16(network).u8(id).toBytes()));
    in.bytes(1 + 2 + 1); // status, address, length
    int endpoint = in.u8();
    int profile = in.u16();
    int type = in.u16();
    in.u8(); // version
    return new Device.Endpoint(endpoint, profile, type, clusters(in), clusters(in));
  }

  private static List<Integer> clusters(ByteReader in) {
    List<Integer> clusters = new ArrayList<>();
    for (int count = in.u8(); count > 0; count--) {
      clusters.add(in.u16());
    }
    return clusters;
  }

  private List<AttributeRecord> names(int network, int endpoint)
      throws IOException, InterruptedException {
    byte[] wanted = new ByteWriter().u16(MANUFACTURER_NAME).u16(MODEL).toBytes();
    ZclFrame answer =
        ask(network, endpoint, BASIC, ZclFrame.NO_MANUFACTURER, ZclFrame.READ, wanted);
    return answer.isGeneral(ZclFrame.READ_RESPONSE)
        ? AttributeRecord.ofReadResponse(answer.payload())
        : List.of();
  }

  private static String text(List<AttributeRecord> told, int attribute) {
    return told.stream()
        .filter(record -> record.attribute() == attribute && record.status() == 0)
        .map(record -> String.valueOf(record.value().value()))
        .findFirst()
        .orElse("");
  }

  /** Tells an alarm device where to send its alarms (ZCL 8.2.2.2.3: written, then enrolled). */
  private void enrol(int network, int endpoint) throws IOException, InterruptedException {
    byte[] address = new ByteWriter().u16(CIE_ADDRESS).u8(TYPE_IEEE).u64(coordinator).toBytes();
    ask(network, endpoint, IAS_ZONE, ZclFrame.NO_MANUFACTURER, ZclFrame.WRITE, address);
    ZclFrame response =
        ZclFrame.request(true, ZclFrame.NO_MANUFACTURER, radio.nextSequence(), 0, new byte[2]);
    get(radio.send(network, endpoint, IAS_ZONE, response));
  }

  /** Lets an endpoint of a device send a cluster's reports to us. */
  public void bind(Device device, int endpoint, int cluster)
      throws IOException, InterruptedException {
    byte[] body =
        new ByteWriter()
            .u64(device.ieee())
            .u8(endpoint)
            .u16(cluster)
            .u8(3) // the target is a device
            .u64(coordinator)
            .u8(Radio.ENDPOINT)
            .toBytes();
    zdo(device.network(), BIND, body);
  }

  /** The IEEE address of whoever has this network address. */
  public long ieee(int network) throws IOException, InterruptedException {
    byte[] body = new ByteWriter().u16(network).u8(0).u8(0).toBytes();
    ByteReader in = new ByteReader(zdo(network, IEEE_ADDRESS, body));
    in.u8();
    return in.u64();
  }

  /** The capability byte of a device, as its announcement would have told it. */
  public int capability(int network) throws IOException, InterruptedException {
    byte[] body = new ByteWriter().u16(network).toBytes();
    ByteReader in = new ByteReader(zdo(network, NODE_DESCRIPTOR, body));
    in.bytes(1 + 2 + 2); // status, address, kind and frequency band
    return in.u8();
  }

  /** A general request of the cluster library; tried again when it was lost. */
  public ZclFrame ask(
      int network, int endpoint, int cluster, int manufacturer, int command, byte[] payload)
      throws IOException, InterruptedException {
    return again(
        () ->
            radio.ask(
                network,
                endpoint,
                cluster,
                ZclFrame.request(false, manufacturer, radio.nextSequence(), command, payload)));
  }

  private byte[] zdo(int network, int cluster, byte[] body)
      throws IOException, InterruptedException {
    byte[] answer = again(() -> radio.askZdo(network, cluster, body));
    if (answer.length == 0 || answer[0] != 0) {
      throw new IOException(
          "the device refuses request 0x%04x (status %d)"
              .formatted(cluster, answer.length == 0 ? -1 : answer[0] & 0xff));
    }
    return answer;
  }

  private static <T> T again(java.util.function.Supplier<CompletableFuture<T>> request)
      throws IOException, InterruptedException {
    IOException last = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        return get(request.get());
      } catch (IOException lost) {
        last = lost;
      }
    }
    throw last;
  }

  private static <T> T get(CompletableFuture<T> future) throws IOException, InterruptedException {
    try {
      return future.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new IOException("no answer in time", late);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      throw new IOException(
          cause instanceof TimeoutException ? "no answer in time" : cause.getMessage(), cause);
    }
  }
}
