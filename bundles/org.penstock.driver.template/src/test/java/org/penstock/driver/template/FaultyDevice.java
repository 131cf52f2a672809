package org.penstock.driver.template;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.penstock.driver.kit.conformance.Fault;
import org.penstock.driver.template.device.ToyDevice;
import org.penstock.driver.template.link.ToyLink;

/** The toy device behind a wire that can be disturbed. */
final class FaultyDevice implements ToyLink.Peer {

  private static final byte[] GARBAGE = {1, 2, 3, 4, 5};

  private final ToyDevice device = new ToyDevice("1.2.3", () -> 250);
  private final AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);

  void set(Fault next) {
    fault.set(next);
  }

  @Override
  public void request(byte[] frame, Consumer<byte[]> answer) throws IOException {
    switch (fault.get()) {
      case NONE -> device.request(frame, answer);
      case SILENT -> {}
      case GARBAGE -> answer.accept(GARBAGE);
      case TRUNCATED ->
          device.request(
              frame, bytes -> answer.accept(java.util.Arrays.copyOf(bytes, bytes.length - 1)));
      case ABSENT -> throw new IOException("wire cut");
    }
  }
}
