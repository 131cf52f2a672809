package org.eclipse.kura.linux.udev;

import org.eclipse.kura.usb.UsbDevice;
import org.osgi.annotation.versioning.ConsumerType;

/** Is told of USB devices that Linux attaches and detaches. */
@ConsumerType
public interface LinuxUdevListener {

  void attached(UsbDevice device);

  void detached(UsbDevice device);
}
