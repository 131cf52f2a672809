package org.penstock.driver.zigbee;

import com.google.gson.Gson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.penstock.api.job.JobException;
import org.penstock.api.job.JobKind;
import org.penstock.api.job.Progress;
import org.penstock.api.job.Work;
import org.penstock.driver.zigbee.device.Ieee;

/** Jobs for the network as a whole: its map, its backup, install codes. */
final class NetworkJobs {

  private static final Gson GSON = new Gson();

  private final Coordinator coordinator;
  private final Joining joining;
  private final AtomicReference<NetworkMap.Tables> lastMap;

  private NetworkJobs(
      Coordinator coordinator, Joining joining, AtomicReference<NetworkMap.Tables> lastMap) {
    this.coordinator = coordinator;
    this.joining = joining;
    this.lastMap = lastMap;
  }

  static List<JobKind> kinds(
      String pid,
      Coordinator coordinator,
      Joining joining,
      AtomicReference<NetworkMap.Tables> lastMap) {
    NetworkJobs jobs = new NetworkJobs(coordinator, joining, lastMap);
    return List.of(
        ZigbeeJob.of(pid, "map", "asks who hears whom", arguments -> jobs::map),
        ZigbeeJob.changing(
            pid,
            "backup",
            "writes what another stick needs to go on in this one's place, with the network key",
            arguments -> jobs::backup),
        ZigbeeJob.changing(
            pid,
            "install-code",
            "lets a device join with its own key; device, code",
            jobs::installCode));
  }

  private String map(Progress progress) throws JobException, InterruptedException {
    try {
      NetworkMap.Tables tables =
          new NetworkMap(coordinator)
              .ask((done, all, who) -> progress.report(100 * done / all, "asks " + who));
      lastMap.set(tables);
      return GSON.toJson(tables);
    } catch (IOException away) {
      throw new JobException(away.getMessage(), away);
    }
  }

  private String backup(Progress progress) throws JobException, InterruptedException {
    try {
      coordinator
          .backup()
          .write(
              coordinator
                  .stickNow()
                  .orElseThrow(() -> new IOException("the stick is away"))
                  .backup(),
              coordinator.devices().all());
      return GSON.toJson(Map.of("file", coordinator.backup().file().toString()));
    } catch (IOException unable) {
      throw new JobException(unable.getMessage(), unable);
    }
  }

  private Work installCode(Map<String, String> arguments) {
    long device = Ieee.parse(arguments.getOrDefault("device", ""));
    String code = arguments.getOrDefault("code", "");
    return progress -> {
      try {
        joining.installCode(device, code);
        return "";
      } catch (IOException | IllegalArgumentException refused) {
        throw new JobException(refused.getMessage(), refused);
      }
    };
  }
}
