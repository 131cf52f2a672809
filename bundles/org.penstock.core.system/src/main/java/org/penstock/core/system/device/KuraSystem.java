package org.penstock.core.system.device;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.system.ExtendedProperties;
import org.eclipse.kura.system.InternetConnectionStatus;
import org.eclipse.kura.system.SystemResourceInfo;
import org.eclipse.kura.system.SystemService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kura's SystemService. Any thread may call; what it is told is read once, at start. */
@Component(service = SystemService.class, immediate = true)
public final class KuraSystem extends Facts {

  private static final Logger LOG = LoggerFactory.getLogger(KuraSystem.class);
  private static final int DNS_PORT = 53;
  private static final int REACH_MS = 1_000;
  private static final long COMMAND_S = 5;

  private final BundleContext context;
  private final String serialNumber;

  /** What is configured; absent until the configuration is read. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile GatewayProfile profile;

  /** Called by the component runtime. */
  @Activate
  public KuraSystem(BundleContext context) {
    this(context, new DeviceProperties(context::getProperty), new Host(Path.of("/")));
  }

  private KuraSystem(BundleContext context, DeviceProperties layers, Host host) {
    this(context, layers.load(), host);
    layers.complaints().forEach(text -> LOG.warn("System properties: {}", text));
  }

  KuraSystem(BundleContext context, Properties properties, Host host) {
    super(properties, host);
    this.context = context;
    this.serialNumber =
        Optional.ofNullable(text(KEY_SERIAL_NUM, null))
            .or(() -> provided(text("kura.serialNumber.provider", null)))
            .or(host::serial)
            .orElse(UNKNOWN);
  }

  /** The first line that the command prints. */
  private static Optional<String> provided(String command) {
    if (command == null) {
      return Optional.empty();
    }
    try {
      Process process = new ProcessBuilder(command.split("\\s+")).redirectErrorStream(true).start();
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        if (!process.waitFor(COMMAND_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
          process.destroyForcibly();
          LOG.warn("kura.serialNumber.provider: '{}' failed or took longer than 5 s", command);
          return Optional.empty();
        }
        return Optional.ofNullable(out.readLine()).map(String::strip).filter(s -> !s.isEmpty());
      }
    } catch (IOException e) {
      LOG.warn("kura.serialNumber.provider: '{}' can't be run: {}", command, e.getMessage());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public String getSerialNumber() {
    return serialNumber;
  }

  @Override
  public String getDeviceName() {
    GatewayProfile configured = profile;
    return configured == null ? super.getDeviceName() : configured.name(super.getDeviceName());
  }

  @Override
  public String getKuraVersion() {
    return text(KEY_KURA_VERSION, "PENSTOCK_" + product());
  }

  private String product() {
    return context.getBundle().getVersion().toString().replaceAll("\\.[^.]*$", "");
  }

  /** The version of Kura whose add-ons run here. */
  @Override
  public String getKuraMarketplaceCompatibilityVersion() {
    return text(KEY_KURA_MARKETPLACE_COMPATIBILITY_VERSION, "KURA_5.6.0");
  }

  @Override
  public String getOsgiFwName() {
    return text(KEY_OSGI_FW_NAME, UNKNOWN);
  }

  @Override
  public String getOsgiFwVersion() {
    return text(KEY_OSGI_FW_VERSION, UNKNOWN);
  }

  @Override
  public Bundle[] getBundles() {
    return context.getBundles();
  }

  @Override
  public List<SystemResourceInfo> getSystemPackages() {
    return host().packages();
  }

  @Override
  public String getPrimaryNetworkInterfaceName() {
    return text(KEY_PRIMARY_NET_IFACE, host().card().map(card -> card.getName()).orElse(UNKNOWN));
  }

  @Override
  public String getPrimaryMacAddress() {
    try {
      String name = text(KEY_PRIMARY_NET_IFACE, null);
      return Optional.ofNullable(name == null ? null : java.net.NetworkInterface.getByName(name))
          .or(host()::card)
          .flatMap(Host::mac)
          .orElse(null);
    } catch (IOException e) {
      return null; // as in Kura: no address is known
    }
  }

  @Override
  public Optional<ExtendedProperties> getExtendedProperties() {
    return Optional.empty();
  }

  /** Tries a connection and a name look-up; takes some seconds when there is no network. */
  @Override
  public InternetConnectionStatus getInternetConnectionStatus() {
    if (!reached(getInternetConnectionStatusCheckIp())) {
      return InternetConnectionStatus.UNAVAILABLE;
    }
    try {
      InetAddress.getByName(getInternetConnectionStatusCheckHost());
      return InternetConnectionStatus.FULL;
    } catch (UnknownHostException e) {
      return InternetConnectionStatus.IP_ONLY;
    }
  }

  private static boolean reached(String address) {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(address, DNS_PORT), REACH_MS);
      return true;
    } catch (IOException e) {
      return e instanceof java.net.ConnectException
          && String.valueOf(e.getMessage()).contains("refused");
    }
  }
}
