package org.eclipse.kura.cloud;

import org.eclipse.kura.KuraException;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.annotation.versioning.ProviderType;

/** Encodes payloads in protobuf form. */
@ProviderType
public interface CloudPayloadProtoBufEncoder {

  byte[] getBytes(KuraPayload kuraPayload, boolean flag) throws KuraException;
}
