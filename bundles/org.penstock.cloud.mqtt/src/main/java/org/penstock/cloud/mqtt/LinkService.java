package org.penstock.cloud.mqtt;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.mqtt.MqttLink;
import org.penstock.api.mqtt.MqttLinkListener;
import org.penstock.api.mqtt.MqttLinkOptions;
import org.penstock.api.mqtt.MqttLinks;
import org.penstock.api.strand.Strands;

/** Links to brokers for drivers. */
@Component
public final class LinkService implements MqttLinks {

  private final Strands strands;
  private final Set<DriverLink> open = ConcurrentHashMap.newKeySet();

  /** Called by the component runtime. */
  @Activate
  public LinkService(@Reference Strands strands) {
    this.strands = strands;
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    open.forEach(DriverLink::close);
  }

  @Override
  public MqttLink open(MqttLinkOptions options, MqttLinkListener listener) {
    DriverLink link = new DriverLink(options, listener, strands, open::remove);
    open.add(link);
    link.start();
    return link;
  }
}
