package org.penstock.core.configuration;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;

/** The text form of encryption that the contract states, with a fixed key; nothing else. */
final class DeviceCrypto implements CryptoService {

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;

  DeviceCrypto(String sixteen) {
    this.key = new SecretKeySpec(sixteen.getBytes(US_ASCII), "AES");
  }

  @Override
  public char[] encryptAes(char[] text) throws KuraException {
    return sealed(new String(text).getBytes(UTF_8));
  }

  private char[] sealed(byte[] plain) throws KuraException {
    try {
      byte[] iv = new byte[12];
      random.nextBytes(iv);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, iv));
      byte[] sealed = cipher.doFinal(plain);
      Base64.Encoder base64 = Base64.getEncoder();
      return (base64.encodeToString(iv) + "-" + base64.encodeToString(sealed)).toCharArray();
    } catch (GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.ENCODE_ERROR, e, "encryption");
    }
  }

  @Override
  public char[] decryptAes(char[] text) throws KuraException {
    return text.length == 0 ? text : new String(clear(text), UTF_8).toCharArray();
  }

  private byte[] clear(char[] text) throws KuraException {
    String[] parts = new String(text).split("-");
    try {
      if (parts.length != 2) {
        throw new IllegalArgumentException("not two parts");
      }
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      byte[] iv = Base64.getDecoder().decode(parts[0]);
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, iv));
      return cipher.doFinal(Base64.getDecoder().decode(parts[1]));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, e, "decryption");
    }
  }

  @Override
  public String encryptAes(String text) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String decryptAes(String text) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String hash(String text, String algorithm) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String encodeBase64(String text) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String decodeBase64(String text) {
    throw new UnsupportedOperationException();
  }

  @Override
  public char[] getKeyStorePassword(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setKeyStorePassword(String path, char[] password) {
    throw new UnsupportedOperationException();
  }

  @Override
  @Deprecated
  public void setKeyStorePassword(String path, String password) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isFrameworkSecure() {
    return false;
  }

  @Override
  public OutputStream aesEncryptingStream(OutputStream out) {
    return new ByteArrayOutputStream() {
      @Override
      public void close() throws IOException {
        try (out) {
          out.write(new String(sealed(toByteArray())).getBytes(US_ASCII));
        } catch (KuraException e) {
          throw new IOException(e);
        }
      }
    };
  }

  @Override
  public InputStream aesDecryptingStream(InputStream in) throws KuraException {
    try (in) {
      String text = new String(in.readAllBytes(), UTF_8).trim();
      return new ByteArrayInputStream(clear(text.toCharArray()));
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, e, "decryption");
    }
  }
}
