package org.penstock.api.rest;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The only entry to all REST resources. Authorisation sits inside it and fails closed: a resource
 * method that declares no permission is refused. Any thread may call; the call takes as long as the
 * resource does.
 */
@ProviderType
public interface Dispatcher {

  /**
   * Serves one request.
   *
   * @param principal the authenticated caller, or null for none
   * @param method HTTP's method in capitals
   * @param path absolute, with query, for example {@code /services/assets/pump1/_read}
   * @param headers names in any case
   * @param body empty when there is none
   * @return never null: errors are answers too
   */
  RestAnswer dispatch(
      Principal principal,
      String method,
      String path,
      Map<String, List<String>> headers,
      byte[] body);
}
