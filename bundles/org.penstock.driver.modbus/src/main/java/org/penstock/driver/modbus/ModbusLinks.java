package org.penstock.driver.modbus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.penstock.api.job.JobKind;
import org.penstock.driver.modbus.codec.AsciiFraming;
import org.penstock.driver.modbus.codec.RtuFraming;
import org.penstock.driver.modbus.codec.TcpFraming;
import org.penstock.driver.modbus.link.Link;
import org.penstock.driver.modbus.link.LinkOptions;
import org.penstock.driver.modbus.link.NetworkLinks;
import org.penstock.driver.modbus.link.NetworkLoop;
import org.penstock.driver.modbus.link.SerialLink;
import org.penstock.link.serial.SerialLines;
import org.penstock.link.serial.SerialSettings;

/**
 * The links of this bundle: one owner for each address, however many driver instances use it. Exists
 * while an instance does. Any thread may call.
 */
@Component(service = ModbusLinks.class)
public final class ModbusLinks {

  private final NetworkLoop loop;
  private final Map<LinkAddress, Shared> links = new HashMap<>(); // guarded by itself

  private final Map<String, ModbusSession> sessions = new ConcurrentHashMap<>();
  private final List<ServiceRegistration<?>> jobs = new ArrayList<>();

  private record Shared(Link link, int users) {}

  /** What a new link needs besides its address. */
  record Recipe(SerialSettings serial, NetworkLinks.Engines engines, LinkOptions options) {}

  /** Starts the thread of all network links, and offers jobs. */
  @Activate
  public ModbusLinks(BundleContext context) throws IOException {
    this();
    for (JobKind kind : ModbusJobs.kinds(sessions)) {
      jobs.add(context.registerService(JobKind.class, kind, null));
    }
  }

  /** For tests: without a framework. */
  ModbusLinks() throws IOException {
    loop = new NetworkLoop("driver/modbus/network");
  }

  /** A driver instance that jobs can name. */
  void enter(String pid, ModbusSession session) {
    sessions.put(pid, session);
  }

  /** The instance ends. */
  void leave(String pid, ModbusSession session) {
    sessions.remove(pid, session);
  }

  /** Driver instances by pid. */
  Map<String, ModbusSession> sessions() {
    return sessions;
  }

  /** For servers. */
  NetworkLoop loop() {
    return loop;
  }

  /** The link to this address; a new one is made by this recipe. To be given back. */
  Link borrow(LinkAddress address, Recipe recipe) {
    synchronized (links) {
      Shared shared = links.get(address);
      Link link = shared == null ? open(address, recipe) : shared.link();
      links.put(address, new Shared(link, shared == null ? 1 : shared.users() + 1));
      return link;
    }
  }

  private Link open(LinkAddress address, Recipe recipe) {
    LinkOptions options = recipe.options();
    String host = address.host();
    int port = address.port();
    return switch (address.type()) {
      case TCP -> NetworkLinks.tcp(loop, host, port, new TcpFraming(), options);
      case TLS -> NetworkLinks.tls(loop, host, port, recipe.engines(), options);
      case UDP -> NetworkLinks.udp(loop, host, port, options);
      case RTU_OVER_TCP -> NetworkLinks.tcp(loop, host, port, new RtuFraming(), options);
      case ASCII_OVER_TCP -> NetworkLinks.tcp(loop, host, port, new AsciiFraming(), options);
      case RTU -> new SerialLink(recipe.serial(), SerialLines::open, new RtuFraming(), options);
      case ASCII -> new SerialLink(recipe.serial(), SerialLines::open, new AsciiFraming(), options);
    };
  }

  /** The link is not used any more; the last user closes it. */
  void giveBack(LinkAddress address) {
    Shared last;
    synchronized (links) {
      Shared shared = links.remove(address);
      last = shared.users() == 1 ? shared : null;
      if (last == null) {
        links.put(address, new Shared(shared.link(), shared.users() - 1));
      }
    }
    if (last != null) {
      last.link().close();
    }
  }

  /** Ends the thread and all links. */
  @Deactivate
  void close() {
    jobs.forEach(ServiceRegistration::unregister);
    loop.close();
  }
}
