package org.penstock.driver.zigbee;

import com.google.gson.Gson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.penstock.api.job.JobException;
import org.penstock.api.job.JobKind;
import org.penstock.api.job.Progress;
import org.penstock.api.job.Work;
import org.penstock.driver.zigbee.codec.ByteWriter;
import org.penstock.driver.zigbee.codec.ZclFrame;
import org.penstock.driver.zigbee.device.Definitions;
import org.penstock.driver.zigbee.device.Device;
import org.penstock.driver.zigbee.device.Ieee;
import org.penstock.driver.zigbee.radio.Radio;

/**
 * What people do with the network of one instance, as jobs: {@code zigbee.permit-join:<pid>} and so
 * on. Who changes something stands in the audit log.
 */
final class ZigbeeJobs {

  private static final Gson GSON = new Gson();
  private static final long LIMIT_S = 10;

  private static final int GROUPS = 0x0004;
  private static final int ADD_GROUP = 0x00;
  private static final int REMOVE_GROUP = 0x03;

  private final String pid;
  private final Coordinator coordinator;
  private final ReportingSetup setup;
  private final Joining joining;
  private final Definitions definitions;

  private ZigbeeJobs(
      String pid,
      Coordinator coordinator,
      ReportingSetup setup,
      Joining joining,
      Definitions definitions) {
    this.pid = pid;
    this.joining = joining;
    this.definitions = definitions;
    this.coordinator = coordinator;
    this.setup = setup;
  }

  static List<JobKind> kinds(
      String pid,
      Coordinator coordinator,
      ReportingSetup setup,
      Joining joining,
      Definitions definitions) {
    ZigbeeJobs jobs = new ZigbeeJobs(pid, coordinator, setup, joining, definitions);
    return List.of(
        jobs.changing("permit-join", "lets devices join; seconds=60 (1 to 254)", jobs::join),
        jobs.changing("rename", "gives a device a name; device, name", jobs::rename),
        jobs.changing("remove", "asks a device to leave and forgets it; device", jobs::remove),
        jobs.changing(
            "group",
            "puts a device into a group or takes it out; device, group, endpoint=1, member=true",
            jobs::group),
        jobs.kind("interview", "asks a device anew what it is; device", jobs::interview),
        jobs.kind("channels", "channels that a device can have; device", jobs::channels),
        jobs.kind("devices", "lists the devices", arguments -> jobs::list));
  }

  private ZigbeeJob changing(
      String what, String description, Function<Map<String, String>, Work> maker) {
    return ZigbeeJob.changing(pid, what, description, maker);
  }

  private ZigbeeJob kind(
      String what, String description, Function<Map<String, String>, Work> maker) {
    return ZigbeeJob.of(pid, what, description, maker);
  }

  /** Open for so long, or until cancelled; closed afterwards in any case. */
  private Work join(Map<String, String> arguments) {
    int seconds = number(arguments, "seconds", "60", Joining.LONGEST_S);
    return progress -> {
      List<Long> before = addresses();
      permit(seconds);
      try {
        for (int left = seconds; left > 0 && !progress.cancelled(); left--) {
          progress.report(100 * (seconds - left) / seconds, "open for " + left + " s");
          TimeUnit.SECONDS.sleep(1);
        }
      } finally {
        coordinator.radioNow().ifPresent(radio -> radio.permitJoin(0)); // doesn't wait
        joining.closed();
      }
      return GSON.toJson(
          coordinator.devices().all().stream()
              .filter(device -> !before.contains(device.ieee()))
              .map(this::view)
              .toList());
    };
  }

  private List<Long> addresses() {
    return coordinator.devices().all().stream().map(Device::ieee).toList();
  }

  private void permit(int seconds) throws InterruptedException, JobException {
    try {
      joining.permit(seconds);
    } catch (IOException silent) {
      throw new JobException(silent.getMessage(), silent);
    }
  }

  private Radio radio() throws JobException {
    return coordinator
        .radioNow()
        .orElseThrow(
            () -> new JobException("the stick is away: " + coordinator.linkState().reason(), null));
  }

