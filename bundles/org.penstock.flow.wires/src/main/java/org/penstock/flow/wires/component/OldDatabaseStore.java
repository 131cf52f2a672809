package org.penstock.flow.wires.component;

import java.util.Map;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.db.BaseDbService;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.store.provider.WireRecordStoreProvider;
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

/** Stores records and passes them on, in the thread that brings them; under its old name. */
@Component(
    name = OldDatabaseStoreConfig.FACTORY_PID,
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
@Designate(ocd = OldDatabaseStoreConfig.class, factory = true)
public final class OldDatabaseStore extends Storing {

  private final ByPid<WireRecordStoreProvider> providers = new ByPid<>(this::provider, this::gone);

  /** Called by the component runtime. */
  @Activate
  public OldDatabaseStore(
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    super(helper, context, properties, OldDatabaseStoreConfig.DATABASE);
    modified(properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    Settings settings = new Settings(properties);
    configure(
        given ->
            StoreKeeper.Rules.parse(
                given,
                OldDatabaseStoreConfig.NAME,
                OldDatabaseStoreConfig.MOST,
                OldDatabaseStoreConfig.KEEP),
        settings);
    providers.want(settings.text(OldDatabaseStoreConfig.DATABASE, OldDatabaseStoreConfig.DEFAULT));
  }

  @Reference(
      name = "BaseDbService",
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      cardinality = ReferenceCardinality.MULTIPLE)
  void addProvider(BaseDbService service, Map<String, Object> properties) {
    if (service instanceof WireRecordStoreProvider one) {
      providers.add(properties.get("kura.service.pid"), one);
    }
  }

  void removeProvider(BaseDbService service, Map<String, Object> properties) {
    if (service instanceof WireRecordStoreProvider one) {
      providers.remove(properties.get("kura.service.pid"), one);
    }
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    end();
  }
}
