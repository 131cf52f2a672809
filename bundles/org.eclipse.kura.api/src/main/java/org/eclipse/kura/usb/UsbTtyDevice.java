package org.eclipse.kura.usb;

import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/** A USB device that is a serial port. */
@ProviderType
public class UsbTtyDevice extends AbstractUsbDevice {

  private String deviceNode;
  private Integer interfaceNumber;

  public UsbTtyDevice(
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

  public UsbTtyDevice(
      String vendorId,
      String productId,
      String manufacturerName,
      String productName,
      String usbBusNumber,
      String usbDevicePath,
      String deviceNode,
      Integer interfaceNumber) {
    super(vendorId, productId, manufacturerName, productName, usbBusNumber, usbDevicePath);
    this.deviceNode = deviceNode;
    this.interfaceNumber = interfaceNumber;
  }

  public String getDeviceNode() {
    return deviceNode;
  }

  public Integer getInterfaceNumber() {
    return interfaceNumber;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), deviceNode, interfaceNumber);
  }

  @Override
  public boolean equals(Object value) {
    if (this == value) {
      return true;
    }
    if (value == null || getClass() != value.getClass()) {
      return false;
    }
    UsbTtyDevice other = (UsbTtyDevice) value;
    return super.equals(value)
        && Objects.equals(deviceNode, other.deviceNode)
        && Objects.equals(interfaceNumber, other.interfaceNumber);
  }

  @Override
  public String toString() {
    return "UsbTtyDevice ["
        + "deviceNode="
        + deviceNode
        + ", "
        + "interfaceNumber="
        + interfaceNumber
        + "]";
  }
}
