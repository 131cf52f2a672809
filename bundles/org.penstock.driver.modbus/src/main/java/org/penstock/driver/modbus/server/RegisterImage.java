package org.penstock.driver.modbus.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;
import org.penstock.api.write.WriteOutcome;
import org.penstock.driver.kit.Values;
import org.penstock.driver.modbus.codec.ModbusError;
import org.penstock.driver.modbus.codec.ServerRequest;
import org.penstock.driver.modbus.codec.ServerRequest.RefusedException;
import org.penstock.driver.modbus.codec.Table;
import org.penstock.driver.modbus.link.ServerHandler;

/**
 * One asset's channels as registers. Reading takes what is known and asks no device; writing goes
 * through the write authority. Any thread may call; nothing waits.
 */
final class RegisterImage implements ServerHandler {

  /** Where values come from and go to. */
  interface Plant {

    /** What is known of the channels; empty when the asset is not there. */
    Optional<Map<String, ChannelState>> states();

    /** The channels as configured; empty when the asset is not there. */
    Map<String, Channel> channels();

    /** Writes; empty when nobody takes writes. */
    Optional<CompletionStage<List<WriteOutcome>>> write(Map<String, TypedValue<?>> values);
  }

  private final int unit;
  private final RegisterMap map;
  private final boolean lastGood;
  private final Plant plant;

  /**
   * An image.
   *
   * @param unit id that is answered; others are not
   * @param lastGood a channel without good value shows its last one rather than an exception
   */
  RegisterImage(int unit, RegisterMap map, boolean lastGood, Plant plant) {
    this.unit = unit;
    this.map = map;
    this.lastGood = lastGood;
    this.plant = plant;
  }

  @Override
  public boolean owns(int asked) {
    return asked == unit;
  }

  @Override
  public void request(int asked, byte[] pdu, Consumer<byte[]> answer) {
    if (!owns(asked) && asked != 0) {
      return;
    }
    try {
      ServerRequest request = ServerRequest.parse(pdu);
      if (request.written().length == 0) {
        answer.accept(request.answer(read(request)));
      } else {
        write(request)
            .whenComplete((error, problem) -> answer.accept(written(request, pdu, error, problem)));
      }
    } catch (RefusedException refused) {
      answer.accept(ServerRequest.refusal(pdu, refused.error()));
    }
  }

  private byte[] written(
      ServerRequest request, byte[] pdu, Optional<ModbusError> error, Throwable problem) {
    try {
      if (problem != null || error.isPresent()) {
        ModbusError code = problem == null ? error.get() : ModbusError.DEVICE_FAILURE;
        return ServerRequest.refusal(pdu, code);
      }
      return request.count() > 0 ? request.answer(read(request)) : ServerRequest.echo(pdu);
    } catch (RefusedException refused) {
      return ServerRequest.refusal(pdu, refused.error());
    }
  }

  private int[] read(ServerRequest request) throws RefusedException {
    Collection<RegisterMap.Entry> entries =
        map.within(request.table(), request.address(), request.count());
    if (entries.isEmpty() || request.address() + request.count() > 0x10000) {
      throw new RefusedException(ModbusError.ILLEGAL_ADDRESS);
    }
    Map<String, ChannelState> states =
        plant.states().orElseThrow(() -> new RefusedException(ModbusError.DEVICE_FAILURE));
    int[] values = new int[request.count()];
    for (RegisterMap.Entry entry : entries) {
      int[] some = values(entry, states.get(entry.channel()));
      for (int i = 0; i < some.length; i++) {
        int index = entry.address() + i - request.address();
        if (index >= 0 && index < values.length) {
          values[index] = some[i];
        }
      }
    }
    return values;
  }

  private int[] values(RegisterMap.Entry entry, ChannelState state) throws RefusedException {
    boolean usable =
        state != null
            && state.lastGood().isPresent()
            && (lastGood || state.quality().level() != Quality.Level.BAD);
    if (!usable) {
      throw new RefusedException(ModbusError.DEVICE_FAILURE);
    }
    TypedValue<?> value = state.lastGood().get();
    try {
      if (entry.table().bits()) {
        return new int[] {Values.number(value).doubleValue() != 0 ? 1 : 0};
      }
      byte[] bytes = entry.codec(value.getType()).encode(value);
      int[] words = new int[bytes.length / 2];
      for (int i = 0; i < words.length; i++) {
        words[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
      }
      return words;
    } catch (IllegalArgumentException misfit) {
      throw new RefusedException(ModbusError.DEVICE_FAILURE);
    }
  }

  /** Completes with what is wrong, or empty. */
  private CompletionStage<Optional<ModbusError>> write(ServerRequest request)
      throws RefusedException {
    Map<String, TypedValue<?>> values = new HashMap<>();
    int at = 0;
    while (at < request.written().length) {
      int address = request.writeAddress() + at;
      RegisterMap.Entry entry =
          map.at(request.table(), address)
              .filter(RegisterMap.Entry::writable)
              .orElseThrow(() -> new RefusedException(ModbusError.ILLEGAL_ADDRESS));
      if (entry.size() > request.written().length - at) {
        throw new RefusedException(ModbusError.ILLEGAL_ADDRESS);
      }
      values.put(entry.channel(), value(entry, request, at));
      at += entry.size();
    }
    CompletionStage<List<WriteOutcome>> outcomes =
        plant.write(values).orElseThrow(() -> new RefusedException(ModbusError.DEVICE_FAILURE));
    return outcomes.thenApply(RegisterImage::worst);
  }

  private TypedValue<?> value(RegisterMap.Entry entry, ServerRequest request, int at)
      throws RefusedException {
    Channel channel = plant.channels().get(entry.channel());
    if (channel == null) {
      throw new RefusedException(ModbusError.DEVICE_FAILURE);
    }
    DataType type = channel.getValueType();
    try {
      if (entry.table() == Table.COILS) {
        return Values.typed(request.written()[at] != 0, type);
      }
      byte[] bytes = new byte[2 * entry.size()];
      for (int i = 0; i < entry.size(); i++) {
        int word = request.written()[at + i] | kept(entry, request);
        bytes[2 * i] = (byte) (word >> 8);
        bytes[2 * i + 1] = (byte) word;
      }
      return entry.codec(type).decode(bytes, 0);
    } catch (IllegalArgumentException misfit) {
      throw new RefusedException(ModbusError.ILLEGAL_VALUE);
    }
  }

  /** The bits that function 22 leaves alone. */
  private int kept(RegisterMap.Entry entry, ServerRequest request) throws RefusedException {
    if (request.mask() == 0xffff) {
      return 0;
    }
    Map<String, ChannelState> states = plant.states().orElse(Map.of());
    return values(entry, states.get(entry.channel()))[0] & ~request.mask() & 0xffff;
  }

  private static Optional<ModbusError> worst(List<WriteOutcome> outcomes) {
    List<WriteOutcome.Result> results = new ArrayList<>();
    outcomes.forEach(outcome -> results.add(outcome.result()));
    if (results.contains(WriteOutcome.Result.FAILED)) {
      return Optional.of(ModbusError.DEVICE_FAILURE);
    }
    return results.contains(WriteOutcome.Result.REFUSED)
        ? Optional.of(ModbusError.DEVICE_BUSY)
        : Optional.empty();
  }
}
