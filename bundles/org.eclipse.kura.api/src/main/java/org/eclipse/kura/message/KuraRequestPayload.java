package org.eclipse.kura.message;

import java.text.ParseException;
import org.osgi.annotation.versioning.ProviderType;

/** A request: carries its id and the client id to answer to. */
@ProviderType
public class KuraRequestPayload extends KuraPayload {

  public static final String METRIC_REQUEST_ID = "request.id";
  public static final String REQUESTER_CLIENT_ID = "requester.client.id";

  public KuraRequestPayload() {
    super();
  }

  public KuraRequestPayload(KuraPayload payload) {
    payload.metrics().forEach(this::addMetric);
    setBody(payload.getBody());
    setPosition(payload.getPosition());
    setTimestamp(payload.getTimestamp());
  }

  public String getRequestId() {
    return (String) getMetric(METRIC_REQUEST_ID);
  }

  public void setRequestId(String requestId) {
    addMetric(METRIC_REQUEST_ID, requestId);
  }

  public String getRequesterClientId() {
    return (String) getMetric(REQUESTER_CLIENT_ID);
  }

  public void setRequesterClientId(String requesterClientId) {
    addMetric(REQUESTER_CLIENT_ID, requesterClientId);
  }

  public static KuraRequestPayload buildFromKuraPayload(KuraPayload payload) throws ParseException {
    if (payload.getMetric(METRIC_REQUEST_ID) == null) {
      throw new ParseException("the request has no metric " + METRIC_REQUEST_ID, 0);
    }
    if (payload.getMetric(REQUESTER_CLIENT_ID) == null) {
      throw new ParseException("the request has no metric " + REQUESTER_CLIENT_ID, 0);
    }
    return new KuraRequestPayload(payload);
  }
}
