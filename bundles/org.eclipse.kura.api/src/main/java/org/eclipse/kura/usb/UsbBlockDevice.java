package org.eclipse.kura.usb;

import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/** A USB device with a block device node. */
@ProviderType
public class UsbBlockDevice extends AbstractUsbDevice {

  private String deviceNode;

  public UsbBlockDevice(
      String vendorId,
      String productId,
      String manufacturerName,
      String productName,
      String usbBusNumber,
      String usbDevicePath,
      String deviceNode) {
    super(vendorId, productId, manufacturerName, productName, usbBusNumber, usbDevicePath);
    this.deviceNode = deviceNode;
  }

  public String getDeviceNode() {
    return deviceNode;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), deviceNode);
  }

  @Override
  public boolean equals(Object value) {
    if (this == value) {
      return true;
    }
    if (value == null || getClass() != value.getClass()) {
      return false;
    }
    UsbBlockDevice other = (UsbBlockDevice) value;
    return super.equals(value) && Objects.equals(deviceNode, other.deviceNode);
  }

  @Override
  public String toString() {
    return "UsbBlockDevice [" + "deviceNode=" + deviceNode + "]";
  }
}
