package org.penstock.field.asset;

import java.util.List;
import java.util.Optional;
import org.eclipse.kura.driver.ChannelDescriptor;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.DriverService;
import org.eclipse.kura.driver.descriptor.DriverDescriptor;
import org.eclipse.kura.driver.descriptor.DriverDescriptorService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Kura's look-up of drivers and of what they want of a channel. */
@Component
@SuppressWarnings("deprecation") // Kura deprecates DriverService, yet add-ons ask for it
public final class Drivers implements DriverService, DriverDescriptorService {

  private final ServiceDirectory<Driver> directory;

  /** Made by the framework. */
  @Activate
  public Drivers(BundleContext context) {
    directory = new ServiceDirectory<>(context, Driver.class);
  }

  @Deactivate
  void close() {
    directory.close();
  }

  @Override
  public Driver getDriver(String driverPid) {
    return directory.find(driverPid).map(ServiceDirectory.Entry::service).orElse(null);
  }

  @Override
  public String getDriverPid(Driver driver) {
    return directory.pidOf(driver);
  }

  @Override
  public List<Driver> listDrivers() {
    return directory.all().stream().map(ServiceDirectory.Entry::service).toList();
  }

  @Override
  public Optional<DriverDescriptor> getDriverDescriptor(String driverPid) {
    return directory.find(driverPid).map(Drivers::describe);
  }

  @Override
  public List<DriverDescriptor> listDriverDescriptors() {
    return directory.all().stream().map(Drivers::describe).toList();
  }

  private static DriverDescriptor describe(ServiceDirectory.Entry<Driver> entry) {
    ChannelDescriptor channels =
        Guarded.call(entry.service()::getChannelDescriptor).exceptionally(none -> null).join();
    return new DriverDescriptor(
        entry.pid(), entry.factoryPid(), channels == null ? null : channels.getDescriptor());
  }
}
