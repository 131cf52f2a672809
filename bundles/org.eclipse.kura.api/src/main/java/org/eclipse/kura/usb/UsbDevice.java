package org.eclipse.kura.usb;

import org.osgi.annotation.versioning.ProviderType;

/** A USB device. */
@ProviderType
public interface UsbDevice {

  String getVendorId();

  String getProductId();

  String getManufacturerName();

  String getProductName();

  String getUsbBusNumber();

  String getUsbDevicePath();

  String getUsbPort();
}
