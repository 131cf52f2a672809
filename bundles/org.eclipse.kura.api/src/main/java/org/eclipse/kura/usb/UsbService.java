package org.eclipse.kura.usb;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**  */
@ProviderType
public interface UsbService {

  List<? extends UsbDevice> getUsbDevices();

  List<UsbBlockDevice> getUsbBlockDevices();

  List<UsbNetDevice> getUsbNetDevices();

  List<UsbTtyDevice> getUsbTtyDevices();
}
