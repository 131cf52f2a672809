package org.eclipse.kura.usb;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.event.Event;

/** A USB device was plugged in. */
@ProviderType
public class UsbDeviceAddedEvent extends Event implements UsbDeviceEvent {

  public static final String USB_EVENT_DEVICE_ADDED_TOPIC =
      "org/eclipse/kura/usb/NetworkEvent/device/ADDED";

  public UsbDeviceAddedEvent(Map<String, ?> properties) {
    super(USB_EVENT_DEVICE_ADDED_TOPIC, properties);
  }

  public String getUsbPort() {
    return (String) getProperty(USB_EVENT_USB_PORT_PROPERTY);
  }

  public String getUsbResource() {
    return (String) getProperty(USB_EVENT_RESOURCE_PROPERTY);
  }

  public String getUsbVendorId() {
    return (String) getProperty(USB_EVENT_VENDOR_ID_PROPERTY);
  }

  public String getUsbProductId() {
    return (String) getProperty(USB_EVENT_PRODUCT_ID_PROPERTY);
  }

  public String getUsbManufacturerName() {
    return (String) getProperty(USB_EVENT_MANUFACTURER_NAME_PROPERTY);
  }

  public String getUsbProductName() {
    return (String) getProperty(USB_EVENT_PRODUCT_NAME_PROPERTY);
  }

  public String getUsbBusNumber() {
    return (String) getProperty(USB_EVENT_BUS_NUMBER_PROPERTY);
  }

  public String getUsbDevicePath() {
    return (String) getProperty(USB_EVENT_DEVICE_PATH_PROPERTY);
  }

  public UsbDeviceType getUsbDeviceType() {
    return (UsbDeviceType) getProperty(USB_EVENT_DEVICE_TYPE_PROPERTY);
  }
}
