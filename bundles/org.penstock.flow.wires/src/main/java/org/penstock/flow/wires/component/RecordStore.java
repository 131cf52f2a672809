package org.penstock.flow.wires.component;

import java.util.Map;
import org.eclipse.kura.configuration.ConfigurableComponent;
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

/** Stores records and passes them on, in the thread that brings them. */
@Component(
    name = RecordStoreConfig.FACTORY_PID,
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
@Designate(ocd = RecordStoreConfig.class, factory = true)
public final class RecordStore extends Storing {

  /** Called by the component runtime. */
  @Activate
  public RecordStore(
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    super(helper, context, properties, RecordStoreConfig.TARGET);
    modified(properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    configure(
        settings ->
            StoreKeeper.Rules.parse(
                settings, RecordStoreConfig.NAME, RecordStoreConfig.MOST, RecordStoreConfig.KEEP),
        new Settings(properties));
  }

  @Reference(
      name = RecordStoreConfig.REFERENCE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      cardinality = ReferenceCardinality.OPTIONAL)
  void setProvider(WireRecordStoreProvider service) {
    provider(service);
  }

  void unsetProvider(WireRecordStoreProvider service) {
    gone(service);
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    end();
  }
}
