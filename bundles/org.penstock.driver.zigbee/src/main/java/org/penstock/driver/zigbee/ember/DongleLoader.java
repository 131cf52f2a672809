package org.penstock.driver.zigbee.ember;

import com.zsmartsystems.zigbee.transport.ZigBeePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Loads the library's EZSP dongle once for each stick: it keeps the protocol's version in a static
 * field, so that two sticks with unlike firmware would break each other.
 */
final class DongleLoader extends ClassLoader {

  private static final String LIBRARY = "com.zsmartsystems.zigbee.dongle.ember.";
  private static final String OURS = "org.penstock.driver.zigbee.ember.EmberDongle";

  DongleLoader() {
    super(DongleLoader.class.getClassLoader());
  }

  /** A dongle with classes of its own. */
  static EmberTransport dongle(ZigBeePort port) {
    try {
      return (EmberTransport)
          new DongleLoader().loadClass(OURS).getConstructor(ZigBeePort.class).newInstance(port);
    } catch (ReflectiveOperationException incomplete) {
      throw new IllegalStateException("the bundle lacks the EZSP dongle", incomplete);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(LIBRARY) && !name.equals(OURS) && !name.startsWith(OURS + '$')) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] code = in.readAllBytes();
      return defineClass(name, code, 0, code.length);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
