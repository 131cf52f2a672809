package org.penstock.core.system.watchdog;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.status.CloudConnectionStatusComponent;
import org.eclipse.kura.status.CloudConnectionStatusEnum;
import org.eclipse.kura.status.CloudConnectionStatusService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;

/**
 * Kura's status of the cloud connections, as a light would show it: the status of the component with
 * the highest priority. There is no light; the health page shows it. Any thread may call.
 */
@Component(service = {CloudConnectionStatusService.class, HealthSource.class})
public final class StatusLight implements CloudConnectionStatusService, HealthSource {

  private final Map<CloudConnectionStatusComponent, CloudConnectionStatusEnum> all =
      new ConcurrentHashMap<>();
  private final AtomicReference<HealthState> shown;

  /** Called by the component runtime. */
  @Activate
  public StatusLight() {
    shown = new AtomicReference<>(state(CloudConnectionStatusEnum.OFF));
  }

  private static HealthState state(CloudConnectionStatusEnum light) {
    return new HealthState(Level.OK, "", Instant.now(), Map.of("light", light.name()));
  }

  private void show() {
    CloudConnectionStatusEnum light = shown();
    if (!shown.get().figures().get("light").equals(light.name())) {
      shown.set(state(light));
    }
  }

  /** The status that counts. */
  CloudConnectionStatusEnum shown() {
    Optional<CloudConnectionStatusComponent> first =
        all.keySet().stream()
            .max(Comparator.comparingInt(CloudConnectionStatusComponent::getNotificationPriority));
    return first.map(all::get).orElse(CloudConnectionStatusEnum.OFF);
  }

  @Override
  public void register(CloudConnectionStatusComponent component) {
    component.setNotificationStatus(CloudConnectionStatusEnum.OFF);
    all.put(component, CloudConnectionStatusEnum.OFF);
    show();
  }

  @Override
  public void unregister(CloudConnectionStatusComponent component) {
    all.remove(component);
    show();
  }

  @Override
  public boolean updateStatus(
      CloudConnectionStatusComponent component, CloudConnectionStatusEnum status) {
    component.setNotificationStatus(status);
    all.put(component, status);
    show();
    return true;
  }

  @Override
  public String name() {
    return "core/status";
  }

  @Override
  public HealthState health() {
    return shown.get();
  }
}
