package org.penstock.core.security.keystore;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore.Entry;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.security.KeyImport;

/** Imports files into whichever key store has the pid. */
@Component
public final class KeyImporter implements KeyImport {

  private final BundleContext context;

  /** Called by the component runtime. */
  @Activate
  public KeyImporter(BundleContext context) {
    this.context = context;
  }

  @Override
  public List<String> importFile(String keystorePid, String alias, byte[] file, char[] password)
      throws KuraException {
    String pid = keystorePid.replaceAll("([\\\\*()])", "\\\\$1");
    try {
      for (ServiceReference<KeystoreService> found :
          context.getServiceReferences(KeystoreService.class, "(kura.service.pid=" + pid + ")")) {
        KeystoreService store = context.getService(found);
        if (store != null) {
          return into(store, alias, file, password);
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, e, "no pid: " + keystorePid);
    }
    throw new KuraException(KuraErrorCode.NOT_FOUND, "no key store has the pid " + keystorePid);
  }

  static List<String> into(KeystoreService store, String alias, byte[] file, char[] password)
      throws KuraException {
    List<Entry> entries;
    try {
      entries = KeyFiles.read(file, password);
    } catch (GeneralSecurityException | IOException e) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, e, "import: " + e.getMessage());
    }
    if (entries.isEmpty()) {
      throw new KuraException(
          KuraErrorCode.INVALID_PARAMETER, "import: the file holds neither key nor certificate");
    }
    List<String> aliases = new ArrayList<>();
    for (Entry entry : entries) {
      String name = aliases.isEmpty() ? alias : alias + "-" + (aliases.size() + 1);
      store.setEntry(name, entry);
      aliases.add(name);
    }
    return aliases;
  }
}
