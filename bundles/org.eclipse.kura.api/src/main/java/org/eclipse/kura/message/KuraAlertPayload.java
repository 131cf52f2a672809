package org.eclipse.kura.message;

import java.util.Date;
import org.osgi.annotation.versioning.ProviderType;

/** An alert: a code, how severe it is, and whether it stands. */
@ProviderType
public class KuraAlertPayload extends KuraPayload {

  public static final String CODE_METRIC_NAME = "alert_code";
  public static final String SEVERITY_METRIC_NAME = "alert_severity";
  public static final String STATUS_METRIC_NAME = "alert_status";
  public static final String MESSAGE_METRIC_NAME = "alert_message";
  public static final String CREATION_TIMESTAMP_METRIC_NAME = "alert_creation_date";

  public KuraAlertPayload(String code, KuraAlertSeverity severity, KuraAlertStatus status) {
    setCode(code);
    setSeverity(severity);
    setStatus(status);
  }

  public void setCode(String code) {
    addMetric(CODE_METRIC_NAME, required(CODE_METRIC_NAME, code));
  }

  public void setSeverity(KuraAlertSeverity severity) {
    addMetric(SEVERITY_METRIC_NAME, required(SEVERITY_METRIC_NAME, severity).name());
  }

  public void setStatus(KuraAlertStatus status) {
    addMetric(STATUS_METRIC_NAME, required(STATUS_METRIC_NAME, status).name());
  }

  public void setCreationTimestamp(Date creationTimestamp) {
    if (creationTimestamp == null) {
      removeMetric(CREATION_TIMESTAMP_METRIC_NAME);
    } else {
      addMetric(CREATION_TIMESTAMP_METRIC_NAME, creationTimestamp.getTime());
    }
  }

  public void setMessage(String message) {
    if (message == null) {
      removeMetric(MESSAGE_METRIC_NAME);
    } else {
      addMetric(MESSAGE_METRIC_NAME, message);
    }
  }

  public String getCode() {
    return (String) getMetric(CODE_METRIC_NAME);
  }

  public KuraAlertSeverity getSeverity() {
    return KuraAlertSeverity.valueOf((String) getMetric(SEVERITY_METRIC_NAME));
  }

  public KuraAlertStatus getStatus() {
    return KuraAlertStatus.valueOf((String) getMetric(STATUS_METRIC_NAME));
  }

  public String getMessage() {
    return (String) getMetric(MESSAGE_METRIC_NAME);
  }

  public Date getCreationTimestamp() {
    Object time = getMetric(CREATION_TIMESTAMP_METRIC_NAME);
    return time == null ? null : new Date((Long) time);
  }

  @Override
  public void addMetric(String name, Object value) {
    super.addMetric(name, value);
  }

  private static <T> T required(String name, T value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " must not be null");
    }
    return value;
  }
}
