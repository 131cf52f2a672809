package org.eclipse.kura.usb;

import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/** A USB device that is a network interface. */
@ProviderType
public class UsbNetDevice extends AbstractUsbDevice {

  private String interfaceName;

  public UsbNetDevice(
      String vendorId,
      String productId,
      String manufacturerName,
      String productName,
      String usbBusNumber,
      String usbDevicePath,
      String interfaceName) {
    super(vendorId, productId, manufacturerName, productName, usbBusNumber, usbDevicePath);
    this.interfaceName = interfaceName;
  }

  public String getInterfaceName() {
    return interfaceName;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), interfaceName);
  }

  @Override
  public boolean equals(Object value) {
    if (this == value) {
      return true;
    }
    if (value == null || getClass() != value.getClass()) {
      return false;
    }
    UsbNetDevice other = (UsbNetDevice) value;
    return super.equals(value) && Objects.equals(interfaceName, other.interfaceName);
  }

  @Override
  public String toString() {
    return "UsbNetDevice [" + "interfaceName=" + interfaceName + "]";
  }
}
