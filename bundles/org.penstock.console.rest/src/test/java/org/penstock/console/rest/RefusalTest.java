package org.penstock.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraPartialSuccessException;
import org.junit.jupiter.api.Test;
import org.penstock.api.rest.RestAnswer;

/** Without it an error could reach a client without words, or as a stack trace. */
class RefusalTest {

  /** Fails in all ways. */
  @Path("{base:(api/)?failing}")
  @RolesAllowed("rest.failing")
  public static final class Failing {
    @GET
    @Path("kura")
    public String kura() throws KuraException {
      throw new KuraException(KuraErrorCode.NOT_FOUND, "x");
    }

    @GET
    @Path("partly")
    public String partly() throws KuraException {
      throw new KuraPartialSuccessException(
          "updateConfigurations",
          List.of(
              new KuraException(KuraErrorCode.CONFIGURATION_ERROR, "pump1 is gone"),
              new KuraException(KuraErrorCode.BAD_REQUEST, "pump2 too")));
    }

    @GET
    @Path("bug")
    public String bug() {
      throw new IllegalStateException("inner words");
    }

    @GET
    @Path("bad")
    public String bad() {
      throw new BadRequestException("channel a1: give a number");
    }

    @POST
    @Path("body")
    @Consumes(MediaType.APPLICATION_JSON)
    public String body(Map<String, String> body) {
      return "" + body.size();
    }
  }

  private final Calls calls = new Calls(new Failing());

  private JsonObject body(String method, String path, String body, int status) {
    RestAnswer answer = calls.call(Calls.ADMIN, method, path, body);
    assertEquals(status, answer.status(), Calls.text(answer));
    String type = path.startsWith("api/") ? "application/problem+json" : "application/json";
    assertEquals(List.of(type), answer.headers().get("Content-Type"), path);
    return JsonParser.parseString(Calls.text(answer)).getAsJsonObject();
  }

  @Test
  void kurasPathsAnswerWithMessageOnly() {
    assertEquals(
        "{\"message\":\"channel a1: give a number\"}",
        body("GET", "failing/bad", null, 400).toString());
    body("GET", "failing/kura", null, 404);
  }

  @Test
  void ourPathsAnswerWithProblemDetails() {
    JsonObject problem = body("GET", "api/failing/bad", null, 400);
    assertEquals("Bad Request", problem.get("title").getAsString());
    assertEquals(400, problem.get("status").getAsInt());
    assertEquals("channel a1: give a number", problem.get("detail").getAsString());
    assertEquals("channel a1: give a number", problem.get("message").getAsString());
  }

  /** "Partly failed: updateConfigurations" was all that one was told. */
  @Test
  void whatFailedOfSeveralIsSaidOfEach() {
    String words = body("GET", "api/failing/partly", null, 400).get("message").getAsString();
    assertTrue(words.contains("pump1 is gone") && words.contains("; "), words);
    assertTrue(words.contains("pump2 too"), words);
  }

  @Test
  void aBugIsNamedButShowsNothingOfItsInside() {
    JsonObject answer = body("GET", "failing/bug", null, 500);
    assertFalse(answer.toString().contains("inner words"), answer.toString());
  }

  @Test
  void whatIsNotThereSaysWhatIsWrong() {
    body("GET", "nowhere", null, 404);
    assertEquals(
        "there is nothing at failing/nowhere",
        body("GET", "failing/nowhere", null, 404).get("message").getAsString());
    assertEquals(
        "failing/body takes another method: POST,OPTIONS",
        body("GET", "failing/body", null, 405).get("message").getAsString());
  }

  @Test
  void aBodyThatIsNoJsonIsTheCallersFault() {
    for (String bad : List.of("{", "", "7", "nul", "{\"a\":{}}", "{'a':'b'}", "[[[[[[[[[")) {
      body("POST", "failing/body", bad, 400);
    }
  }
}
