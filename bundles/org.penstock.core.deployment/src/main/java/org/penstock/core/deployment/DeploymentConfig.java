package org.penstock.core.deployment;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** How bundles and packages are checked, watched and kept. */
@ObjectClassDefinition(
    id = DeploymentConfig.PID,
    name = "Deployment",
    description = "How bundles and packages are checked, watched and kept.")
@interface DeploymentConfig {

  String PID = "org.penstock.core.deployment";

  @AttributeDefinition(
      name = "Signatures",
      description =
          "off: not looked at; warn: unsigned or untrusted is logged; enforce: it is refused.",
      options = {@Option("off"), @Option("warn"), @Option("enforce")})
  String signature_policy() default "off";

  @AttributeDefinition(
      name = "Trusted signers",
      description = "PKCS#12 file with the trust anchors, relative to the home.")
  String signature_trust() default "keys/deployment-trust.p12";

  @AttributeDefinition(
      name = "Password of that file",
      description = "It guards certificates, no secrets.")
  String signature_trust_password() default "changeit";

  @AttributeDefinition(
      name = "Revoked signers",
      description = "File of revocation lists (PEM or DER), relative to the home; may be absent.")
  String signature_revoked() default "keys/deployment.crl";

  @AttributeDefinition(
      name = "Downgrade",
      description = "An older version may take the place of a newer one.")
  boolean downgrade() default false;

  @AttributeDefinition(
      name = "Probation (s)",
      description = "How long a change is watched before it is kept.",
      min = "0",
      max = "3600")
  int probation_s() default 5;

  @AttributeDefinition(
      name = "Time to start (s)",
      description = "A bundle that takes longer is taken out.",
      min = "1",
      max = "600")
  int start_limit_s() default 10;

  @AttributeDefinition(
      name = "Largest file (MiB)",
      description = "It is copied to tmp and unpacked there while it is checked.",
      min = "1",
      max = "256")
  int max_size_mb() default 32;

  @AttributeDefinition(
      name = "Load: processor (%)",
      description = "Of one core, by the threads of one deployed bundle, for some seconds.",
      min = "10",
      max = "1000")
  int load_cpu_percent() default 80;

  @AttributeDefinition(
      name = "Load: allocation (MiB/s)",
      description = "By the threads of one deployed bundle, for some seconds.",
      min = "1",
      max = "10000")
  int load_allocation_mb_per_s() default 40;

  @AttributeDefinition(
      name = "Load: for how long (s)",
      description = "A bundle above one of the limits for so long is stopped.",
      min = "2",
      max = "600")
  int load_s() default 4;

  @AttributeDefinition(
      name = "Keep configuration (h)",
      description = "Of an uninstalled bundle, so that it finds it when it is installed again.",
      min = "0",
      max = "87600")
  int uninstall_grace_h() default 168;

  @AttributeDefinition(
      name = "Downloads from private addresses",
      description = "Allows http, and hosts on loopback, link-local and private addresses.")
  boolean download_private() default false;
}
