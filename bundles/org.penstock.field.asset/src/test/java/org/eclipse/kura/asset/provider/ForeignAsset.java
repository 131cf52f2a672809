package org.eclipse.kura.asset.provider;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.eclipse.kura.driver.PreparedRead;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentContext;

/** An asset as an add-on would derive it, outside of a framework. */
public final class ForeignAsset extends BaseAsset {

  private final StringBuffer preparedReads = new StringBuffer();

  /** Activates it with a context in which nothing is found. */
  public void begin(Map<String, Object> properties) {
    BundleContext nowhere = proxy(BundleContext.class, null);
    activate(proxy(ComponentContext.class, nowhere), properties);
  }

  @SuppressWarnings("unchecked")
  private static <T> T proxy(Class<T> type, Object bundleContext) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) ->
                method.getName().equals("getBundleContext")
                    ? bundleContext
                    : method.getName().equals("createFilter")
                        ? org.osgi.framework.FrameworkUtil.createFilter((String) args[0])
                        : null);
  }

  /** "+1" for each prepared read made, "-1" for each released. */
  public String preparedReads() {
    return preparedReads.toString();
  }

  @Override
  protected void onPreparedReadCreated(PreparedRead preparedRead) {
    preparedReads.append("+1");
  }

  @Override
  protected void onPreparedReadReleased(PreparedRead preparedRead) {
    preparedReads.append("-1");
  }
}
