package org.penstock.core.system.device;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.kura.system.SystemService;

/** The part of SystemService that is settings: paths, limits, switches. */
abstract class Settings implements SystemService {

  private final Properties properties;

  Settings(Properties properties) {
    this.properties = properties;
  }

  /** The property's text, or else the other one. */
  final String text(String key, String otherwise) {
    String value = properties.getProperty(key);
    return value == null || value.isBlank() ? otherwise : value.trim();
  }

  private int number(String key, int otherwise) {
    try {
      return Integer.parseInt(text(key, Integer.toString(otherwise)));
    } catch (NumberFormatException e) {
      return otherwise; // a setting nobody can read is none
    }
  }

  private boolean flag(String key) {
    return Boolean.parseBoolean(text(key, "false"));
  }

  /** A copy with all layers and keys, unknown ones among them. */
  @Override
  public final Properties getProperties() {
    Properties copy = new Properties();
    copy.putAll(properties);
    return copy;
  }

  @Override
  public Optional<String> getDefaultLogManager() {
    return Optional.ofNullable(text(KEY_DEFAULT_LOG_MANAGER, null));
  }

  @Override
  public List<String> getDeviceManagementServiceIgnore() {
    String all = text(CONFIG_CONSOLE_DEVICE_MANAGE_SERVICE_IGNORE, "");
    return Arrays.stream(all.split(",")).map(String::trim).filter(p -> !p.isEmpty()).toList();
  }

  @Override
  public char[] getJavaKeyStorePassword() {
    return text(KEY_KURA_KEY_STORE_PWD, "changeit").toCharArray();
  }

  @Override
  public char[] getJavaTrustStorePassword() {
    return text(KEY_KURA_TRUST_STORE_PWD, "changeit").toCharArray();
  }

  @Override
  public String getKuraHome() {
    return text(KEY_KURA_HOME_DIR, "");
  }

  @Override
  public String getKuraFrameworkConfigDirectory() {
    return text(KEY_KURA_FRAMEWORK_CONFIG_DIR, "");
  }

  @Override
  public String getKuraUserConfigDirectory() {
    return text(KEY_KURA_USER_CONFIG_DIR, "");
  }

  @Override
  public String getKuraTemporaryConfigDirectory() {
    return text(KEY_KURA_TMP_DIR, "");
  }

  @Override
  public String getKuraSnapshotsDirectory() {
    return text(KEY_KURA_SNAPSHOTS_DIR, "");
  }

  @Override
  public String getKuraStyleDirectory() {
    return text(KEY_KURA_STYLE_DIR, "");
  }

  @Override
  public String getKuraDataDirectory() {
    return text(KEY_KURA_DATA_DIR, "");
  }

  @Override
  public String getNetVirtualDevicesConfig() {
    return text(KEY_KURA_NET_VIRTUAL_DEVICES_CONFIG, "netVirtualDevicesConf");
  }

  @Override
  public String getCommandUser() {
    return text(KEY_COMMAND_USER, "kura");
  }

  @Override
  public String getKuraWebEnabled() {
    return text(KEY_KURA_HAVE_WEB_INTER, "");
  }

  @Override
  public String getInternetConnectionStatusCheckIp() {
    return text(KEY_INTERNET_CONNECTION_STATUS_CHECK_IP, "198.41.30.198");
  }

  @Override
  public String getInternetConnectionStatusCheckHost() {
    return text(KEY_INTERNET_CONNECTION_STATUS_CHECK_HOST, "eclipse.org");
  }

  @Override
  public int getKuraSnapshotsCount() {
    return number(KEY_KURA_SNAPSHOTS_COUNT, 10);
  }

  @Override
  public int getKuraWifiTopChannel() {
    return number(KEY_KURA_WIFI_TOP_CHANNEL, Integer.MAX_VALUE);
  }

  @Override
  public int getFileCommandZipMaxUploadSize() {
    return number(KEY_FILE_COMMAND_ZIP_MAX_SIZE, 100);
  }

  @Override
  public int getFileCommandZipMaxUploadNumber() {
    return number(KEY_FILE_COMMAND_ZIP_MAX_NUMBER, 1024);
  }

  @Override
  public int getNetworkConfigurationTimeout() {
    return number(KEY_NETWORK_CONFIGURATION_TIMEOUT, 30);
  }

  @Override
  public boolean isLegacyBluetoothBeaconScan() {
    return flag(KEY_LEGACY_BT_BEACON_SCAN);
  }

  @Override
  public boolean isLegacyPPPLoggingEnabled() {
    return flag(KEY_LEGACY_PPP_LOGGING);
  }

  @Override
  public boolean isWPA3WifiSecurityEnabled() {
    return flag(KEY_WPA3_WIFI_SECURITY_ENABLE);
  }
}
