package org.eclipse.kura.comm;

import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** A serial port and its parameters as one text, {@code comm:<port>;baudrate=9600;...}. */
@ProviderType
public class CommURI {

  public static final int DATABITS_5 = 5;
  public static final int DATABITS_6 = 6;
  public static final int DATABITS_7 = 7;
  public static final int DATABITS_8 = 8;
  public static final int PARITY_EVEN = 2;
  public static final int PARITY_MARK = 3;
  public static final int PARITY_NONE = 0;
  public static final int PARITY_ODD = 1;
  public static final int PARITY_SPACE = 4;
  public static final int STOPBITS_1 = 1;
  public static final int STOPBITS_1_5 = 3;
  public static final int STOPBITS_2 = 2;
  public static final int FLOWCONTROL_NONE = 0;
  public static final int FLOWCONTROL_RTSCTS_IN = 1;
  public static final int FLOWCONTROL_RTSCTS_OUT = 2;
  public static final int FLOWCONTROL_XONXOFF_IN = 4;
  public static final int FLOWCONTROL_XONXOFF_OUT = 8;

  private static final String SCHEME = "comm:";

  private final String port;
  private final int baudRate;
  private final int dataBits;
  private final int stopBits;
  private final int parity;
  private final int flowControl;
  private final int openTimeout;
  private final int receiveTimeout;

  private CommURI(Builder builder) {
    port = builder.port;
    baudRate = builder.baudRate;
    dataBits = builder.dataBits;
    stopBits = builder.stopBits;
    parity = builder.parity;
    flowControl = builder.flowControl;
    openTimeout = builder.openTimeout;
    receiveTimeout = builder.receiveTimeout;
  }

  public String getPort() {
    return port;
  }

  public int getBaudRate() {
    return baudRate;
  }

  public int getDataBits() {
    return dataBits;
  }

  public int getStopBits() {
    return stopBits;
  }

  public int getParity() {
    return parity;
  }

  public int getFlowControl() {
    return flowControl;
  }

  @Deprecated
  public int getTimeout() {
    return openTimeout;
  }

  public int getOpenTimeout() {
    return openTimeout;
  }

  public int getReceiveTimeout() {
    return receiveTimeout;
  }

  @Override
  public String toString() {
    return SCHEME
        + port
        + ";baudrate="
        + baudRate
        + ";databits="
        + dataBits
        + ";stopbits="
        + stopBits
        + ";parity="
        + parity
        + ";flowcontrol="
        + flowControl
        + ";timeout="
        + openTimeout
        + ";receivetimeout="
        + receiveTimeout;
  }

  public static CommURI parseString(String uri) throws URISyntaxException {
    if (!uri.startsWith(SCHEME)) {
      throw new URISyntaxException(uri, "must begin with " + SCHEME);
    }
    String[] parts = uri.substring(SCHEME.length()).split(";");
    Map<String, Integer> values = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split("=");
      try {
        values.put(pair[0].trim(), Integer.valueOf(pair[pair.length - 1].trim()));
      } catch (NumberFormatException e) {
        throw new URISyntaxException(uri, "parameter is no number: " + parts[i]);
      }
    }
    Builder builder = new Builder(parts[0]);
    return builder
        .withBaudRate(values.getOrDefault("baudrate", builder.baudRate))
        .withDataBits(values.getOrDefault("databits", builder.dataBits))
        .withStopBits(values.getOrDefault("stopbits", builder.stopBits))
        .withParity(values.getOrDefault("parity", builder.parity))
        .withFlowControl(values.getOrDefault("flowcontrol", builder.flowControl))
        .withOpenTimeout(values.getOrDefault("timeout", builder.openTimeout))
        .withReceiveTimeout(values.getOrDefault("receivetimeout", builder.receiveTimeout))
        .build();
  }

  /** Collects the parameters; 19,200 baud, 8 data bits, no parity, 1 stop bit unless said. */
  @ProviderType
  public static class Builder {

    private static final int DEFAULT_TIMEOUT_MS = 2000;

    private final String port;
    private int baudRate = 19200;
    private int dataBits = DATABITS_8;
    private int stopBits = STOPBITS_1;
    private int parity = PARITY_NONE;
    private int flowControl = FLOWCONTROL_NONE;
    private int openTimeout = DEFAULT_TIMEOUT_MS;
    private int receiveTimeout = DEFAULT_TIMEOUT_MS;

    public Builder(String port) {
      this.port = port;
    }

    public Builder withBaudRate(int baudRate) {
      this.baudRate = baudRate;
      return this;
    }

    public Builder withDataBits(int dataBits) {
      this.dataBits = dataBits;
      return this;
    }

    public Builder withStopBits(int stopBits) {
      this.stopBits = stopBits;
      return this;
    }

    public Builder withParity(int parity) {
      this.parity = parity;
      return this;
    }

    public Builder withFlowControl(int flowControl) {
      this.flowControl = flowControl;
      return this;
    }

    @Deprecated
    public Builder withTimeout(int timeout) {
      this.openTimeout = timeout;
      return this;
    }

    public Builder withOpenTimeout(int timeout) {
      this.openTimeout = timeout;
      return this;
    }

    public Builder withReceiveTimeout(int timeout) {
      this.receiveTimeout = timeout;
      return this;
    }

    public CommURI build() {
      return new CommURI(this);
    }
  }
}
