package org.penstock.cloud.connection.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloud.CloudPayloadEncoding;
import org.eclipse.kura.message.KuraPayload;

/**
 * How an endpoint sends payloads. Any thread may call.
 *
 * @param encoding protobuf or JSON
 * @param gzip the whole message is compressed
 */
public record PayloadForm(CloudPayloadEncoding encoding, boolean gzip) {

  /** A message of more than that is not unpacked: it would fill the memory. */
  private static final int MOST_UNPACKED = 64 << 20;

  /**
   * Payload to bytes.
   *
   * @throws KuraException ENCODE_ERROR: a metric's class can't be sent
   */
  public byte[] encode(KuraPayload payload) throws KuraException {
    byte[] plain =
        encoding == CloudPayloadEncoding.SIMPLE_JSON
            ? SimpleJson.encode(payload)
            : KuraProtobuf.encode(payload);
    return gzip ? packed(plain) : plain;
  }

  /** Bytes to payload; compression is detected. What can't be read becomes the body. */
  public KuraPayload decode(byte[] bytes) {
    byte[] plain = unpacked(bytes);
    try {
      return encoding == CloudPayloadEncoding.SIMPLE_JSON
          ? SimpleJson.decode(plain)
          : KuraProtobuf.decode(plain);
    } catch (MalformedPayload e) {
      KuraPayload raw = new KuraPayload();
      raw.setBody(bytes);
      return raw;
    }
  }

  private static byte[] packed(byte[] plain) throws KuraException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.ENCODE_ERROR, e, e.getMessage());
    }
    return out.toByteArray();
  }

  private static byte[] unpacked(byte[] bytes) {
    if (bytes.length < 2 || bytes[0] != 0x1f || bytes[1] != (byte) 0x8b) {
      return bytes;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] plain = in.readNBytes(MOST_UNPACKED);
      return in.read() < 0 ? plain : bytes;
    } catch (IOException e) {
      return bytes;
    }
  }
}
