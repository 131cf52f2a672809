package org.penstock.console.rest;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.ByteArrayInputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

  record Order(Integer port, Double value) {}

  /** Without it an empty text where a number belongs is an internal error (500) again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"value\":\"\"}",
        "{\"value\":\"many\"}",
        "{\"port\":\"\"}",
        "{\"port\":1e999}",
        "{"
      })
  void aTextWhereANumberBelongsIsRefusedInWords(String body) {
    BadRequestException refused =
        assertThrows(BadRequestException.class, () -> read(body), "not refused");
    String words = refused.getMessage();
    assertTrue(words.startsWith("the body is not the JSON expected here: "), words);
  }

  @SuppressWarnings("unchecked")
  private static Object read(String body) throws Exception {
    return new JsonBody()
        .readFrom(
            (Class<Object>) (Class<?>) Order.class,
            Order.class,
            new Annotation[0],
            MediaType.APPLICATION_JSON_TYPE,
            new MultivaluedHashMap<>(),
            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }
}
