package org.penstock.field.asset;

import java.util.List;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Kura's look-up of assets. */
@Component
public final class Assets implements AssetService {

  private final ServiceDirectory<Asset> directory;

  /** Made by the framework. */
  @Activate
  public Assets(BundleContext context) {
    directory = new ServiceDirectory<>(context, Asset.class);
  }

  @Deactivate
  void close() {
    directory.close();
  }

  @Override
  public Asset getAsset(String assetPid) {
    return directory.find(assetPid).map(ServiceDirectory.Entry::service).orElse(null);
  }

  @Override
  public String getAssetPid(Asset asset) {
    return directory.pidOf(asset);
  }

  @Override
  public List<Asset> listAssets() {
    return directory.all().stream().map(ServiceDirectory.Entry::service).toList();
  }
}
