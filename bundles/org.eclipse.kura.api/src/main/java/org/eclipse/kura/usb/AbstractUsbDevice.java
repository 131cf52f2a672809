package org.eclipse.kura.usb;

import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/** What all USB devices have. */
@ProviderType
public abstract class AbstractUsbDevice implements UsbDevice {

  private String vendorId;
  private String productId;
  private String manufacturerName;
  private String productName;
  private String usbBusNumber;
  private String usbDevicePath;

  public AbstractUsbDevice(
      String vendorId,
      String productId,
      String manufacturerName,
      String productName,
      String usbBusNumber,
      String usbDevicePath) {
    this.vendorId = vendorId;
    this.productId = productId;
    this.manufacturerName = manufacturerName;
    this.productName = productName;
    this.usbBusNumber = usbBusNumber;
    this.usbDevicePath = usbDevicePath;
  }

  public AbstractUsbDevice(AbstractUsbDevice device) {
    this(
        device.vendorId,
        device.productId,
        device.manufacturerName,
        device.productName,
        device.usbBusNumber,
        device.usbDevicePath);
  }

  public String getVendorId() {
    return vendorId;
  }

  public String getProductId() {
    return productId;
  }

  public String getManufacturerName() {
    return manufacturerName;
  }

  public String getProductName() {
    return productName;
  }

  public String getUsbBusNumber() {
    return usbBusNumber;
  }

  public String getUsbDevicePath() {
    return usbDevicePath;
  }

  public String getUsbPort() {
    return usbBusNumber + "-" + usbDevicePath;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        vendorId, productId, manufacturerName, productName, usbBusNumber, usbDevicePath);
  }

  @Override
  public boolean equals(Object value) {
    if (this == value) {
      return true;
    }
    if (value == null || getClass() != value.getClass()) {
      return false;
    }
    AbstractUsbDevice other = (AbstractUsbDevice) value;
    return Objects.equals(vendorId, other.vendorId)
        && Objects.equals(productId, other.productId)
        && Objects.equals(manufacturerName, other.manufacturerName)
        && Objects.equals(productName, other.productName)
        && Objects.equals(usbBusNumber, other.usbBusNumber)
        && Objects.equals(usbDevicePath, other.usbDevicePath);
  }
}