  private String list(Progress progress) {
    List<Map<String, Object>> all = new ArrayList<>();
    coordinator.devices().all().forEach(device -> all.add(view(device)));
    return GSON.toJson(all);
  }

  private Map<String, Object> view(Device device) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("ieee", Ieee.text(device.ieee()));
    view.put("name", device.name());
    view.put("network", device.network());
    view.put("manufacturer", device.manufacturer());
    view.put("model", device.model());
    view.put("sleepy", device.sleepy());
    view.put("router", device.router());
    view.put("interviewed", device.interviewed());
    view.put("problem", setup.problem(device.ieee()));
    view.put("endpoints", device.endpoints());
    coordinator
        .devices()
        .lastHeard(device.ieee())
        .ifPresent(
            heard -> {
              view.put("last.seen", heard.millis());
              view.put("link.quality", heard.linkQuality());
            });
    return view;
  }

  private Device device(Map<String, String> arguments) {
    String text = arguments.getOrDefault("device", "");
    return coordinator
        .devices()
        .named(text)
        .orElseThrow(
            () -> new IllegalArgumentException("device '" + text + "' is not in this network"));
  }

  private Work rename(Map<String, String> arguments) {
    Device device = device(arguments);
    String name = arguments.getOrDefault("name", "").strip();
    if (name.length() > 60) {
      throw new IllegalArgumentException("name has more than 60 characters");
    }
    return progress -> {
      coordinator.devices().change(device.ieee(), d -> d.named(name));
      coordinator.changed();
      return "";
    };
  }

  /** Channels with all their properties, by name, as an asset takes them. */
  private Work channels(Map<String, String> arguments) {
    Device device = device(arguments);
    return progress -> GSON.toJson(definitions.channels(device));
  }

  private Work group(Map<String, String> arguments) {
    Device device = device(arguments);
    int group = number(arguments, "group", "", 0xFFF7);
    int endpoint = number(arguments, "endpoint", "1", 240);
    boolean member = !arguments.getOrDefault("member", "true").equals("false");
    return progress -> {
      Radio radio = radio();
      ByteWriter payload = new ByteWriter().u16(group);
      if (member) {
        payload.u8(0); // without a name
      }
      ZclFrame request =
          ZclFrame.request(
              true,
              ZclFrame.NO_MANUFACTURER,
              radio.nextSequence(),
              member ? ADD_GROUP : REMOVE_GROUP,
              payload.toBytes());
      try {
        byte[] answer =
            radio
                .ask(device.network(), endpoint, GROUPS, request)
                .get(LIMIT_S, TimeUnit.SECONDS)
                .payload();
        int status = answer.length > 0 ? answer[0] & 0xff : 0xff;
        if (status != 0) {
          throw new JobException("the device refuses (status " + status + ")", null);
        }
        return "";
      } catch (ExecutionException | TimeoutException silent) {
        throw new JobException("the device does not answer: " + silent.getMessage(), silent);
      }
    };
  }

  private static int number(Map<String, String> arguments, String key, String otherwise, int max) {
    String text = arguments.getOrDefault(key, otherwise);
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > max) {
      throw new IllegalArgumentException(key + " is '" + text + "', must be 1 to " + max);
    }
    return Integer.parseInt(text);
  }

  private Work interview(Map<String, String> arguments) {
    Device device = device(arguments);
    return progress -> {
      setup.interviewAgain(device.ieee());
      return "";
    };
  }

  /** A device that does not hear it is forgotten all the same. */
  private Work remove(Map<String, String> arguments) {
    Device device = device(arguments);
    return progress -> {
      String answer;
      try {
        byte[] told = radio().leave(device).get(LIMIT_S, TimeUnit.SECONDS);
        answer = told.length > 0 && told[0] == 0 ? "left" : "refused to leave";
      } catch (ExecutionException | TimeoutException silent) {
        answer = "did not answer";
      }
      coordinator.left(device.ieee());
      return GSON.toJson(Map.of("device", answer));
    };
  }
}
