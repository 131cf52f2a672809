package org.eclipse.kura.wire.store.provider;

import java.util.List;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.wire.WireRecord;
import org.osgi.annotation.versioning.ProviderType;

/** Answers queries with wire records. */
@ProviderType
public interface QueryableWireRecordStoreProvider {

  List<WireRecord> performQuery(String name) throws KuraStoreException;
}
