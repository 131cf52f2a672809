package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.security.auth.x500.X500Principal;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;
import org.penstock.api.rest.RestResource;
import org.penstock.console.rest.KeystoreJson.Csr;
import org.penstock.console.rest.KeystoreJson.CsrWish;
import org.penstock.console.rest.KeystoreJson.Entry;
import org.penstock.console.rest.KeystoreJson.NewCertificate;
import org.penstock.console.rest.KeystoreJson.NewKey;
import org.penstock.console.rest.KeystoreJson.NewPair;
import org.penstock.console.rest.KeystoreJson.Place;
import org.penstock.console.rest.KeystoreJson.Store;

/** Kura's {@code keystores/v1} and {@code keystores/v2}. */
@Component(service = KeystoresResource.class, property = RestResource.PROPERTY)
@Path("keystores/{version:v1|v2}")
@RolesAllowed("rest.keystores")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class KeystoresResource {

  private static final String PID = "kura.service.pid";

  private final ServiceTracker<KeystoreService, KeystoreService> stores;

  /** Called by the component runtime. */
  @Activate
  public KeystoresResource(BundleContext context) {
    stores = new ServiceTracker<>(context, KeystoreService.class, null);
    stores.open();
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    stores.close();
  }

  private Map<String, KeystoreService> all() {
    Map<String, KeystoreService> all = new TreeMap<>();
    for (Map.Entry<ServiceReference<KeystoreService>, KeystoreService> one :
        stores.getTracked().entrySet()) {
      if (one.getKey().getProperty(PID) instanceof String pid) {
        all.put(pid, one.getValue());
      }
    }
    return all;
  }

  private KeystoreService store(String pid) {
    if (pid == null) {
      throw new BadRequestException("keystoreServicePid is missing");
    }
    KeystoreService store = all().get(pid);
    if (store == null) {
      throw new NotFoundException("there is no key store " + pid);
    }
    return store;
  }

  private static String alias(String alias) {
    if (alias == null || alias.isBlank()) {
      throw new BadRequestException("alias is missing");
    }
    return alias;
  }

  /** All key stores. */
  @GET
  public List<Store> list() throws KuraException {
    List<Store> list = new ArrayList<>();
    for (Map.Entry<String, KeystoreService> one : all().entrySet()) {
      KeyStore store = one.getValue().getKeyStore();
      list.add(new Store(one.getKey(), store.getType(), one.getValue().getAliases().size()));
    }
    return list;
  }

  /** Entries of all or one key store. */
  @GET
  @Path("entries")
  public List<Entry> entries(
      @QueryParam("keystoreServicePid") String pid, @QueryParam("alias") String alias)
      throws KuraException {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, KeystoreService> store : all().entrySet()) {
      if (pid == null || pid.equals(store.getKey())) {
        store
            .getValue()
            .getEntries()
            .forEach(
                (name, entry) -> {
                  if (alias == null || alias.equals(name)) {
                    entries.add(KeystoreJson.entry(store.getKey(), name, entry, false));
                  }
                });
      }
    }
    return entries;
  }

  /** One entry with its certificates. */
  @GET
  @Path("entries/entry")
  public Entry entry(
      @QueryParam("keystoreServicePid") String pid, @QueryParam("alias") String alias)
      throws KuraException {
    KeyStore.Entry entry = store(pid).getEntry(alias(alias));
    if (entry == null) {
      throw new NotFoundException("key store " + pid + " has no entry " + alias);
    }
    return KeystoreJson.entry(pid, alias, entry, true);
  }

  /** A request for a certificate of a key that is there. */
  @POST
  @Path("entries/csr")
  public Csr csr(CsrWish wish) throws KuraException {
    return new Csr(
        store(wish.keystoreServicePid())
            .getCSR(alias(wish.alias()), principal(wish.attributes()), wish.signatureAlgorithm()));
  }

  private static X500Principal principal(String attributes) {
    try {
      return new X500Principal(String.valueOf(attributes));
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("attributes " + attributes + ": give for example CN=gw1", e);
    }
  }

  /** Trusts a certificate. */
  @POST
  @Path("entries/certificate")
  public Response certificate(NewCertificate wish) throws KuraException {
    List<Certificate> given = Pem.certificates(List.of(String.valueOf(wish.certificate())));
    store(wish.keystoreServicePid())
        .setEntry(alias(wish.alias()), new KeyStore.TrustedCertificateEntry(given.get(0)));
    return Response.noContent().build();
  }

  /** Makes a key with a certificate signed by itself. */
  @POST
  @Path("entries/keypair")
  public Response pair(NewPair wish) throws KuraException {
    if (wish.algorithm() == null || wish.size() == null || wish.signatureAlgorithm() == null) {
      throw new BadRequestException(
          "give {\"keystoreServicePid\",\"alias\",\"algorithm\":\"RSA\",\"size\":3072,"
              + "\"signatureAlgorithm\":\"SHA256withRSA\",\"attributes\":\"CN=gw1\"}");
    }
    KeystoreService store = store(wish.keystoreServicePid());
    store.createKeyPair(
        alias(wish.alias()),
        wish.algorithm(),
        wish.size(),
        wish.signatureAlgorithm(),
        principal(wish.attributes()).getName());
    return Response.noContent().build();
  }

  /** Stores a private key with its chain, or the chain that an authority made for a key here. */
  @POST
  @Path("entries/privatekey")
  public Response key(NewKey wish) throws KuraException {
    KeystoreService store = store(wish.keystoreServicePid());
    Certificate[] chain =
        Pem.certificates(KeystoreJson.nonNull(wish.certificateChain())).toArray(Certificate[]::new);
    PrivateKey key;
    if (wish.privateKey() != null) {
      key = Pem.key(wish.privateKey(), chain[0].getPublicKey().getAlgorithm());
    } else if (store.getEntry(alias(wish.alias())) instanceof KeyStore.PrivateKeyEntry own) {
      key = own.getPrivateKey();
    } else {
      throw new BadRequestException("there is no key " + wish.alias() + "; give privateKey too");
    }
    store.setEntry(alias(wish.alias()), new KeyStore.PrivateKeyEntry(key, chain));
    return Response.noContent().build();
  }

  /** Removes an entry. */
  @DELETE
  @Path("entries")
  public Response delete(Place place) throws KuraException {
    KeystoreService store = store(place.keystoreServicePid());
    if (store.getEntry(alias(place.alias())) == null) {
      throw new NotFoundException("there is no entry " + place.alias());
    }
    store.deleteEntry(place.alias());
    return Response.noContent().build();
  }
}
