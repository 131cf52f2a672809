package org.penstock.console.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.rest.AssetGroups;
import org.penstock.api.rest.RestResource;
import org.penstock.api.security.Caller;
import org.penstock.console.rest.Plants.Plant;

/** All assets with their drivers, without what each channel is configured with. */
@Component(service = AssetListResource.class, property = RestResource.PROPERTY)
@Path("api/v1/assets")
@AssetGroups
@RolesAllowed({Permissions.ASSETS, Permissions.ASSETS_READ})
@Produces(MediaType.APPLICATION_JSON)
public final class AssetListResource {

  /** One asset; {@code channels}: how many. */
  record Entry(String pid, String driver, String group, int channels) {}

  /** Those that the caller may read, in order of pid. */
  record Entries(List<Entry> assets) {}

  private final Plants plants;

  /** Called by the component runtime. */
  @Activate
  public AssetListResource(@Reference Plants plants) {
    this.plants = plants;
  }

  private static Entry entry(Plant plant) {
    var configuration = plant.asset().getAssetConfiguration();
    return configuration == null
        ? new Entry(plant.pid(), "", plant.group(), 0)
        : new Entry(
            plant.pid(),
            configuration.getDriverPid(),
            plant.group(),
            configuration.getAssetChannels().size());
  }

  /** All assets with their drivers. */
  @GET
  public Entries list(@Context SecurityContext security) {
    Caller caller = (Caller) security.getUserPrincipal();
    return new Entries(
        plants.all().stream()
            .filter(plant -> ChannelsResource.mayRead(caller, plant))
            .map(AssetListResource::entry)
            .toList());
  }
}
