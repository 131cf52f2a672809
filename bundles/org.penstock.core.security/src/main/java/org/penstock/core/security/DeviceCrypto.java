package org.penstock.core.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.BadPaddingException;
import javax.crypto.SecretKey;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.storage.DurableStorage;

/** Kura's CryptoService with this box's own key. Any thread may call. */
@Component(service = {CryptoService.class, DeviceCrypto.class})
public final class DeviceCrypto implements CryptoService {

  private static final String DEFAULT_STORE_PASSWORD = "changeit";

  private final AtomicReference<KeyRing> ring;
  private final Path keyFile;
  private final boolean given;
  private final DurableStorage storage;
  private final Path passwords;

  /** Called by the component runtime. */
  @Activate
  public DeviceCrypto(BundleContext context, @Reference DurableStorage storage) throws IOException {
    this(
        Path.of(context.getProperty("penstock.home")),
        System.getProperty(DeviceKey.PROPERTY),
        storage);
  }

  DeviceCrypto(Path home, String givenKey, DurableStorage storage) throws IOException {
    this.storage = storage;
    passwords = home.resolve("keys").resolve("store.save");
    keyFile = home.resolve("keys").resolve("device.key");
    given = givenKey != null;
    ring = new AtomicReference<>(new KeyRing(DeviceKey.load(keyFile, givenKey, storage)));
  }

  @Override
  public char[] encryptAes(char[] value) throws KuraException {
    try {
      return ring.get().encrypt(AesText.utf8(value)).toCharArray();
    } catch (GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.ENCODE_ERROR, e, "the value could not be encrypted");
    }
  }

  @Override
  public char[] decryptAes(char[] value) throws KuraException {
    try {
      return new String(ring.get().decrypt(new String(value)), StandardCharsets.UTF_8)
          .toCharArray();
    } catch (GeneralSecurityException e) {
      throw new KuraException(
          KuraErrorCode.DECODER_ERROR,
          e,
          "the value was not encrypted with this box's key, or was changed");
    }
  }

  @Override
  @Deprecated
  public String encryptAes(String value) throws InvalidKeyException {
    try {
      return ring.get().encrypt(value.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new InvalidKeyException(e);
    }
  }

  @Override
  @Deprecated
  public String decryptAes(String value) throws BadPaddingException {
    try {
      return new String(ring.get().decrypt(value), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      BadPaddingException failure = new BadPaddingException(e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  /** Writes in pieces: nothing but a few kilobytes is held. */
  @Override
  public OutputStream aesEncryptingStream(OutputStream destination) throws KuraException {
    try {
      return ring.get().encrypting(destination);
    } catch (IOException | GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.ENCODE_ERROR, e, "the stream can't be encrypted");
    }
  }

  /**
   * Gives nothing out that was changed: the source is read to its end first. A {@link
   * java.io.FileInputStream} is then read again, piece by piece; any other source is held in memory.
   */
  @Override
  public InputStream aesDecryptingStream(InputStream source) throws KuraException {
    try {
      return ring.get().decrypting(source);
    } catch (IOException | GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, e, "the stream can't be decrypted");
    }
  }

  @Override
  public String hash(String text, String algorithm) throws NoSuchAlgorithmException {
    byte[] digest =
        MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(digest);
  }

  @Override
  public String encodeBase64(String text) {
    return text == null
        ? null
        : Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String decodeBase64(String text) {
    return text == null
        ? null
        : new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }

  @Override
  public char[] getKeyStorePassword(String keyStorePath) {
    if (!Files.exists(passwords)) {
      return DEFAULT_STORE_PASSWORD.toCharArray();
    }
    try {
      String encrypted = storePasswords().getProperty(keyStorePath);
      return encrypted == null ? null : decryptAes(encrypted.toCharArray());
    } catch (IOException e) {
      throw new UncheckedIOException("key store passwords in " + passwords + " can't be read", e);
    } catch (KuraException e) {
      throw new IllegalStateException(
          "the password of " + keyStorePath + " in " + passwords + ": " + e.getMessage(), e);
    }
  }

  /** The key was given from outside: it can't be changed here. */
  boolean keyIsGiven() {
    return given;
  }

  /** A rotation is under way. */
  boolean hasOldKeys() {
    return ring.get().keys().size() > 1;
  }

  /** From now on another key encrypts; those before still decrypt. */
  void addKey() throws IOException {
    List<SecretKey> keys = new ArrayList<>();
    keys.add(DeviceKey.fresh());
    keys.addAll(ring.get().keys());
    DeviceKey.keep(keyFile, keys, storage);
    ring.set(new KeyRing(keys));
  }

  /** Only the newest key is left. */
  void forgetOldKeys() throws IOException {
    List<SecretKey> newest = ring.get().keys().subList(0, 1);
    DeviceKey.keep(keyFile, newest, storage);
    ring.set(new KeyRing(newest));
  }

  /** Seals the passwords of key stores with the newest key. */
  void sealStorePasswordsAnew() throws KuraException {
    try {
      Properties properties = storePasswords();
      for (String path : properties.stringPropertyNames()) {
        char[] clear = decryptAes(properties.getProperty(path).toCharArray());
        properties.setProperty(path, new String(encryptAes(clear)));
      }
      if (!properties.isEmpty()) {
        keep(properties);
      }
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.IO_ERROR, e, passwords.toString());
    }
  }

  private void keep(Properties properties) throws IOException {
    StringWriter text = new StringWriter();
    properties.store(text, null);
    storage.replace(passwords, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private Properties storePasswords() throws IOException {
    Properties properties = new Properties();
    if (Files.exists(passwords)) {
      properties.load(new StringReader(Files.readString(passwords)));
    }
    return properties;
  }

  @Override
  public void setKeyStorePassword(String keyStorePath, char[] password) throws KuraException {
    try {
      Properties properties = storePasswords();
      properties.setProperty(keyStorePath, new String(encryptAes(password)));
      keep(properties);
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.IO_ERROR, e, passwords.toString());
    }
  }

  @Override
  @Deprecated
  public void setKeyStorePassword(String keyStorePath, String password) throws IOException {
    try {
      setKeyStorePassword(keyStorePath, password.toCharArray());
    } catch (KuraException e) {
      throw new IOException(e);
    }
  }

  @Override
  public boolean isFrameworkSecure() {
    return false;
  }
}
