package org.penstock.flow.wires.component;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.store.provider.WireRecordStoreProvider;
import org.osgi.service.component.ComponentContext;

/** What components that store records have in common. Records go on whether they were stored or not. */
abstract class Storing extends Passing implements Unbroken {

  private final Trouble trouble;
  private final String target;
  private final AtomicReference<Optional<StoreKeeper.Rules>> rules =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<WireRecordStoreProvider>> provider =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<StoreKeeper>> keeper =
      new AtomicReference<>(Optional.empty());

  /**
   * @param target key of the filter that names the store's service
   */
  Storing(
      WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties,
      String target) {
    super(helper, context);
    this.target = target;
    this.trouble =
        new Trouble(
            "flow/store/",
            properties,
            context,
            () -> keeper.get().map(StoreKeeper::figures).orElse(Map.of()));
  }

  final void configure(Function<Settings, StoreKeeper.Rules> parser, Settings settings) {
    trouble.configure(() -> rules.set(Optional.of(parser.apply(settings))));
    open();
  }

  final void provider(WireRecordStoreProvider service) {
    provider.set(Optional.of(service));
    open();
  }

  final void gone(WireRecordStoreProvider service) {
    provider.updateAndGet(now -> now.filter(one -> one != service));
    open();
  }

  private void open() {
    Optional<StoreKeeper> next =
        rules.get().flatMap(some -> provider.get().map(one -> new StoreKeeper(some, one)));
    keeper.getAndSet(next).ifPresent(StoreKeeper::close);
  }

  @Override
  public final void onWireReceive(WireEnvelope envelope) {
    Optional<StoreKeeper> now = keeper.get();
    try {
      if (now.isPresent()) {
        now.get().insert(envelope.getRecords());
        trouble.isWell();
      } else {
        trouble.failed("records are not stored: there is no service that " + target + " names");
      }
    } catch (KuraStoreException failed) {
      trouble.failed("records are not stored: " + failed.getMessage());
    }
    emit(envelope.getRecords());
  }

  final void end() {
    trouble.close();
    keeper.getAndSet(Optional.empty()).ifPresent(StoreKeeper::close);
  }
}
