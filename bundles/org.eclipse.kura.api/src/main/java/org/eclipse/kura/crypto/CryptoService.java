package org.eclipse.kura.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Encrypts, decrypts and hashes texts with the device's key. */
@ProviderType
public interface CryptoService {

  char[] encryptAes(char[] characters) throws KuraException;

  char[] decryptAes(char[] characters) throws KuraException;

  @Deprecated
  String encryptAes(String name)
      throws NoSuchAlgorithmException,
          NoSuchPaddingException,
          InvalidKeyException,
          IllegalBlockSizeException,
          BadPaddingException;

  @Deprecated
  String decryptAes(String name)
      throws NoSuchAlgorithmException,
          NoSuchPaddingException,
          InvalidKeyException,
          IOException,
          IllegalBlockSizeException,
          BadPaddingException;

  default String sha1Hash(String name)
      throws NoSuchAlgorithmException, UnsupportedEncodingException {
    return hash(name, "SHA-1");
  }

  default String sha256Hash(String name)
      throws NoSuchAlgorithmException, UnsupportedEncodingException {
    return hash(name, "SHA-256");
  }

  String hash(String name, String name2)
      throws NoSuchAlgorithmException, UnsupportedEncodingException;

  String encodeBase64(String name) throws NoSuchAlgorithmException, UnsupportedEncodingException;

  String decodeBase64(String name) throws NoSuchAlgorithmException, UnsupportedEncodingException;

  char[] getKeyStorePassword(String name);

  void setKeyStorePassword(String name, char[] characters) throws KuraException;

  @Deprecated
  void setKeyStorePassword(String name, String name2) throws IOException;

  boolean isFrameworkSecure();

  OutputStream aesEncryptingStream(OutputStream outputStream) throws KuraException;

  InputStream aesDecryptingStream(InputStream inputStream) throws KuraException;
}
