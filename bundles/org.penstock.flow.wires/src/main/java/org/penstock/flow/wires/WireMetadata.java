package org.penstock.flow.wires;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.asset.provider.BaseChannelDescriptor;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.OCDService;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.descriptor.DriverDescriptor;
import org.eclipse.kura.driver.descriptor.DriverDescriptorService;
import org.eclipse.kura.wire.graph.WireComponentDefinition;
import org.eclipse.kura.wire.graph.WireComponentDefinitionService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.RestResource;

/** Kura's {@code wire/v1/metadata}: kinds of components, drivers and channels. */
@Component(service = WireMetadata.class, property = RestResource.PROPERTY)
@Path("wire/v1/metadata")
@RolesAllowed("rest.wires.admin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class WireMetadata {

  /** A kind of wire component. */
  record Kind(
      String factoryPid,
      int minInputPorts,
      int maxInputPorts,
      int defaultInputPorts,
      int minOutputPorts,
      int maxOutputPorts,
      int defaultOutputPorts,
      Map<Integer, String> inputPortNames,
      Map<Integer, String> outputPortNames,
      List<ComponentJson.Attribute> componentOCD) {}

  /** The attributes of a driver's channels. */
  record Channels(String pid, String factoryPid, List<ComponentJson.Attribute> channelDescriptor) {}

  /** Any part of the answer; absent parts are left out. */
  record Metadata(
      List<Kind> wireComponentDefinitions,
      List<ComponentJson.Component> driverOCDs,
      List<Channels> driverChannelDescriptors,
      List<ComponentJson.Attribute> assetChannelDescriptor) {}

  private final WireComponentDefinitionService kinds;
  private final OCDService definitions;
  private final DriverDescriptorService drivers;

  /** Called by the component runtime. */
  @Activate
  public WireMetadata(
      @Reference WireComponentDefinitionService kinds,
      @Reference OCDService definitions,
      @Reference DriverDescriptorService drivers) {
    this.kinds = kinds;
    this.definitions = definitions;
    this.drivers = drivers;
  }

  /** All of it. */
  @GET
  public Object all() throws KuraException {
    return new Metadata(kinds(pid -> true), ocds(pid -> true), channels(pid -> true), asset());
  }

  /** Factories of wire components. */
  @GET
  @Path("wireComponents/factoryPids")
  public Object factoryPids() throws KuraException {
    return new ComponentJson.Pids(
        kinds(pid -> true).stream().map(Kind::factoryPid).sorted().toList(), null);
  }

  /** All kinds of wire components. */
  @GET
  @Path("wireComponents/definitions")
  public Object wireComponents() throws KuraException {
    return new Metadata(kinds(pid -> true), null, null, null);
  }

  /** Some kinds of wire components. */
  @POST
  @Path("wireComponents/definitions/byFactoryPid")
  public Object wireComponents(ComponentJson.Pids wanted) throws KuraException {
    return new Metadata(kinds(wanted.given()::contains), null, null, null);
  }

  /** Factories of drivers. */
  @GET
  @Path("drivers/factoryPids")
  public Object driverFactories() throws KuraException {
    return new ComponentJson.Pids(
        ocds(pid -> true).stream().map(ComponentJson.Component::pid).sorted().toList(), null);
  }

  /** Definitions of all drivers. */
  @GET
  @Path("drivers/ocds")
  public Object driverDefinitions() throws KuraException {
    return new Metadata(null, ocds(pid -> true), null, null);
  }

  /** Definitions of some drivers. */
  @POST
  @Path("drivers/ocds/byFactoryPid")
  public Object driverDefinitions(ComponentJson.Pids wanted) throws KuraException {
    return new Metadata(null, ocds(wanted.given()::contains), null, null);
  }

  /** Attributes of the channels of all drivers. */
  @GET
  @Path("drivers/channelDescriptors")
  public Object driverChannels() throws KuraException {
    return new Metadata(null, null, channels(pid -> true), null);
  }

  /** Attributes of the channels of some drivers. */
  @POST
  @Path("drivers/channelDescriptors/byPid")
  public Object driverChannels(ComponentJson.Pids wanted) throws KuraException {
    return new Metadata(null, null, channels(wanted.given()::contains), null);
  }

  /** Attributes that channels of any driver have. */
  @GET
  @Path("assets/channelDescriptor")
  public Object assetChannels() {
    return new Metadata(null, null, null, asset());
  }

  private List<Kind> kinds(Predicate<String> wanted) throws KuraException {
    List<Kind> found = new ArrayList<>();
    for (WireComponentDefinition one : kinds.getComponentDefinitions()) {
      if (wanted.test(one.getFactoryPid())) {
        ComponentConfiguration ocd = one.getComponentOCD();
        found.add(
            new Kind(
                one.getFactoryPid(),
                one.getMinInputPorts(),
                one.getMaxInputPorts(),
                one.getDefaultInputPorts(),
                one.getMinOutputPorts(),
                one.getMaxOutputPorts(),
                one.getDefaultOutputPorts(),
                names(one.getInputPortNames()),
                names(one.getOutputPortNames()),
                ocd == null || ocd.getDefinition() == null
                    ? null
                    : ComponentJson.attributes(ocd.getDefinition().getAD())));
      }
    }
    return found;
  }

  private static Map<Integer, String> names(Map<Integer, String> names) {
    return names == null || names.isEmpty() ? null : new TreeMap<>(names);
  }

  private List<ComponentJson.Component> ocds(Predicate<String> wanted) throws KuraException {
    return definitions.getServiceProviderOCDs(Driver.class).stream()
        .filter(one -> wanted.test(one.getPid()))
        .map(ComponentJson::of)
        .toList();
  }

  private List<Channels> channels(Predicate<String> wanted) throws KuraException {
    List<Channels> found = new ArrayList<>();
    for (DriverDescriptor one : drivers.listDriverDescriptors()) {
      if (wanted.test(one.getPid())) {
        found.add(
            new Channels(
                one.getPid(), one.getFactoryPid(), attributes(one.getChannelDescriptor())));
      }
    }
    return found;
  }

  private static List<ComponentJson.Attribute> attributes(Object descriptor) {
    List<AD> some = new ArrayList<>();
    for (Object one : descriptor instanceof List<?> list ? list : List.of()) {
      if (one instanceof AD attribute) {
        some.add(attribute);
      }
    }
    return ComponentJson.attributes(some);
  }

  private static List<ComponentJson.Attribute> asset() {
    return attributes(BaseChannelDescriptor.get().getDescriptor());
  }
}
