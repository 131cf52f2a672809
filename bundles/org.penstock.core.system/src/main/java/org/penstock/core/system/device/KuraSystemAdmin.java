package org.penstock.core.system.device;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.eclipse.kura.system.SystemAdminService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kura's SystemAdminService: up time, reboot. Any thread may call. */
@Component
public final class KuraSystemAdmin implements SystemAdminService {

  private static final Logger LOG = LoggerFactory.getLogger(KuraSystemAdmin.class);

  /** Called by the component runtime. */
  @Activate
  public KuraSystemAdmin() {}

  /** Milliseconds since the gateway began. */
  @Override
  public String getUptime() {
    return Long.toString(ManagementFactory.getRuntimeMXBean().getUptime());
  }

  @Override
  public void reboot() {
    run("reboot");
  }

  @Override
  public void sync() {
    run("sync");
  }

  private static void run(String command) {
    try {
      LOG.warn("runs {} as asked", command);
      new ProcessBuilder(command).inheritIO().start();
    } catch (IOException e) {
      throw new IllegalStateException(command + " can't be run: " + e.getMessage(), e);
    }
  }
}
