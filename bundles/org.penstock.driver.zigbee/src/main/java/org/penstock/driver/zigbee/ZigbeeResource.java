package org.penstock.driver.zigbee;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.driver.Driver;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.penstock.driver.zigbee.device.Device;
import org.penstock.driver.zigbee.device.Devices;
import org.penstock.driver.zigbee.device.Ieee;
import org.penstock.driver.zigbee.stick.NetworkState;

/**
 * What there is to see and to do in ZigBee networks, by the pid of the driver's instance. The network
 * key is never in an answer. What takes long (a map, a backup) is a job.
 */
@Component(service = ZigbeeResource.class, property = "penstock.rest=true")
@Path("api/v1/zigbee")
@Produces(MediaType.APPLICATION_JSON)
public final class ZigbeeResource {

  private static final String READ = "assets.read";
  private static final String ALL = "rest.assets";
  private static final String CONFIGURATION = "rest.configuration";
  private static final int LONGEST_NAME = 60;

  @Reference(
      service = Driver.class,
      target = "(service.factoryPid=" + ZigbeeDriverConfig.FACTORY_PID + ")",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile List<Driver> drivers;

  /** A network; what is not known while the stick is away is null. */
  record Network(
      String pid,
      String state,
      String reason,
      String coordinator,
      Integer panId,
      String extendedPanId,
      Integer channel,
      String firmware,
      String ignoredSettings,
      int devices,
      int permitJoinSeconds) {}

  /** A device; what is not known is null. Link quality is 0 to 255, the battery in percent. */
  record DeviceAnswer(
      String ieee,
      String name,
      String manufacturer,
      String model,
      int networkAddress,
      boolean router,
      boolean sleepy,
      boolean interviewed,
      String problem,
      String lastSeen,
      Integer linkQuality,
      Double battery) {}

  /** A part of a device and its clusters. */
  record EndpointAnswer(
      int id, int profile, int type, List<Integer> inputs, List<Integer> outputs) {}

  /** A device with all its parts. */
  record DeviceDetail(DeviceAnswer device, List<EndpointAnswer> endpoints) {}

  /** A channel that a device can have, with the properties that an asset wants. */
  record ChannelOffer(String name, Map<String, String> properties) {}

  /** A device's new name; empty for none. */
  record Name(String name) {}

  /** For how many seconds the network is open; 0 is closed. */
  record Permit(Integer seconds) {}

  /** The last map, by the job {@code zigbee.map}. */
  record MapAnswer(List<NetworkMap.Link> links, List<String> silent) {}

  /** A device's own code, with its checksum. */
  record Code(String ieee, String code) {}

  /** All networks. */
  @GET
  @RolesAllowed({READ, ALL, CONFIGURATION})
  public List<Network> networks() {
    return drivers.stream()
        .filter(ZigbeeDriver.class::isInstance)
        .map(ZigbeeDriver.class::cast)
        .map(ZigbeeResource::network)
        .toList();
  }

  private static Network network(ZigbeeDriver driver) {
    Coordinator coordinator = driver.coordinator();
    NetworkState state = coordinator.network().orElse(null);
    return new Network(
        driver.pid(),
        coordinator.linkState().phase().name(),
        coordinator.linkState().reason(),
        state == null ? null : Ieee.text(state.ieee()),
        state == null ? null : state.panId(),
        state == null ? null : "%016x".formatted(state.extendedPanId()),
        state == null ? null : state.channel(),
        state == null ? null : state.version(),
        coordinator.ignored(),
        coordinator.devices().all().size(),
        driver.joining().left());
  }

  private ZigbeeDriver driver(String pid) {
    return drivers.stream()
        .filter(each -> each instanceof ZigbeeDriver driver && driver.pid().equals(pid))
        .map(ZigbeeDriver.class::cast)
        .findFirst()
        .orElseThrow(() -> new NotFoundException("there is no ZigBee driver " + pid));
  }

  private static Device device(ZigbeeDriver driver, String text) {
    return driver
        .coordinator()
        .devices()
        .named(text)
        .orElseThrow(() -> new NotFoundException(driver.pid() + " has no device " + text));
  }

  /** All devices of a network. */
  @GET
  @Path("{pid}/devices")
  @RolesAllowed({READ, ALL, CONFIGURATION})
  public List<DeviceAnswer> devices(@PathParam("pid") String pid) {
    ZigbeeDriver driver = driver(pid);
    return driver.coordinator().devices().all().stream().map(d -> answer(driver, d)).toList();
  }

  private static DeviceAnswer answer(ZigbeeDriver driver, Device device) {
    Devices.Heard heard = driver.coordinator().devices().lastHeard(device.ieee()).orElse(null);
    return new DeviceAnswer(
        Ieee.text(device.ieee()),
        device.name(),
        device.manufacturer(),
        device.model(),
        device.network(),
        device.router(),
        device.sleepy(),
        device.interviewed(),
        driver.setup().problem(device.ieee()),
        heard == null ? null : Instant.ofEpochMilli(heard.millis()).toString(),
        heard == null ? null : heard.linkQuality(),
        driver.batteries().of(device.ieee()).orElse(null));
  }

  /** One device, by its IEEE address or its name. */
  @GET
  @Path("{pid}/devices/{device}")
  @RolesAllowed({READ, ALL, CONFIGURATION})
  public DeviceDetail device(@PathParam("pid") String pid, @PathParam("device") String text) {
    ZigbeeDriver driver = driver(pid);
    Device device = device(driver, text);
    return new DeviceDetail(
        answer(driver, device),
        device.endpoints().stream()
            .map(e -> new EndpointAnswer(e.id(), e.profile(), e.type(), e.inputs(), e.outputs()))
            .toList());
  }

  /** The channels that a device can have, by its clusters and its model; none before its interview. */
  @GET
  @Path("{pid}/devices/{device}/channels")
  @RolesAllowed({READ, ALL, CONFIGURATION})
  public List<ChannelOffer> channels(
      @PathParam("pid") String pid, @PathParam("device") String text) {
    ZigbeeDriver driver = driver(pid);
    return driver.definitions().channels(device(driver, text)).entrySet().stream()
        .map(e -> new ChannelOffer(e.getKey(), e.getValue()))
        .toList();
  }

  /** Gives a device a name. */
  @PATCH
  @Path("{pid}/devices/{device}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(CONFIGURATION)
  public DeviceAnswer rename(
      @PathParam("pid") String pid, @PathParam("device") String text, Name name) {
    ZigbeeDriver driver = driver(pid);
    Device device = device(driver, text);
    if (name == null || name.name() == null || name.name().strip().length() > LONGEST_NAME) {
      throw new BadRequestException("name is needed, of at most " + LONGEST_NAME + " characters");
    }
    String wanted = name.name().strip();
    Device now =
        driver
            .coordinator()
            .devices()
            .change(device.ieee(), d -> d.named(wanted))
            .orElseThrow(() -> new NotFoundException("the device has gone"));
    driver.coordinator().changed();
    ZigbeeJob.audit(pid, "rename", Map.of("device", Ieee.text(device.ieee()), "name", wanted));
    return answer(driver, now);
  }

  /** Asks a device to leave, and forgets it although it may not hear that. */
  @DELETE
  @Path("{pid}/devices/{device}")
  @RolesAllowed(CONFIGURATION)
  public DeviceAnswer remove(@PathParam("pid") String pid, @PathParam("device") String text) {
    ZigbeeDriver driver = driver(pid);
    Device device = device(driver, text);
    DeviceAnswer last = answer(driver, device);
    driver.coordinator().radioNow().ifPresent(radio -> radio.leave(device));
    driver.coordinator().left(device.ieee());
    ZigbeeJob.audit(pid, "remove", Map.of("device", Ieee.text(device.ieee())));
    return last;
  }

  /** Asks a device anew what it is; the answer does not wait for it. */
  @POST
  @Path("{pid}/devices/{device}/_interview")
  @RolesAllowed(CONFIGURATION)
  public DeviceAnswer interview(@PathParam("pid") String pid, @PathParam("device") String text) {
    ZigbeeDriver driver = driver(pid);
    Device device = device(driver, text);
    driver.setup().interviewAgain(device.ieee());
    return answer(driver, device(driver, text));
  }

  /** For how long devices may join yet. */
  @GET
  @Path("{pid}/permit-join")
  @RolesAllowed({READ, ALL, CONFIGURATION})
  public Permit permit(@PathParam("pid") String pid) {
    return new Permit(driver(pid).joining().left());
  }

  /** Lets devices join for 1 to 254 seconds; 0 closes the network at once. */
  @PUT
  @Path("{pid}/permit-join")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(CONFIGURATION)
  public Permit permit(@PathParam("pid") String pid, Permit permit) {
    ZigbeeDriver driver = driver(pid);
    if (permit == null || permit.seconds() == null) {
      throw new BadRequestException("seconds is needed, 0 to " + Joining.LONGEST_S);
    }
    ordered(() -> driver.joining().permit(permit.seconds()));
    ZigbeeJob.audit(pid, "permit-join", Map.of("seconds", permit.seconds().toString()));
    return new Permit(driver.joining().left());
  }

  /** Lets a device join with the key of its install code. */
  @POST
  @Path("{pid}/install-codes")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(CONFIGURATION)
  public Network installCode(@PathParam("pid") String pid, Code code) {
    ZigbeeDriver driver = driver(pid);
    if (code == null || code.ieee() == null || code.code() == null) {
      throw new BadRequestException("ieee and code are needed");
    }
    ordered(() -> driver.joining().installCode(Ieee.parse(code.ieee()), code.code()));
    ZigbeeJob.audit(pid, "install-code", Map.of("device", code.ieee()));
    return network(driver);
  }

  private interface Order {
    void carryOut() throws IOException, InterruptedException;
  }

  private static void ordered(Order order) {
    try {
      order.carryOut();
    } catch (IllegalArgumentException wrong) {
      throw new BadRequestException(wrong.getMessage(), wrong);
    } catch (IOException unable) {
      throw new ServiceUnavailableException(unable.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ServiceUnavailableException("interrupted");
    }
  }

  /** Who hears whom, as the job {@code zigbee.map} found last; empty before the first. */
  @GET
  @Path("{pid}/map")
  @RolesAllowed({READ, ALL, CONFIGURATION})
  public MapAnswer map(@PathParam("pid") String pid) {
    NetworkMap.Tables last = driver(pid).lastMap();
    return new MapAnswer(last.links(), last.silent());
  }
}
