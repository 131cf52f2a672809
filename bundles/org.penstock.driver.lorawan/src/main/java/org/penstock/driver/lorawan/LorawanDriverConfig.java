package org.penstock.driver.lorawan;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a user can set on a driver instance. Names, types and defaults stand here and nowhere else. */
@ObjectClassDefinition(
    id = LorawanDriverConfig.FACTORY_PID,
    name = "LoRaWAN driver",
    description =
        "A network server for LoRaWAN 1.0.x devices behind gateways of Semtech's UDP protocol or"
            + " with Basics Station")
@interface LorawanDriverConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.driver.lorawan";

  @AttributeDefinition(
      name = "Region",
      description =
          "EU868, US915, AU915, AS923-1 to AS923-4, IN865, or the name of a file of your own")
  String region() default "EU868";

  @AttributeDefinition(
      name = "Address",
      description = "Of the interface that gateways reach; the protocol has no authentication")
  String bind_address() default "127.0.0.1";

  @AttributeDefinition(name = "UDP port", min = "1", max = "65535")
  int port() default 1700;

  @AttributeDefinition(
      name = "Port for Basics Station",
      description = "TCP port for gateways with Basics Station; 0 for none",
      min = "0",
      max = "65535")
  int station_port() default 0;

  @AttributeDefinition(
      name = "Basics Station with TLS",
      description = "Off only where nobody else is on the line")
  boolean station_tls() default true;

  @AttributeDefinition(
      name = "Key store for Basics Station",
      description = "Filter of the key store with the key that is shown to stations")
  String KeystoreService_target() default "(kura.service.pid=HttpsKeystore)";

  @AttributeDefinition(
      name = "Certificates of Basics Stations",
      description = "Each must show one that the key store trusts")
  boolean station_client_certificate() default false;

  @AttributeDefinition(
      name = "Token of Basics Stations",
      description = "What stations send in the header Authorization; empty for anything",
      type = AttributeType.PASSWORD,
      required = false)
  String station_token() default "";

  @AttributeDefinition(
      name = "Gateways",
      description = "EUIs of the only gateways that are heard, separated by commas; empty for all",
      required = false)
  String gateways_allowed() default "";

  @AttributeDefinition(
      name = "Datagrams a second",
      description = "Most that are taken from one address",
      min = "1",
      max = "100000")
  int rate_limit_per_s() default 2000;

  @AttributeDefinition(
      name = "Deduplication window",
      description = "Milliseconds to wait for copies of other gateways; not used with one gateway",
      min = "0",
      max = "600")
  int deduplication_window_ms() default 200;

  @AttributeDefinition(name = "NetID", description = "6 hexadecimal digits")
  String net_id() default "000000";

  @AttributeDefinition(
      name = "Group of channels",
      description = "1 to 8 in US915 and AU915, as the gateway hears them; 0 for all",
      min = "0",
      max = "8")
  int channel_group() default 0;

  @AttributeDefinition(
      name = "Delay of RX1",
      description = "Seconds from the end of an uplink to the first window",
      min = "1",
      max = "15")
  int rx1_delay_s() default 1;

  @AttributeDefinition(name = "RX1DROffset", min = "0", max = "7")
  int rx1_offset() default 0;

  @AttributeDefinition(
      name = "Status interval",
      description = "Hours after which a device is asked for battery and margin; 0 for never",
      min = "0",
      max = "8760")
  int status_interval_h() default 24;

  @AttributeDefinition(
      name = "Expiry of writes",
      description = "Minutes that a downlink waits for its device",
      min = "1",
      max = "525600")
  int downlink_expiry_min() default 1440;

  @AttributeDefinition(
      name = "Devices",
      description =
          "One a line: <DevEUI> <name> [abp=<DevAddr>] [join=<JoinEUI>] [class=A|C] [adr=true|false]"
              + " [codec=<name>] [mac=1.0.4] [profile=<name>]; profile <name> class=.. holds for many",
      required = false)
  String devices() default "";

  @AttributeDefinition(
      name = "Keys",
      description = "One device a line: <DevEUI> <AppKey>, or <DevEUI> <NwkSKey> <AppSKey>",
      type = AttributeType.PASSWORD,
      required = false)
  String keys() default "";

  @AttributeDefinition(
      name = "Codecs",
      description = "Sections: == <name> fields, == <name> javascript, == <name> tests",
      required = false)
  String codecs() default "";
}
