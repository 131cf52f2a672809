package org.penstock.acceptance.configuration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate authority by the JDK's own tool: what a plant's engineer would use. */
public final class Keytool {

  /** Of every store. */
  public static final String PASSWORD = "changeit";

  private final Path folder;

  /** An authority in a folder of its own. */
  public Keytool(Path folder) {
    this.folder = folder;
    run(
        "-genkeypair -alias ca -dname CN=PlantCA -ext bc:c -ext ku:c=keyCertSign,cRLSign -keyalg EC"
            + " -groupname secp256r1 -validity 3650 -keystore ca.p12");
    run("-exportcert -rfc -alias ca -keystore ca.p12 -file ca.pem");
  }

  private void run(String arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-storepass", PASSWORD, "-noprompt"));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("keytool.txt").toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError(
            "keytool " + arguments + ": " + Files.readString(folder.resolve("keytool.txt")));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Its certificate, in PEM. */
  public Path authority() {
    return folder.resolve("ca.pem");
  }

  /** A key store with a key signed by the authority, and the authority's certificate. */
  public Path issue(String name) {
    return issue(name, "");
  }

  /** The same; relying parties ask the OCSP responder at the address, where one is given. */
  Path issue(String name, String responder) {
    String store = " -keystore " + name + ".p12";
    run(
        "-genkeypair -alias "
            + name
            + " -dname CN="
            + name
            + " -keyalg RSA -keysize 2048 -validity 30"
            + store);
    run("-certreq -alias " + name + " -file " + name + ".csr" + store);
    run(
        "-gencert -alias ca -ext san=dns:localhost,ip:127.0.0.1 "
            + (responder.isEmpty() ? "" : "-ext aia=ocsp:uri:" + responder + " ")
            + "-validity 30 -rfc -infile "
            + name
            + ".csr -outfile "
            + name
            + ".pem -keystore ca.p12");
    run("-importcert -alias ca -file ca.pem" + store);
    run("-importcert -alias " + name + " -file " + name + ".pem" + store);
    return folder.resolve(name + ".p12");
  }

  /** The key in PEM, as mosquitto wants it. */
  Path key(String name) {
    try (var in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      Key key = store.getKey(name, PASSWORD.toCharArray());
      return write(name + "-key.pem", "PRIVATE KEY", key.getEncoded());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Path certificate(String name) {
    try (var in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      Certificate certificate = store.getCertificate(name);
      return write(name + "-cert.pem", "CERTIFICATE", certificate.getEncoded());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificate as bytes, as tools of tokens want it. */
  Path der(String name) {
    try (var in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      return Files.write(folder.resolve(name + ".der"), store.getCertificate(name).getEncoded());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path write(String file, String kind, byte[] content) throws IOException {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    String pem =
        "-----BEGIN "
            + kind
            + "-----\n"
            + lines.encodeToString(content)
            + "\n-----END "
            + kind
            + "-----\n";
    return Files.writeString(folder.resolve(file), pem);
  }
}
