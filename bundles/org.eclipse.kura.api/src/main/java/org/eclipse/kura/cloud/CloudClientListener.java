package org.eclipse.kura.cloud;

import org.eclipse.kura.message.KuraPayload;
import org.osgi.annotation.versioning.ConsumerType;

/** Is told what happens to a legacy cloud client. */
@Deprecated
@ConsumerType
public interface CloudClientListener {

  void onControlMessageArrived(
      String name, String name2, KuraPayload kuraPayload, int number, boolean flag);

  void onMessageArrived(
      String name, String name2, KuraPayload kuraPayload, int number, boolean flag);

  void onConnectionLost();

  void onConnectionEstablished();

  void onMessageConfirmed(int number, String name);

  void onMessagePublished(int number, String name);
}
