package org.penstock.driver.modbus.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;

/** Addresses of clients that may connect; nobody else may. */
final class AllowList implements Predicate<InetAddress> {

  private static final Pattern NUMERIC = Pattern.compile("[0-9a-fA-F:.]+(/\\d{1,3})?");

  private final List<Network> networks = new ArrayList<>();

  private record Network(byte[] address, int bits) {

    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> i % 8;
        if ((address[i / 8] & mask) != (other[i / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * As configured: addresses and networks with commas between, for example {@code 10.0.0.7,
   * 192.168.1.0/24}.
   *
   * @throws DriverException of kind CONFIGURATION that names the part that is wrong
   */
  static AllowList parse(String text) throws DriverException {
    AllowList list = new AllowList();
    for (String part : text.split(",")) {
      if (!part.isBlank()) {
        list.networks.add(network(part.strip()));
      }
    }
    return list;
  }

  private static Network network(String part) throws DriverException {
    int slash = part.indexOf('/');
    try {
      if (NUMERIC.matcher(part).matches()) {
        byte[] address =
            InetAddress.getByName(slash < 0 ? part : part.substring(0, slash)).getAddress();
        int bits = slash < 0 ? 8 * address.length : Integer.parseInt(part.substring(slash + 1));
        if (bits <= 8 * address.length) {
          return new Network(address, bits);
        }
      }
    } catch (UnknownHostException noAddress) {
      throw wrong(part, noAddress);
    }
    throw wrong(part, null);
  }

  private static DriverException wrong(String part, Throwable cause) {
    return new DriverException(
        ErrorKind.CONFIGURATION,
        "property allowed.clients",
        "has '" + part + "', must be an address or address/bits, for example 192.168.1.0/24",
        cause);
  }

  @Override
  public boolean test(InetAddress client) {
    return networks.stream().anyMatch(network -> network.contains(client.getAddress()));
  }
}
