package org.eclipse.kura.message;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.osgi.annotation.versioning.ProviderType;

/** An answer: carries a response code and, after a failure, the reason. */
@ProviderType
public class KuraResponsePayload extends KuraPayload {

  public static final int RESPONSE_CODE_OK = 200;
  public static final int RESPONSE_CODE_BAD_REQUEST = 400;
  public static final int RESPONSE_CODE_NOTFOUND = 404;
  public static final int RESPONSE_CODE_ERROR = 500;
  public static final String METRIC_RESPONSE_CODE = "response.code";
  public static final String METRIC_EXCEPTION_MSG = "response.exception.message";
  public static final String METRIC_EXCEPTION_STACK = "response.exception.stack";

  public KuraResponsePayload(int responseCode) {
    addMetric(METRIC_RESPONSE_CODE, responseCode);
  }

  public KuraResponsePayload(Throwable exception) {
    this(RESPONSE_CODE_ERROR, exception);
  }

  public KuraResponsePayload(int responseCode, Throwable exception) {
    this(responseCode);
    addException(exception);
  }

  public KuraResponsePayload(KuraPayload payload) {
    payload.metrics().forEach(this::addMetric);
    setBody(payload.getBody());
    setPosition(payload.getPosition());
    setTimestamp(payload.getTimestamp());
  }

  public int getResponseCode() {
    return (Integer) getMetric(METRIC_RESPONSE_CODE);
  }

  public void setResponseCode(int responseCode) {
    addMetric(METRIC_RESPONSE_CODE, responseCode);
  }

  public String getExceptionMessage() {
    return (String) getMetric(METRIC_EXCEPTION_MSG);
  }

  public void setExceptionMessage(String message) {
    if (message != null) {
      addMetric(METRIC_EXCEPTION_MSG, message);
    }
  }

  public String getExceptionStack() {
    return (String) getMetric(METRIC_EXCEPTION_STACK);
  }

  public void setExceptionStack(String stack) {
    if (stack != null) {
      addMetric(METRIC_EXCEPTION_STACK, stack);
    }
  }

  public void setException(Throwable exception) {
    addException(exception);
  }

  private void addException(Throwable exception) {
    if (exception != null) {
      setExceptionMessage(exception.getMessage());
      StringWriter stack = new StringWriter();
      exception.printStackTrace(new PrintWriter(stack));
      setExceptionStack(stack.toString());
    }
  }
}
