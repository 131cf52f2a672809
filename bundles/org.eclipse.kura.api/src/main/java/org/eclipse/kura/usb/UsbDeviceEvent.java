package org.eclipse.kura.usb;

import org.osgi.annotation.versioning.ProviderType;

/** A USB device came or went. */
@ProviderType
public interface UsbDeviceEvent {

  String USB_EVENT_USB_PORT_PROPERTY = "usb.port";

  String USB_EVENT_RESOURCE_PROPERTY = "usb.resource";

  String USB_EVENT_VENDOR_ID_PROPERTY = "usb.vendor.id";

  String USB_EVENT_PRODUCT_ID_PROPERTY = "usb.product.id";

  String USB_EVENT_MANUFACTURER_NAME_PROPERTY = "usb.manufacturer.name";

  String USB_EVENT_PRODUCT_NAME_PROPERTY = "usb.product.name";

  String USB_EVENT_BUS_NUMBER_PROPERTY = "usb.bus.number";

  String USB_EVENT_DEVICE_PATH_PROPERTY = "usb.device.path";

  String USB_EVENT_DEVICE_TYPE_PROPERTY = "usb.device.type";

  String USB_EVENT_USB_INTERFACE_NUMBER = "usb.interface.number";
}
