package org.eclipse.kura.usb;

/** Kinds of USB devices. */
public enum UsbDeviceType {
  USB_BLOCK_DEVICE,
  USB_MODEM_DEVICE,
  USB_NET_DEVICE,
  USB_TTY_DEVICE;
}
