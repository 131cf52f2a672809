package org.penstock.driver.zigbee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.driver.kit.DriverStatistics;
import org.penstock.driver.kit.Records;
import org.penstock.driver.zigbee.codec.AttributeRecord;
import org.penstock.driver.zigbee.codec.ByteWriter;
import org.penstock.driver.zigbee.codec.ZclFrame;
import org.penstock.driver.zigbee.codec.ZclValue;
import org.penstock.driver.zigbee.device.Attribute;
import org.penstock.driver.zigbee.device.Device;
import org.penstock.driver.zigbee.device.Ieee;
import org.penstock.driver.zigbee.radio.Radio;

/** Reads and writes of channels. Nothing waits; each ends within the time limit. Any thread may call. */
final class ZigbeeSession {

  private static final int MOST_ATTRIBUTES = 8; // so that the answer fits into one frame
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);

  private final Coordinator coordinator;
  private final Told told;
  private final DriverStatistics statistics;
  private final Duration timeLimit;
  private final Duration greatestAge;

  /**
   * Over a coordinator.
   *
   * @param timeLimit of a whole read or write
   * @param greatestAge of what a sleepy device told; zero for any
   */
  ZigbeeSession(
      Coordinator coordinator,
      Told told,
      DriverStatistics statistics,
      Duration timeLimit,
      Duration greatestAge) {
    this.coordinator = coordinator;
    this.told = told;
    this.statistics = statistics;
    this.timeLimit = timeLimit;
    this.greatestAge = greatestAge;
  }

  /** Fills each record with a value or the reason why there is none. */
  CompletableFuture<Void> read(List<ZigbeeRequest> requests) {
    Map<Long, List<List<ZigbeeRequest>>> groups = new LinkedHashMap<>();
    for (ZigbeeRequest request : requests) {
      Optional<DriverException> fault = request.fault().or(() -> unreadable(request));
      if (fault.isPresent()) {
        Records.failed(request.record(), fault.get(), System.currentTimeMillis());
      } else {
        group(groups.computeIfAbsent(channel(request).ieee(), d -> new ArrayList<>()), request);
      }
    }
    List<CompletableFuture<Void>> all = new ArrayList<>();
    groups.values().forEach(lists -> lists.forEach(group -> all.add(readGroup(group))));
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
  }

  private static Optional<DriverException> unreadable(ZigbeeRequest request) {
    ZigbeeChannel channel = channel(request);
    return channel.isGroup() || channel.isCommand()
        ? Optional.of(
            fault(ErrorKind.CONFIGURATION, request, "a group or a command can only be written"))
        : Optional.empty();
  }

  private static void group(List<List<ZigbeeRequest>> groups, ZigbeeRequest request) {
    for (List<ZigbeeRequest> group : groups) {
      if (group.size() < MOST_ATTRIBUTES
          && channel(group.get(0)).attribute().sharesRequestWith(channel(request).attribute())) {
        group.add(request);
        return;
      }
    }
    List<ZigbeeRequest> fresh = new ArrayList<>();
    fresh.add(request);
    groups.add(fresh);
  }

  private CompletableFuture<Void> readGroup(List<ZigbeeRequest> group) {
    long begun = System.nanoTime();
    ZigbeeChannel first = channel(group.get(0));
    return within(
            coordinator
                .radio()
                .thenCompose(
                    radio -> {
                      Device device = known(group.get(0));
                      if (device.sleepy() && fromMemory(group)) {
                        return CompletableFuture.completedFuture(null);
                      }
                      statistics.asked();
                      return radio
                          .ask(
                              device.network(),
                              first.attribute().endpoint(),
                              first.attribute().cluster(),
                              readFrame(radio, group))
                          .thenAccept(answer -> fill(group, answer, begun));
                    }))
        .exceptionally(
            failure -> {
              group.forEach(request -> failed(request, failure));
              return null;
            });
  }

  /** The whole of it ends in time, also while the stick is only just being opened. */
  private <T> CompletableFuture<T> within(CompletableFuture<T> work) {
    return work.orTimeout(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static ZclFrame readFrame(Radio radio, List<ZigbeeRequest> group) {
    ByteWriter ids = new ByteWriter();
    group.forEach(request -> ids.u16(channel(request).attribute().id()));
    return ZclFrame.request(
        false,
        channel(group.get(0)).attribute().manufacturer(),
        radio.nextSequence(),
        ZclFrame.READ,
        ids.toBytes());
  }

  /** Sleepy devices tell by themselves; what they told is the answer when all of it was told. */
  private boolean fromMemory(List<ZigbeeRequest> group) {
    long now = System.currentTimeMillis();
    List<Optional<Told.Value>> values =
        group.stream().map(r -> told.of(channel(r).ieee(), channel(r).attribute())).toList();
    if (values.stream().anyMatch(v -> v.isEmpty() || tooOld(v.get(), now))) {
      return false;
    }
    for (int i = 0; i < group.size(); i++) {
      fill(group.get(i), values.get(i).get().value(), values.get(i).get().millis());
    }
    return true;
  }

  private boolean tooOld(Told.Value value, long now) {
    return !greatestAge.isZero() && now - value.millis() > greatestAge.toMillis();
  }

  private Device known(ZigbeeRequest request) {
    long ieee = channel(request).ieee();
    return coordinator
        .devices()
        .device(ieee)
        .orElseThrow(
            () ->
                new CompletionException(
                    fault(
                        ErrorKind.CONFIGURATION,
                        request,
                        "device "
                            + Ieee.text(ieee)
                            + " has not joined; permit joining and pair it")));
  }

  private void fill(List<ZigbeeRequest> group, ZclFrame answer, long begun) {
    if (!answer.isGeneral(ZclFrame.READ_RESPONSE)) {
      throw new CompletionException(refusal(group.get(0), status(answer)));
    }
    Map<Integer, AttributeRecord> got = new LinkedHashMap<>();
    AttributeRecord.ofReadResponse(answer.payload()).forEach(r -> got.put(r.attribute(), r));
    statistics.achieved(Duration.ofNanos(System.nanoTime() - begun));
    for (ZigbeeRequest request : group) {
      Attribute attribute = channel(request).attribute();
      AttributeRecord record = got.get(attribute.id());
      if (record == null || record.status() != 0) {
        failed(request, refusal(request, record == null ? 0x86 : record.status()));
      } else {
        told.put(channel(request).ieee(), attribute, record.value());
        fill(request, record.value(), System.currentTimeMillis());
      }
    }
  }

  /** Puts a value into a record. */
  static void fill(ZigbeeRequest request, ZclValue value, long millis) {
    if (value.value() == null) {
      Records.failed(
          request.record(),
          fault(ErrorKind.RETRIABLE, request, "the device says that it does not know the value"),
          millis);
      return;
    }
    try {
      Records.read(request.record(), ZigbeeValues.typed(value.value(), channel(request)), millis);
    } catch (IllegalArgumentException misfit) {
      Records.misfit(request.record(), misfit, millis);
    }
  }

  /** Writes each record; it has succeeded when the device has confirmed it. */
  CompletableFuture<Void> write(List<ZigbeeRequest> requests) {
    return CompletableFuture.allOf(
        requests.stream().map(this::write).toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<Void> write(ZigbeeRequest request) {
    if (request.fault().isPresent()) {
      Records.failed(request.record(), request.fault().get(), System.currentTimeMillis());
      return CompletableFuture.completedFuture(null);
    }
    long begun = System.nanoTime();
    return within(coordinator.radio().thenCompose(radio -> write(radio, request)))
        .thenAccept(
            done -> {
              statistics.achieved(Duration.ofNanos(System.nanoTime() - begun));
              Records.written(request.record(), System.currentTimeMillis());
            })
        .exceptionally(
            failure -> {
              failed(request, failure);
              return null;
            });
  }

  private CompletableFuture<Void> write(Radio radio, ZigbeeRequest request) {
    ZigbeeChannel channel = channel(request);
    Attribute attribute = channel.attribute();
    Optional<ZigbeeCommand> command =
        ZigbeeCommand.of(channel, request.record().getValue(), radio.nextSequence());
    statistics.asked();
    if (channel.isGroup()) {
      ZclFrame frame =
          command
              .orElseThrow(
                  () ->
                      new CompletionException(
                          fault(
                              ErrorKind.CONFIGURATION,
                              request,
                              "groups take commands only: on/off, level, cover, or one by its number")))
              .frame();
      return radio
          .sendToGroup(channel.group(), attribute.cluster(), frame)
          .thenAccept(status -> delivered(request, status));
    }
    Device device = known(request);
    if (command.isPresent()) {
      return radio
          .ask(device.network(), attribute.endpoint(), attribute.cluster(), command.get().frame())
          .thenAccept(answer -> accepted(request, answer));
    }
    return type(radio, request, device)
        .thenCompose(
            type ->
                radio.ask(
                    device.network(),
                    attribute.endpoint(),
                    attribute.cluster(),
                    writeFrame(radio, request, type)))
        .thenAccept(answer -> accepted(request, answer));
  }

  private static void delivered(ZigbeeRequest request, int status) {
    if (status != 0) {
      throw new CompletionException(fault(ErrorKind.RETRIABLE, request, Radio.undelivered(status)));
    }
  }

  /** The attribute's type, which a write must name: as it was told, or asked for now. */
  private CompletableFuture<Integer> type(Radio radio, ZigbeeRequest request, Device device) {
    ZigbeeChannel channel = channel(request);
    Attribute attribute = channel.attribute();
    Optional<Told.Value> before = told.of(channel.ieee(), attribute);
    if (before.isPresent()) {
      return CompletableFuture.completedFuture(before.get().value().type());
    }
    return radio
        .ask(
            device.network(),
            attribute.endpoint(),
            attribute.cluster(),
            readFrame(radio, List.of(request)))
        .thenApply(
            answer -> {
              fill(List.of(request), answer, System.nanoTime());
              return told.of(channel.ieee(), attribute)
                  .orElseThrow(() -> new CompletionException(refusal(request, 0x86)))
                  .value()
                  .type();
            });
  }

  private static ZclFrame writeFrame(Radio radio, ZigbeeRequest request, int type) {
    ZigbeeChannel channel = channel(request);
    ByteWriter out = new ByteWriter().u16(channel.attribute().id()).u8(type);
    ZclValue.write(type, ZigbeeValues.raw(request.record().getValue(), channel), out);
    return ZclFrame.request(
        false,
        channel.attribute().manufacturer(),
        radio.nextSequence(),
        ZclFrame.WRITE,
        out.toBytes());
  }

  private void accepted(ZigbeeRequest request, ZclFrame answer) {
    int status = status(answer);
    if (status != 0) {
      throw new CompletionException(refusal(request, status));
    }
  }

  /** Of a default response (command, status), or of the answer to a write (status first). */
  private static int status(ZclFrame answer) {
    byte[] payload = answer.payload();
    int at = answer.isGeneral(ZclFrame.DEFAULT_RESPONSE) ? 1 : 0;
    if (answer.clusterSpecific()) {
      return 0; // a command of the cluster's own answers as it likes
    }
    return payload.length > at ? payload[at] & 0xff : 0;
  }

  private static DriverException refusal(ZigbeeRequest request, int status) {
    String why =
        switch (status) {
          case 0x86 -> "the device has no such attribute";
          case 0x81, 0x82, 0x83, 0x84 -> "the device has no such command";
          case 0x87 -> "the device does not take that value";
          case 0x88 -> "the device does not let this be written";
          case 0xC3 -> "the endpoint has no such cluster";
          default -> "the device refuses";
        };
    return fault(ErrorKind.REFUSED, request, why + " (status 0x%02x)".formatted(status));
  }

  private void failed(ZigbeeRequest request, Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    DriverException error;
    if (cause instanceof DriverException known) {
      error = known;
    } else if (cause instanceof TimeoutException) {
      error =
          fault(ErrorKind.RETRIABLE, request, "no answer within " + timeLimit.toMillis() + " ms");
    } else if (cause instanceof IllegalArgumentException misfit) {
      error = fault(ErrorKind.CONFIGURATION, request, misfit.getMessage());
    } else {
      error = fault(ErrorKind.RETRIABLE, request, String.valueOf(cause.getMessage()));
    }
    statistics.failed(error.kind());
    Records.failed(request.record(), error, System.currentTimeMillis());
  }

  private static DriverException fault(ErrorKind kind, ZigbeeRequest request, String problem) {
    return new DriverException(kind, "channel " + request.record().getChannelName(), problem);
  }

  private static ZigbeeChannel channel(ZigbeeRequest request) {
    return request.channel().orElseThrow();
  }

  /** Waits for what ends within its time limit. */
  static void await(CompletableFuture<Void> work) throws ConnectionException {
    try {
      work.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new ConnectionException(stop);
    } catch (ExecutionException | TimeoutException failure) {
      throw new ConnectionException(failure);
    }
  }

  /** A record of a channel, to be filled with what was told. */
  static ZigbeeRequest request(ZigbeeChannel channel, ChannelRecord record) {
    return new ZigbeeRequest(record, Optional.of(channel), Optional.empty());
  }
}
