package org.penstock.acceptance.deployment;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;

/** The gateway's packages over REST, as a script would use them. */
final class Packages {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final Gateway gateway;
  private final String base;

  Packages(Gateway gateway) {
    this.gateway = gateway;
    base =
        gateway.get("/api/v1/packages").statusCode() == 200
            ? "/api/v1/packages"
            : "/services/api/v1/packages";
  }

  /** Uploads and waits for the outcome. */
  JsonObject install(String file, byte[] content) {
    return outcome(gateway.upload(base + "?file=" + file, content));
  }

  /** Uninstalls and waits for the outcome. */
  JsonObject uninstall(String name) {
    return outcome(gateway.send("DELETE", base + "/" + name, ""));
  }

  /** Has the gateway fetch and install; gives the outcome of the download. */
  JsonObject fetch(String url, String hash) {
    JsonObject source = new JsonObject();
    source.addProperty("url", url);
    if (hash != null) {
      source.addProperty("hash", hash);
    }
    return outcome(gateway.send("POST", base + "/_fetch", source.toString()));
  }

  /** Has the gateway fetch and install; gives the outcome of whichever came to its end. */
  JsonObject fetchAndInstall(String url, String hash) {
    int before = journal().size();
    JsonObject fetched = fetch(url, hash);
    if (!"DONE".equals(fetched.get("result").getAsString())) {
      return fetched;
    }
    JsonObject[] last = new JsonObject[1];
    Await.until(
        LIMIT,
        () -> "no installation of " + url + ": " + last[0],
        () -> {
          JsonArray all = journal();
          last[0] = all.isEmpty() ? null : all.get(0).getAsJsonObject();
          return all.size() > before
              && "url".equals(last[0].getAsJsonObject("origin").get("from").getAsString());
        });
    return last[0];
  }

  private JsonObject outcome(HttpResponse<String> accepted) {
    if (accepted.statusCode() != 202) {
      throw new AssertionError(accepted.statusCode() + ": " + accepted.body());
    }
    long id = object(accepted.body()).get("id").getAsLong();
    JsonObject[] last = new JsonObject[1];
    Await.until(
        LIMIT,
        () -> "job " + last[0],
        () -> {
          last[0] = object(gateway.get(base + "/_jobs/" + id).body());
          return "ENDED".equals(last[0].get("state").getAsString());
        });
    return last[0].getAsJsonObject("outcome");
  }

  /** Version of what is installed under the name, or null. */
  String version(String name) {
    for (JsonElement one : list()) {
      if (name.equals(one.getAsJsonObject().get("name").getAsString())) {
        return one.getAsJsonObject().get("version").getAsString();
      }
    }
    return null;
  }

  /** They are not for a moment while their configuration changes. */
  boolean isThere() {
    return gateway.get(base).statusCode() == 200;
  }

  JsonArray list() {
    return JsonParser.parseString(gateway.get(base).body()).getAsJsonArray();
  }

  JsonArray journal() {
    return JsonParser.parseString(gateway.get(base + "/_journal?limit=1000").body())
        .getAsJsonArray();
  }

  /** State and version of a bundle, or null. */
  String bundle(String symbolicName) {
    String body = gateway.get("/services/inventory/v1/bundles").body();
    for (JsonElement entry : object(body).getAsJsonArray("bundles")) {
      JsonObject bundle = entry.getAsJsonObject();
      if (symbolicName.equals(bundle.get("name").getAsString())) {
        return bundle.get("state").getAsString() + " " + bundle.get("version").getAsString();
      }
    }
    return null;
  }

  private static JsonObject object(String body) {
    return JsonParser.parseString(body).getAsJsonObject();
  }
}
