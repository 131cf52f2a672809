package org.eclipse.kura.wire.store.provider;

import java.util.List;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.wire.WireRecord;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps wire records. */
@ProviderType
public interface WireRecordStore {

  void truncate(int number) throws KuraStoreException;

  int getSize() throws KuraStoreException;

  void insertRecords(List<WireRecord> list) throws KuraStoreException;

  void close();
}
