package org.eclipse.kura.identity;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Gives the text that is shown before a login. */
@ProviderType
public interface LoginBannerService {

  Optional<String> getPreLoginBanner();

  Optional<String> getPostLoginBanner();
}
