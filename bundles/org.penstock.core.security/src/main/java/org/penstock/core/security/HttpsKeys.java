package org.penstock.core.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.penstock.api.security.ServerKeys.KeyStoreFile;
import org.penstock.api.storage.DurableStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key store of the HTTPS server: read, or made when it is missing, damaged or about to expire. */
final class HttpsKeys {

  private static final Logger LOG = LoggerFactory.getLogger(HttpsKeys.class);
  private static final Duration RENEW = Duration.ofDays(30);
  private static final String ALIAS = "https";

  private final Path file;
  private final Path passwordFile;
  private final DurableStorage storage;
  private final CryptoService crypto;

  HttpsKeys(Path keys, DurableStorage storage, CryptoService crypto) {
    file = keys.resolve("https.p12");
    passwordFile = keys.resolve("https.password");
    this.storage = storage;
    this.crypto = crypto;
  }

  KeyStoreFile open(Instant now) throws GeneralSecurityException, IOException, KuraException {
    if (Files.exists(file) && Files.exists(passwordFile)) {
      try {
        String password = password();
        Instant expiry = expiry(password);
        if (expiry.isAfter(now.plus(RENEW))) {
          return new KeyStoreFile(file, password);
        }
        LOG.info("the server's certificate expires at {}: a new one is made", expiry);
      } catch (GeneralSecurityException | IOException | KuraException e) {
        Path aside = file.resolveSibling("https.p12.damaged");
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        LOG.warn(
            "key store {} can't be read ({}): it is kept as {}, a new one is made",
            file,
            e.getMessage(),
            aside);
      }
    }
    return make(now);
  }

  private KeyStoreFile make(Instant now)
      throws GeneralSecurityException, IOException, KuraException {
    Certificates.Made made = Certificates.make(now);
    String password = AdminPassword.generate();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        ALIAS,
        made.keys().getPrivate(),
        password.toCharArray(),
        new Certificate[] {made.certificate()});
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, password.toCharArray());
    String encrypted = new String(crypto.encryptAes(password.toCharArray()));
    storage.replace(passwordFile, encrypted.getBytes(StandardCharsets.US_ASCII));
    storage.replace(file, bytes.toByteArray());
    return new KeyStoreFile(file, password);
  }

  private String password() throws IOException, KuraException {
    return new String(crypto.decryptAes(Files.readString(passwordFile).strip().toCharArray()));
  }

  private Instant expiry(String password) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password.toCharArray());
    }
    if (!(store.getCertificate(ALIAS) instanceof X509Certificate certificate)) {
      throw new GeneralSecurityException("it has no certificate named " + ALIAS);
    }
    return certificate.getNotAfter().toInstant();
  }
}
