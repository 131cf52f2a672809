package org.penstock.driver.zigbee;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.kura.channel.ChannelFlag;
import org.penstock.driver.zigbee.device.Device;
import org.penstock.driver.zigbee.device.Ieee;

/**
 * A process of the bench: the driver with a listened channel for each device. {@code <port> <first IEEE
 * address> <devices>}; answers {@code online}, {@code permit}, {@code interviewed} and {@code messages}
 * on standard input by one line each.
 */
public final class ZigbeeLoad {

  private ZigbeeLoad() {}

  /** Serves until its input ends. */
  public static void main(String... args) throws Exception {
    Path folder = Files.createTempDirectory("zigbee-load");
    ZigbeeDriver driver =
        new ZigbeeDriver("load", folder, null, config(args[0]), new byte[0], health -> () -> {});
    AtomicLong messages = new AtomicLong();
    long first = Ieee.parse(args[1]);
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      Map<String, Object> channel =
          Map.of(
              "+name",
              "t" + i,
              "+value.type",
              "DOUBLE",
              ZigbeeChannel.DEVICE,
              Ieee.text(first + i),
              ZigbeeChannel.CLUSTER,
              "0x0402",
              ZigbeeChannel.SCALE,
              "0.01");
      driver.registerChannelListener(
          channel,
          event -> {
            if (event.getChannelRecord().getChannelStatus().getChannelFlag()
                == ChannelFlag.SUCCESS) {
              messages.incrementAndGet();
            }
          });
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(line + ' ' + answer(driver, line, messages));
    }
    driver.stop();
  }

  private static Object answer(ZigbeeDriver driver, String question, AtomicLong messages)
      throws IOException, InterruptedException {
    return switch (question) {
      case "online" -> driver.linkState().online();
      case "permit" -> {
        driver.joining().permit(Joining.LONGEST_S);
        yield true;
      }
      case "interviewed" ->
          driver.coordinator().devices().all().stream().filter(Device::interviewed).count();
      case "messages" -> messages.get();
      default -> "not understood";
    };
  }

  private static ZigbeeDriverConfig config(String port) {
    return (ZigbeeDriverConfig)
        Proxy.newProxyInstance(
            ZigbeeLoad.class.getClassLoader(),
            new Class<?>[] {ZigbeeDriverConfig.class},
            (proxy, method, arguments) ->
                method.getName().equals("port")
                    ? "tcp://127.0.0.1:" + port
                    : method.getDefaultValue());
  }
}
