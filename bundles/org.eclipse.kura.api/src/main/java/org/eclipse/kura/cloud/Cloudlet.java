package org.eclipse.kura.cloud;

import org.eclipse.kura.KuraException;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraRequestPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.ComponentException;

/** The legacy superclass of applications that answer requests. */
@Deprecated
@ConsumerType
public abstract class Cloudlet implements CloudClientListener {

  private CloudService cloudService;
  private String appId;
  private CloudClient cloudApplicationClient;
  private ComponentContext componentContext;

  protected static final int DFLT_PUB_QOS = 0;

  protected static final boolean DFLT_RETAIN = false;

  protected static final int DFLT_PRIORITY = 1;

  public void setCloudService(CloudService cloudService) {
    this.cloudService = cloudService;
  }

  public void unsetCloudService(CloudService cloudService) {
    this.cloudService = null;
  }

  protected void activate(ComponentContext componentContext) {
    this.componentContext = componentContext;
    if (cloudService != null) {
      try {
        cloudApplicationClient = cloudService.newCloudClient(appId);
        cloudApplicationClient.addCloudClientListener(this);
      } catch (KuraException e) {
        throw new ComponentException(e);
      }
    }
  }

  protected void deactivate(ComponentContext componentContext) {
    if (cloudApplicationClient != null) {
      cloudApplicationClient.removeCloudClientListener(this);
      cloudApplicationClient.release();
      cloudApplicationClient = null;
    }
  }

  protected Cloudlet(String name) {
    this.appId = name;
  }

  public String getAppId() {
    return appId;
  }

  protected CloudService getCloudService() {
    return cloudService;
  }

  protected CloudClient getCloudApplicationClient() {
    return cloudApplicationClient;
  }

  protected ComponentContext getComponentContext() {
    return componentContext;
  }

  protected void doGet(
      CloudletTopic cloudletTopic,
      KuraRequestPayload kuraRequestPayload,
      KuraResponsePayload kuraResponsePayload)
      throws KuraException {
    kuraResponsePayload.setResponseCode(KuraResponsePayload.RESPONSE_CODE_NOTFOUND);
  }

  protected void doPut(
      CloudletTopic cloudletTopic,
      KuraRequestPayload kuraRequestPayload,
      KuraResponsePayload kuraResponsePayload)
      throws KuraException {
    kuraResponsePayload.setResponseCode(KuraResponsePayload.RESPONSE_CODE_NOTFOUND);
  }

  protected void doPost(
      CloudletTopic cloudletTopic,
      KuraRequestPayload kuraRequestPayload,
      KuraResponsePayload kuraResponsePayload)
      throws KuraException {
    kuraResponsePayload.setResponseCode(KuraResponsePayload.RESPONSE_CODE_NOTFOUND);
  }

  protected void doDel(
      CloudletTopic cloudletTopic,
      KuraRequestPayload kuraRequestPayload,
      KuraResponsePayload kuraResponsePayload)
      throws KuraException {
    kuraResponsePayload.setResponseCode(KuraResponsePayload.RESPONSE_CODE_NOTFOUND);
  }

  protected void doExec(
      CloudletTopic cloudletTopic,
      KuraRequestPayload kuraRequestPayload,
      KuraResponsePayload kuraResponsePayload)
      throws KuraException {
    kuraResponsePayload.setResponseCode(KuraResponsePayload.RESPONSE_CODE_NOTFOUND);
  }

  public void onControlMessageArrived(
      String deviceId, String appTopic, KuraPayload msg, int qos, boolean retain) {
    CloudletTopic topic = CloudletTopic.parseAppTopic(appTopic);
    KuraRequestPayload request;
    try {
      request = KuraRequestPayload.buildFromKuraPayload(msg);
    } catch (java.text.ParseException e) {
      return; // nobody to answer to
    }
    KuraResponsePayload response = new KuraResponsePayload(KuraResponsePayload.RESPONSE_CODE_OK);
    try {
      serve(topic, request, response);
    } catch (KuraException e) {
      response.setResponseCode(KuraResponsePayload.RESPONSE_CODE_ERROR);
      response.setException(e);
    }
    response.setTimestamp(new java.util.Date());
    try {
      cloudApplicationClient.controlPublish(
          request.getRequesterClientId(),
          "REPLY/" + request.getRequestId(),
          response,
          DFLT_PUB_QOS,
          DFLT_RETAIN,
          DFLT_PRIORITY);
    } catch (KuraException e) {
      throw new IllegalStateException("the answer can't be sent", e);
    }
  }

  private void serve(CloudletTopic topic, KuraRequestPayload request, KuraResponsePayload response)
      throws KuraException {
    switch (topic.getMethod()) {
      case GET -> doGet(topic, request, response);
      case PUT -> doPut(topic, request, response);
      case POST -> doPost(topic, request, response);
      case DEL -> doDel(topic, request, response);
      case EXEC -> doExec(topic, request, response);
    }
  }

  public void onMessageArrived(
      String name, String name2, KuraPayload kuraPayload, int number, boolean flag) {}

  public void onConnectionLost() {}

  public void onConnectionEstablished() {}

  public void onMessageConfirmed(int number, String name) {}

  public void onMessagePublished(int number, String name) {}
}
