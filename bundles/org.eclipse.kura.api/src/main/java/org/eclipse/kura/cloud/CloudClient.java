package org.eclipse.kura.cloud;

import java.util.List;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.annotation.versioning.ProviderType;

/** The legacy way to publish and subscribe for one application. */
@Deprecated
@ProviderType
public interface CloudClient {

  String getApplicationId();

  void release();

  boolean isConnected();

  int publish(String name, KuraPayload kuraPayload, int number, boolean flag) throws KuraException;

  int publish(String name, String name2, KuraPayload kuraPayload, int number, boolean flag)
      throws KuraException;

  int publish(String name, KuraPayload kuraPayload, int number, boolean flag, int number2)
      throws KuraException;

  int publish(
      String name, String name2, KuraPayload kuraPayload, int number, boolean flag, int number2)
      throws KuraException;

  int publish(String name, byte[] data, int number, boolean flag, int number2) throws KuraException;

  int publish(String name, String name2, byte[] data, int number, boolean flag, int number2)
      throws KuraException;

  int controlPublish(String name, KuraPayload kuraPayload, int number, boolean flag, int number2)
      throws KuraException;

  int controlPublish(
      String name, String name2, KuraPayload kuraPayload, int number, boolean flag, int number2)
      throws KuraException;

  int controlPublish(String name, String name2, byte[] data, int number, boolean flag, int number2)
      throws KuraException;

  void subscribe(String name, int number) throws KuraException;

  void subscribe(String name, String name2, int number) throws KuraException;

  void controlSubscribe(String name, int number) throws KuraException;

  void controlSubscribe(String name, String name2, int number) throws KuraException;

  void unsubscribe(String name) throws KuraException;

  void unsubscribe(String name, String name2) throws KuraException;

  void controlUnsubscribe(String name) throws KuraException;

  void controlUnsubscribe(String name, String name2) throws KuraException;

  void addCloudClientListener(CloudClientListener cloudClientListener);

  void removeCloudClientListener(CloudClientListener cloudClientListener);

  List<Integer> getUnpublishedMessageIds() throws KuraException;

  List<Integer> getInFlightMessageIds() throws KuraException;

  List<Integer> getDroppedInFlightMessageIds() throws KuraException;
}
