package org.penstock.driver.lorawan;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.driver.Driver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.penstock.driver.lorawan.codec.Eui;
import org.penstock.driver.lorawan.payload.Codecs;
import org.penstock.driver.lorawan.payload.PayloadException;
import org.penstock.driver.lorawan.server.DeviceConfig;
import org.penstock.driver.lorawan.server.DeviceView;
import org.penstock.driver.lorawan.server.Gateways;
import org.penstock.driver.lorawan.server.Heard;
import org.penstock.driver.lorawan.server.Uplink;

/**
 * What there is to see and to do at the network servers, by the pid of the driver's instance. Keys are never
 * in an answer.
 */
@Component(service = LorawanResource.class, property = "penstock.rest=true")
@Path("api/v1/lorawan")
@Produces(MediaType.APPLICATION_JSON)
public final class LorawanResource {

  private static final String READ = "assets.read";
  private static final String ALL = "rest.assets";
  private static final String CONFIGURATION = "rest.configuration";
  private static final int MOST_BYTES = 242;
  private static final int MOST_SECONDS = 5;
  private static final double HOUR_MS = 3_600_000;

  private final ConfigurationService configurations;

  @Reference(
      service = Driver.class,
      target = "(service.factoryPid=" + LorawanDriverConfig.FACTORY_PID + ")",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile List<Driver> drivers;

  /** Called by the component runtime. */
  @Activate
  public LorawanResource(@Reference ConfigurationService configurations) {
    this.configurations = configurations;
  }

  /** A network server. */
  record Server(
      String pid, String region, String state, String reason, int gateways, int devices) {}

  /** A gateway; {@code kind} is udp or station; airtime is of the last hour in the busiest band. */
  record GatewayAnswer(
      String eui,
      String kind,
      boolean reachable,
      long quietMs,
      long airMs,
      List<BandAnswer> bands,
      String statistics) {}

  /** What a gateway has sent in a band in the last hour, and what it may send in an hour. */
  record BandAnswer(int fromHz, int toHz, long airMs, long limitMs) {}

  /** A device; what is not known is null. Battery: 0 external, 1 to 254, 255 unknown. */
  record DeviceAnswer(
      String devEui,
      String name,
      String activation,
      String deviceClass,
      String codec,
      boolean joined,
      String heardAt,
      Long frameCounter,
      Integer port,
      Integer dataRate,
      Double rssi,
      Double snr,
      Integer gateways,
      int battery,
      int margin,
      int queued,
      String lastDownlink) {}

  /** A device with what it said last. */
  record DeviceDetail(DeviceAnswer device, String payload, Map<String, String> values) {}

  /** The last frames of a device, the newest last. */
  record Frames(List<String> frames) {}

  /** One that waits; data in hexadecimal digits. */
  record Queued(int port, String data, boolean confirmed, String expiresAt) {}

  /** To be queued; data in hexadecimal digits, or one field with a value for the codec. */
  record Order(Integer port, String data, String field, Double value, Boolean confirmed) {}

  /** How a codec is: empty when nothing is wrong. */
  record CodecAnswer(String name, String problem) {}

  /** A codec to be tried: sections as in the configuration, or empty for the instance's own. */
  record Trial(String codecs, String name, Integer port, String data) {}

  /** What it made of the bytes, or why it made nothing. */
  record TrialAnswer(Map<String, String> values, String problem) {}

  /** A text with devices, how they are decoded, and whether it is only looked at. */
  record ImportOrder(String csv, String codec, Boolean dryRun) {}

  /** All network servers. */
  @GET
  @RolesAllowed({READ, ALL, CONFIGURATION})
  public List<Server> servers() {
    return drivers.stream()
        .filter(LorawanDriver.class::isInstance)
        .map(LorawanDriver.class::cast)
        .map(LorawanResource::server)
        .toList();
  }

  private static Server server(LorawanDriver driver) {
    LorawanStation station = driver.station();
    return new Server(
        driver.pid(),
        station.region(),
        driver.linkState().phase().name(),
        driver.linkState().reason(),
        station.gateways().size(),
        station.devices().size());
  }

  private LorawanDriver driver(String pid) {
    return drivers.stream()
        .filter(each -> each instanceof LorawanDriver driver && driver.pid().equals(pid))
        .map(LorawanDriver.class::cast)
        .findFirst()
        .orElseThrow(() -> new NotFoundException("there is no LoRaWAN driver " + pid));
  }

  private DeviceConfig device(LorawanDriver driver, String devEui) {
    DeviceConfig device = driver.station().devices().get(eui(devEui));
    if (device == null) {
      throw new NotFoundException(driver.pid() + " has no device " + devEui);
    }
    return device;
  }

  private static Eui eui(String text) {
    try {
      return Eui.parse(text);
    } catch (IllegalArgumentException none) {
      throw new NotFoundException(none.getMessage());
    }
  }

  /** The gateways that were heard of. */
  @GET
  @Path("{pid}/gateways")
  @RolesAllowed({READ, ALL, CONFIGURATION})
  public List<GatewayAnswer> gateways(@PathParam("pid") String pid) {
    return driver(pid).station().gateways().stream().map(LorawanResource::answer).toList();
  }

  private static GatewayAnswer answer(Gateways.View view) {
    return new GatewayAnswer(
        view.eui().toString(),
        view.kind(),
        view.downstream(),
        view.quiet() / 1_000_000,
        view.airMicros() / 1_000,
        view.air().stream().map(LorawanResource::band).toList(),
        view.statistics());
  }

  private static BandAnswer band(Gateways.Air air) {
    long limit = Math.round(air.band().duty() * HOUR_MS);
    return new BandAnswer(air.band().from(), air.band().to(), air.micros() / 1_000, limit);
  }

  /** The last frames of all devices, decoded; {@code after} leaves out those up to that number. */
  @GET
  @Path("{pid}/frames")
  @RolesAllowed({READ, ALL, CONFIGURATION})
  public FrameAnswer.Log follow(
      @PathParam("pid") String pid, @QueryParam("after") @DefaultValue("0") long after) {
    LorawanStation station = driver(pid).station();
    return FrameAnswer.log(station.framesAfter(after), station.devices());
  }

  /** All devices. */
  @GET
  @Path("{pid}/devices")
  @RolesAllowed({READ, ALL, CONFIGURATION})
  public List<DeviceAnswer> devices(@PathParam("pid") String pid) {
    LorawanDriver driver = driver(pid);
    return driver.station().devices().values().stream()
        .sorted((a, b) -> a.devEui().compareTo(b.devEui()))
        .map(device -> answer(driver, device))
        .toList();
  }

  private static DeviceAnswer answer(LorawanDriver driver, DeviceConfig device) {
    LorawanStation station = driver.station();
    DeviceView view = station.view(device.devEui()).orElseThrow();
    Uplink last = view.last();
    Heard best = last == null ? null : last.heard().get(0);
    return new DeviceAnswer(
        device.devEui().toString(),
        device.name(),
        device.otaa() ? "OTAA" : "ABP",
        device.classC() ? "C" : "A",
        device.codec(),
        view.joined(),
        last == null ? null : Instant.ofEpochMilli(last.millis()).toString(),
        last == null ? null : last.counter(),
        last == null ? null : last.port(),
        last == null ? null : last.rate(),
        best == null ? null : best.reception().rssi(),
        best == null ? null : best.reception().snr(),
        last == null ? null : last.heard().size(),
        view.battery(),
        view.margin(),
        view.queued().size(),
        station.lastDownlink(device.devEui()));
  }

  /** One device with the values and the payload of its last frame. */
  @GET
  @Path("{pid}/devices/{devEui}")
  @RolesAllowed({READ, ALL, CONFIGURATION})
  public DeviceDetail device(@PathParam("pid") String pid, @PathParam("devEui") String devEui) {
    LorawanDriver driver = driver(pid);
    DeviceConfig device = device(driver, devEui);
    Uplink last = driver.station().view(device.devEui()).orElseThrow().last();
    return new DeviceDetail(
        answer(driver, device),
        last == null ? null : HexFormat.of().formatHex(last.bytes()),
        driver.station().lastValues(device.devEui()));
  }

  /** The last frames up and down, and what was refused. */
  @GET
  @Path("{pid}/devices/{devEui}/frames")
  @RolesAllowed({READ, ALL, CONFIGURATION})
  public Frames frames(@PathParam("pid") String pid, @PathParam("devEui") String devEui) {
    LorawanDriver driver = driver(pid);
    return new Frames(driver.station().frames(device(driver, devEui).devEui()));
  }

  /** What waits for the device. */
  @GET
  @Path("{pid}/devices/{devEui}/queue")
  @RolesAllowed({READ, ALL, CONFIGURATION})
  public List<Queued> queue(@PathParam("pid") String pid, @PathParam("devEui") String devEui) {
    LorawanDriver driver = driver(pid);
    return queued(driver, device(driver, devEui));
  }

  private static List<Queued> queued(LorawanDriver driver, DeviceConfig device) {
    return driver.station().view(device.devEui()).orElseThrow().queued().stream()
        .map(
            each ->
                new Queued(
                    each.port(),
                    HexFormat.of().formatHex(each.bytes()),
                    each.confirmed(),
                    Instant.ofEpochMilli(each.expires()).toString()))
        .toList();
  }

  /** Queues data for the device; what becomes of it stands in its answer's {@code lastDownlink}. */
  @POST
  @Path("{pid}/devices/{devEui}/queue")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({"assets.operate", ALL})
  public List<Queued> queue(
      @PathParam("pid") String pid, @PathParam("devEui") String devEui, Order order) {
    LorawanDriver driver = driver(pid);
    DeviceConfig device = device(driver, devEui);
    boolean isRaw = order != null && order.data() != null;
    if (order == null || isRaw == (order.field() != null && order.value() != null)) {
      throw new BadRequestException("either data, or field and value");
    }
    try {
      byte[] bytes = isRaw ? hex(order.data()) : null;
      int port = order.port() == null ? 1 : order.port();
      boolean confirmed = Boolean.TRUE.equals(order.confirmed());
      done(driver.send(device, order.field(), isRaw ? bytes : order.value(), port, confirmed));
    } catch (PayloadException wrong) {
      throw new BadRequestException(wrong.getMessage(), wrong);
    }
    return queued(driver, device);
  }

  /** The network server's thread does it at once; a second is plenty. */
  private static void done(CompletionStage<Void> stage) {
    try {
      stage.toCompletableFuture().get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ServiceUnavailableException("interrupted");
    } catch (ExecutionException | TimeoutException late) {
      throw new ServiceUnavailableException("the network server is stopping or overloaded");
    }
  }

  private static byte[] hex(String text) {
    if (text == null || text.length() % 2 != 0 || !text.matches("[0-9a-fA-F]*")) {
      throw new BadRequestException("data must be pairs of hexadecimal digits");
    }
    if (text.length() / 2 > MOST_BYTES) {
      throw new BadRequestException("data has at most " + MOST_BYTES + " bytes");
    }
    return HexFormat.of().parseHex(text);
  }

  /** Takes back all that waits for the device. */
  @DELETE
  @Path("{pid}/devices/{devEui}/queue")
  @RolesAllowed({"assets.operate", ALL})
  public List<Queued> clear(@PathParam("pid") String pid, @PathParam("devEui") String devEui) {
    LorawanDriver driver = driver(pid);
    DeviceConfig device = device(driver, devEui);
    done(driver.station().clear(device.devEui()));
    return queued(driver, device);
  }

  /** The instance's codecs. */
  @GET
  @Path("{pid}/codecs")
  @RolesAllowed({READ, ALL, CONFIGURATION})
  public List<CodecAnswer> codecs(@PathParam("pid") String pid) {
    Codecs codecs = driver(pid).station().codecs();
    Map<String, String> all = new TreeMap<>();
    codecs.names().forEach(name -> all.put(name, ""));
    all.putAll(codecs.problems());
    return all.entrySet().stream().map(e -> new CodecAnswer(e.getKey(), e.getValue())).toList();
  }

  /** Tries a codec, with the tests beside it, without saving it. */
  @POST
  @Path("{pid}/codecs/_test")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(CONFIGURATION)
  public TrialAnswer test(@PathParam("pid") String pid, Trial trial) {
    LorawanDriver driver = driver(pid);
    if (trial == null || trial.name() == null || trial.data() == null) {
      throw new BadRequestException("name and data are needed");
    }
    byte[] bytes = hex(trial.data());
    int port = trial.port() == null ? 1 : trial.port();
    Codecs codecs =
        trial.codecs() == null || trial.codecs().isBlank()
            ? driver.station().codecs()
            : driver.codecs(trial.codecs());
    try {
      Map<String, String> values = new TreeMap<>();
      codecs.of(trial.name()).decode(port, bytes).forEach((k, v) -> values.put(k, "" + v));
      return new TrialAnswer(values, "");
    } catch (PayloadException wrong) {
      return new TrialAnswer(Map.of(), wrong.getMessage());
    }
  }

  /**
   * Adds devices to the configuration, or changes them, by a table with the columns of The Things Stack or
   * ChirpStack. A table with a wrong row changes nothing.
   */
  @POST
  @Path("{pid}/devices/_import")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(CONFIGURATION)
  public LorawanImport.Outcome importDevices(@PathParam("pid") String pid, ImportOrder order)
      throws KuraException {
    LorawanDriver driver = driver(pid);
    if (order == null || order.csv() == null) {
      throw new BadRequestException("csv is needed");
    }
    String codec = order.codec() == null ? "" : order.codec();
    if (!codec.matches("\\S*")) {
      throw new BadRequestException("a codec's name has no blanks");
    }
    boolean isDry = Boolean.TRUE.equals(order.dryRun());
    return LorawanImport.take(
        configurations, driver, new LorawanImport.Table(order.csv(), codec), isDry);
  }
}
