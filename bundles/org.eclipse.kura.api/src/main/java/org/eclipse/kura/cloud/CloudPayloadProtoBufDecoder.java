package org.eclipse.kura.cloud;

import org.eclipse.kura.KuraException;
import org.eclipse.kura.message.KuraPayload;
import org.osgi.annotation.versioning.ProviderType;

/** Decodes payloads in protobuf form. */
@ProviderType
public interface CloudPayloadProtoBufDecoder {

  KuraPayload buildFromByteArray(byte[] data) throws KuraException;
}
