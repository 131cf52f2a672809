package org.penstock.driver.modbus;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.penstock.driver.modbus.codec.TcpFraming;
import org.penstock.driver.modbus.link.Link;
import org.penstock.driver.modbus.link.LinkOptions;
import org.penstock.driver.modbus.link.TcpLink;
import org.penstock.driver.modbus.link.TcpLoop;

/**
 * The links of this bundle: one owner for each address, however many driver instances use it. Exists
 * while an instance does. Any thread may call.
 */
@Component(service = ModbusLinks.class)
public final class ModbusLinks {

  private final TcpLoop loop;
  private final Map<Address, Shared> links = new HashMap<>(); // guarded by itself

  /**
   * What makes two instances share a link.
   *
   * @param host as configured
   * @param port TCP
   */
  record Address(String host, int port) {}

  private record Shared(Link link, int users) {}

  /** Starts the thread of all network links. */
  @Activate
  public ModbusLinks() throws IOException {
    loop = new TcpLoop("driver/modbus/tcp");
  }

  /** The link to this address; a new one has these options. To be given back. */
  Link borrow(Address address, LinkOptions options) {
    synchronized (links) {
      Shared shared = links.get(address);
      Link link =
          shared == null
              ? new TcpLink(loop, address.host(), address.port(), new TcpFraming(), options)
              : shared.link();
      links.put(address, new Shared(link, shared == null ? 1 : shared.users() + 1));
      return link;
    }
  }

  /** The link is not used any more; the last user closes it. */
  void giveBack(Address address) {
    synchronized (links) {
      Shared shared = links.remove(address);
      if (shared.users() > 1) {
        links.put(address, new Shared(shared.link(), shared.users() - 1));
      } else {
        shared.link().close();
      }
    }
  }

  /** Ends the thread and all links. */
  @Deactivate
  void close() {
    loop.close();
  }
}
