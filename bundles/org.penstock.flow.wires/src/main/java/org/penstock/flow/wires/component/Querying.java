package org.penstock.flow.wires.component;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.store.provider.QueryableWireRecordStoreProvider;
import org.osgi.service.component.ComponentContext;

/** What components that ask a store have in common: any envelope makes them ask. */
abstract class Querying extends Passing implements Unbroken {

  private final Trouble trouble;
  private final String target;
  private final AtomicReference<Optional<QueryCache.Rules>> rules =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<QueryableWireRecordStoreProvider>> provider =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<QueryCache>> cache =
      new AtomicReference<>(Optional.empty());

  /**
   * @param target key of the filter that names the store's service
   */
  Querying(
      WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties,
      String target) {
    super(helper, context);
    this.target = target;
    this.trouble = new Trouble("flow/query/", properties, context);
  }

  final void configure(Function<Settings, QueryCache.Rules> parser, Settings settings) {
    trouble.configure(() -> rules.set(Optional.of(parser.apply(settings))));
    renew();
  }

  final void provider(QueryableWireRecordStoreProvider service) {
    provider.set(Optional.of(service));
    renew();
  }

  final void gone(QueryableWireRecordStoreProvider service) {
    provider.updateAndGet(now -> now.filter(one -> one != service));
    renew();
  }

  private void renew() {
    cache.set(
        rules
            .get()
            .flatMap(
                some -> provider.get().map(one -> new QueryCache(some, one, Clock.systemUTC()))));
  }

  @Override
  public final void onWireReceive(WireEnvelope envelope) {
    Optional<QueryCache> now = cache.get();
    if (now.isEmpty()) {
      trouble.failed("nothing is asked: there is no service that " + target + " names");
      return;
    }
    try {
      List<WireRecord> records = now.get().ask();
      trouble.isWell();
      if (!records.isEmpty() || now.get().emitsEmpty()) {
        emitAlways(records);
      }
    } catch (KuraStoreException failed) {
      trouble.failed("the query fails: " + failed.getMessage());
    }
  }

  final void end() {
    trouble.close();
  }
}
