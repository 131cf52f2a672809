package org.penstock.acceptance.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Mosquitto;
import org.penstock.acceptance.product.Seed;

/** A gateway that is managed through mosquitto, with an add-on that serves a resource of its own. */
final class RemoteBox implements AutoCloseable {

  final Mosquitto broker;
  final Gateway gateway;
  final RemoteClient client;

  RemoteBox(Path folder) throws IOException {
    broker = new Mosquitto(folder);
    Seed seed =
        new Seed()
            .component("toy", "org.penstock.driver.template")
            .asset("plant", "toy")
            .component(
                "keys",
                "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl",
                "keystore.path",
                folder.resolve("keys.p12").toString())
            .component(
                "org.eclipse.kura.position.PositionService",
                null,
                "enabled",
                true,
                "static",
                true,
                "latitude",
                48.25,
                "longitude",
                11.5)
            .component("org.penstock.cloud.remote", null, "link.limit.s", 8)
            .cloud(broker.port());
    gateway = new Gateway(folder, seed.xml());
    addOn().to(Files.createDirectories(gateway.home().resolve("deploy")).resolve("acme.vault.jar"));
    gateway.start();
    client = new RemoteClient(broker.port());
    awaitAnswers();
    Await.until(
        RemoteApplicationsTest.LIMIT,
        () -> "the add-on is not there",
        () -> gateway.get("/services/position/v1/vault").statusCode() == 200);
  }

  /** A SecurityService, and a resource below the position's with a permission of its own. */
  private static BundleJar addOn() {
    return new BundleJar("acme.vault", "1.0.0")
        .header("Bundle-Activator", "acme.Start")
        .imports("org.osgi.framework")
        .imports("org.eclipse.kura")
        .imports("org.eclipse.kura.security")
        .imports("jakarta.ws.rs;version=\"[3,4)\"")
        .imports("jakarta.annotation.security;version=\"[2,4)\"")
        .source(
            "acme.Start",
            """
            package acme;
            import jakarta.ws.rs.*;
            import org.eclipse.kura.security.SecurityService;
            import org.osgi.framework.*;
            public class Start implements BundleActivator {
              public void start(BundleContext c) {
                var p = new java.util.Hashtable<String, Object>();
                p.put("penstock.rest", true);
                c.registerService(Object.class, new Vault(), p);
                c.registerService(SecurityService.class, new Policy(), null);
              }
              public void stop(BundleContext c) {}
              @Path("position/v1/vault")
              @jakarta.annotation.security.RolesAllowed("acme.vault")
              public static class Vault {
                @GET public String get() { return "gold"; }
              }
              static class Policy implements SecurityService {
                volatile String policy = "";
                public void reloadSecurityPolicyFingerprint() { policy = "reloaded"; }
                public void reloadCommandLineFingerprint() { policy = "reloaded"; }
                public boolean isDebugEnabled() { return policy.startsWith("grant debug"); }
                public void applyDefaultProductionSecurityPolicy() { policy = "default"; }
                public void applySecurityPolicy(String text) { policy = text; }
              }
            }
            """);
  }

  @Override
  public void close() {
    client.close();
    gateway.close();
    broker.close();
  }

  /** Bounded: until a request is answered again. */
  void awaitAnswers() {
    Await.until(
        RemoteApplicationsTest.LIMIT,
        () -> "not connected",
        () -> client.reaches("INVENTORY-V1/GET/bundles", "again-" + System.nanoTime()));
  }

  /** The body of an answer 200. */
  String done(String path, String body) {
    RemoteClient.Message answer = client.ask(path, Map.of(), body);
    assertEquals(200, answer.code(), answer::toString);
    return answer.body();
  }

  /** The same for a GET, as JSON. */
  JsonElement asked(String path) {
    return JsonParser.parseString(done(path, ""));
  }

  /** An answer with this code that says these words. */
  void refused(int code, String path, String body, String... words) {
    RemoteClient.Message answer = client.ask(path, Map.of(), body);
    assertEquals(code, answer.code(), answer::toString);
    for (String word : words) {
      assertTrue(answer.toString().contains(word), answer::toString);
    }
  }

  /** What the same application says over REST. */
  JsonElement rest(String path) {
    HttpResponse<String> answer = gateway.get("/services/" + path);
    assertEquals(200, answer.statusCode(), answer::body);
    return JsonParser.parseString(answer.body());
  }

  /** The status of a request by this identity. */
  int as(String name, String password) {
    String pair = name + ":" + password;
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return gateway
        .send(gateway.request("/services/assets").header("Authorization", "Basic " + basic))
        .statusCode();
  }
}
