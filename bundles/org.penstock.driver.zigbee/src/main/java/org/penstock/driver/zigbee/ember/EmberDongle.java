package org.penstock.driver.zigbee.ember;

import com.zsmartsystems.zigbee.IeeeAddress;
import com.zsmartsystems.zigbee.dongle.ember.ZigBeeDongleEzsp;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspPermitJoiningRequest;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.command.EzspPermitJoiningResponse;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberNetworkStatus;
import com.zsmartsystems.zigbee.dongle.ember.ezsp.structure.EmberStatus;
import com.zsmartsystems.zigbee.dongle.ember.internal.EzspProtocolHandler;
import com.zsmartsystems.zigbee.dongle.ember.internal.transaction.EzspSingleResponseTransaction;
import com.zsmartsystems.zigbee.security.ZigBeeKey;
import com.zsmartsystems.zigbee.transport.ZigBeePort;

/** The library's dongle, loaded by {@link DongleLoader}: nobody else may name this class's objects. */
public final class EmberDongle extends ZigBeeDongleEzsp implements EmberTransport {

  /** Over a port that is not open yet. */
  public EmberDongle(ZigBeePort port) {
    super(port);
  }

  /** First those who wait for the stick's answer, for up to ten seconds and with the library's lock, give up. */
  @Override
  public void shutdown() {
    EzspProtocolHandler waiting = getProtocolHandler();
    if (waiting != null) {
      waiting.close();
    }
    super.shutdown();
  }

  @Override
  public boolean answers() {
    EmberNetworkStatus status = getEmberNcp().getNetworkState();
    return status != null && status != EmberNetworkStatus.UNKNOWN;
  }

  @Override
  public boolean linkKey(IeeeAddress device, int... key) {
    ZigBeeKey linkKey = new ZigBeeKey(key);
    linkKey.setAddress(device);
    return getEmberNcp().addTransientLinkKey(device, linkKey) == EmberStatus.EMBER_SUCCESS;
  }

  @Override
  public boolean permitJoin(int seconds) {
    EzspPermitJoiningRequest request = new EzspPermitJoiningRequest();
    request.setDuration(seconds);
    return getProtocolHandler()
                .sendEzspTransaction(
                    new EzspSingleResponseTransaction(request, EzspPermitJoiningResponse.class))
                .getResponse()
            instanceof EzspPermitJoiningResponse answer
        && answer.getStatus() == EmberStatus.EMBER_SUCCESS;
  }
}
