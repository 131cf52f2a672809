package org.penstock.console.rest;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/** Bodies in JSON: absent values are left out, numbers that are no numbers are refused. */
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
final class JsonBody implements MessageBodyReader<Object>, MessageBodyWriter<Object> {

  /** What is said of a body that is not there. */
  static final String EMPTY = "the body is empty; expected is JSON";

  private final Gson gson =
      new GsonBuilder().disableHtmlEscaping().setStrictness(Strictness.STRICT).create();

  @Override
  public boolean isReadable(Class<?> type, Type generic, Annotation[] notes, MediaType media) {
    return isJson(media) && type != String.class && type != byte[].class;
  }

  @Override
  public Object readFrom(
      Class<Object> type,
      Type generic,
      Annotation[] notes,
      MediaType media,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    try {
      Object value = gson.fromJson(new InputStreamReader(body, StandardCharsets.UTF_8), generic);
      if (value == null) {
        throw new BadRequestException(EMPTY);
      }
      return value;
    } catch (JsonParseException | NumberFormatException e) {
      // a text where a number belongs: Gson's adapters let the second one out as it is
      throw new BadRequestException("the body is not the JSON expected here: " + reason(e), e);
    }
  }

  private static String reason(RuntimeException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String text =
        cause instanceof NumberFormatException
            ? "a number is expected, and there is something else: " + cause.getMessage()
            : String.valueOf(cause.getMessage());
    int link = text.indexOf("\nSee ");
    return link < 0 ? text : text.substring(0, link);
  }

  @Override
  public boolean isWriteable(Class<?> type, Type generic, Annotation[] notes, MediaType media) {
    return isJson(media) && type != byte[].class;
  }

  @Override
  public void writeTo(
      Object value,
      Class<?> type,
      Type generic,
      Annotation[] notes,
      MediaType media,
      MultivaluedMap<String, Object> headers,
      OutputStream body)
      throws IOException {
    Writer writer = new OutputStreamWriter(body, StandardCharsets.UTF_8);
    gson.toJson(value, value.getClass(), writer);
    writer.flush();
  }

  private static boolean isJson(MediaType media) {
    return media == null || media.isCompatible(MediaType.APPLICATION_JSON_TYPE);
  }
}
