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

/** Emits what a store answers to a query, in the thread that brings the envelope. */
@Component(
    name = DatabaseFilterConfig.FACTORY_PID,
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
@Designate(ocd = DatabaseFilterConfig.class, factory = true)
public final class DatabaseFilter extends Querying {

  /** Called by the component runtime. */
  @Activate
  public DatabaseFilter(
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    super(helper, context, properties, DatabaseFilterConfig.TARGET);
    modified(properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    configure(
        settings -> QueryCache.Rules.parse(settings, DatabaseFilterConfig.QUERY),
        new Settings(properties));
  }

  @Reference(
      name = DatabaseFilterConfig.REFERENCE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      cardinality = ReferenceCardinality.OPTIONAL)
  void setProvider(BaseDbService service) {
    if (service instanceof QueryableWireRecordStoreProvider one) {
      provider(one);
    }
  }

  void unsetProvider(BaseDbService service) {
    if (service instanceof QueryableWireRecordStoreProvider one) {
      gone(one);
    }
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    end();
  }
}
