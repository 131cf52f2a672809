package org.penstock.cloud.connection;

import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.position.PositionService;
import org.eclipse.kura.security.tamper.detection.TamperDetectionService;
import org.eclipse.kura.system.ExtendedProperties;
import org.eclipse.kura.system.SystemService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the payloads of BIRTH, APPS and DC from whatever services there are. Any thread may call. */
final class Births {

  private static final Logger LOG = LoggerFactory.getLogger(Births.class);

  private final AtomicReference<SystemService> system = new AtomicReference<>();
  private final AtomicReference<PositionService> position = new AtomicReference<>();
  private final AtomicReference<TamperDetectionService> tamper = new AtomicReference<>();

  AtomicReference<SystemService> system() {
    return system;
  }

  AtomicReference<PositionService> position() {
    return position;
  }

  AtomicReference<TamperDetectionService> tamper() {
    return tamper;
  }

  /** All about this gateway. */
  KuraPayload birth(Options options, Collection<String> apps) {
    DeviceProfile profile = new DeviceProfile(Optional.ofNullable(system.get()));
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(new Date());
    payload.setPosition(DeviceProfile.position(position.get()));
    profile.metrics().forEach(payload::addMetric);
    payload.addMetric("display_name", profile.displayName(options.config()));
    payload.addMetric("accept_encoding", options.form().gzip() ? "gzip" : "");
    payload.addMetric("application_ids", String.join(",", apps));
    payload.addMetric("payload_encoding", options.form().encoding().name());
    tamperStatus().ifPresent(status -> payload.addMetric("tamper_status", status));
    extended().ifPresent(json -> payload.addMetric("extended_properties", json));
    return payload;
  }

  /** The gateway leaves. */
  KuraPayload disconnect(Options options) {
    DeviceProfile profile = new DeviceProfile(Optional.ofNullable(system.get()));
    KuraPayload payload = new KuraPayload();
    payload.setTimestamp(new Date());
    payload.addMetric("uptime", DeviceProfile.uptime());
    payload.addMetric("display_name", profile.displayName(options.config()));
    return payload;
  }

  private Optional<String> tamperStatus() {
    TamperDetectionService service = tamper.get();
    if (service == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          service.getTamperStatus().isDeviceTampered() ? "TAMPERED" : "NOT_TAMPERED");
    } catch (KuraException e) {
      LOG.warn("the tamper state can't be told: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<String> extended() {
    return Optional.ofNullable(system.get())
        .flatMap(SystemService::getExtendedProperties)
        .map(Births::json);
  }

  private static String json(ExtendedProperties extended) {
    JsonObject groups = new JsonObject();
    extended
        .getPropertyGroups()
        .forEach(
            group -> {
              JsonObject values = new JsonObject();
              group.getProperties().forEach(values::addProperty);
              groups.add(group.getName(), values);
            });
    JsonObject all = new JsonObject();
    all.addProperty("version", extended.getVersion());
    all.add("properties", groups);
    return all.toString();
  }
}
