package org.eclipse.kura.cloud;

import java.util.Arrays;
import org.osgi.annotation.versioning.ProviderType;

/** An application's topic of the legacy cloudlets: a method and the resources behind it. */
@Deprecated
@ProviderType
public class CloudletTopic {

  /** What a request asks for. */
  public enum Method {
    GET,
    PUT,
    POST,
    DEL,
    EXEC
  }

  private final Method method;
  private final String[] resources;

  private CloudletTopic(Method method, String... resources) {
    this.method = method;
    this.resources = resources;
  }

  public static CloudletTopic parseAppTopic(String appTopic) {
    String[] parts = appTopic.split("/");
    return new CloudletTopic(Method.valueOf(parts[0]), Arrays.copyOfRange(parts, 1, parts.length));
  }

  public Method getMethod() {
    return method;
  }

  public String[] getResources() {
    return resources;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(method.name());
    for (String resource : resources) {
      text.append('/').append(resource);
    }
    return text.toString();
  }
}
