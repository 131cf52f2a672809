package org.eclipse.kura.deployment.hook;

import org.osgi.annotation.versioning.ProviderType;

/** The file and type of a remote deployment. */
@ProviderType
public class RequestContext {

  private String downloadFilePath;
  private String requestType;

  public RequestContext(String name, String name2) {
    this.downloadFilePath = name;
    this.requestType = name2;
  }

  public String getDownloadFilePath() {
    return downloadFilePath;
  }

  public String getRequestType() {
    return requestType;
  }
}
