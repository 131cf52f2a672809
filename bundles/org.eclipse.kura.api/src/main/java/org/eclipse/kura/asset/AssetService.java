package org.eclipse.kura.asset;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Finds assets by pid and pids by asset. */
@ProviderType
public interface AssetService {

  Asset getAsset(String name);

  String getAssetPid(Asset asset);

  List<Asset> listAssets();
}
