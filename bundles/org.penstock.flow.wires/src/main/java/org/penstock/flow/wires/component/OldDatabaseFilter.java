package org.penstock.flow.wires.component;

import java.util.Map;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.db.BaseDbService;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.store.provider.QueryableWireRecordStoreProvider;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Producer;

/** Emits what a store answers to a query, in the thread that brings the envelope; under its old name. */
@Component(
    name = OldDatabaseFilterConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      WireComponent.class,
      WireEmitter.class,
      WireReceiver.class,
      Producer.class,
      Consumer.class,
      ConfigurableComponent.class
    },
    property = {
      "input.cardinality.minimum:Integer=1",
      "input.cardinality.maximum:Integer=1",
      "input.cardinality.default:Integer=1",
      "output.cardinality.minimum:Integer=1",
      "output.cardinality.maximum:Integer=1",
      "output.cardinality.default:Integer=1"
    })
@Designate(ocd = OldDatabaseFilterConfig.class, factory = true)
public final class OldDatabaseFilter extends Querying {

  private final ByPid<QueryableWireRecordStoreProvider> providers =
      new ByPid<>(this::provider, this::gone);

  /** Called by the component runtime. */
  @Activate
  public OldDatabaseFilter(
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    super(helper, context, properties, OldDatabaseFilterConfig.DATABASE);
    modified(properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    Settings settings = new Settings(properties);
    configure(given -> QueryCache.Rules.parse(given, OldDatabaseFilterConfig.QUERY), settings);
    providers.want(
        settings.text(OldDatabaseFilterConfig.DATABASE, OldDatabaseFilterConfig.DEFAULT));
  }

  @Reference(
      name = "BaseDbService",
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      cardinality = ReferenceCardinality.MULTIPLE)
  void addProvider(BaseDbService service, Map<String, Object> properties) {
    if (service instanceof QueryableWireRecordStoreProvider one) {
      providers.add(properties.get("kura.service.pid"), one);
    }
  }

  void removeProvider(BaseDbService service, Map<String, Object> properties) {
    if (service instanceof QueryableWireRecordStoreProvider one) {
      providers.remove(properties.get("kura.service.pid"), one);
    }
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    end();
  }
}
