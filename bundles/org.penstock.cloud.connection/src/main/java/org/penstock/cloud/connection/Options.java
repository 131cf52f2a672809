package org.penstock.cloud.connection;

import org.eclipse.kura.cloud.CloudPayloadEncoding;
import org.penstock.cloud.connection.codec.PayloadForm;

/**
 * The configuration, read and checked once.
 *
 * @param problem what is wrong, and what is used instead; empty when all is well
 */
record Options(CloudServiceConfig config, Topics topics, PayloadForm form, String problem) {

  static Options of(CloudServiceConfig config) {
    StringBuilder problem = new StringBuilder();
    String prefix = config.topic_control$_$prefix();
    if (prefix.isBlank() || prefix.matches(".*[/+#].*")) {
      problem.append("topic.control-prefix must be one level without / + #, given: ");
      problem.append(prefix).append("; $EDC is used. ");
      prefix = "$EDC";
    }
    CloudPayloadEncoding encoding = CloudPayloadEncoding.KURA_PROTOBUF;
    try {
      encoding = CloudPayloadEncoding.getEncoding(config.payload_encoding());
    } catch (IllegalArgumentException e) {
      problem.append("payload.encoding must be kura-protobuf or simple-json, given: ");
      problem.append(config.payload_encoding()).append("; kura-protobuf is used.");
    }
    return new Options(
        config,
        new Topics(prefix),
        new PayloadForm(encoding, config.encode_gzip()),
        problem.toString().strip());
  }
}
