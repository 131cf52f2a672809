package org.penstock.flow.rules.rule;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;
import org.penstock.api.expression.Expression;
import org.penstock.api.expression.ExpressionException;
import org.penstock.api.rest.Answers;
import org.penstock.flow.rules.language.Language;

/** Rules over REST: how they are, checks before they are saved, simulation. */
@Component(service = RulesResource.class, property = "penstock.rest=true")
@Path("api/v1/rules")
@RolesAllowed("rest.configuration")
@Produces(MediaType.APPLICATION_JSON)
public final class RulesResource {

  private static final int MOST_EVENTS = 200_000;
  private static final int UNPROCESSABLE = 422;

  private final RuleEngine engine;
  private final ConfigurationService configurations;

  /** Called by the component runtime. */
  @Activate
  public RulesResource(
      @Reference RuleEngine engine, @Reference ConfigurationService configurations) {
    this.engine = engine;
    this.configurations = configurations;
  }

  /** One rule; absent members are null. */
  record Shown(
      String pid,
      String when,
      boolean enabled,
      boolean active,
      String activeSince,
      String level,
      String reason,
      Set<String> references,
      Map<String, Object> figures) {}

  /** A text to be looked at. */
  record Text(String expression, String type) {}

  /** What is to be said of it: a fault with its place from 1, or the value now. */
  record Verdict(
      boolean valid,
      int character,
      String message,
      Set<String> references,
      String value,
      String quality) {}

  /** Properties of a rule, as its metatype has them. */
  record Properties(Map<String, Object> properties) {}

  /** Faults of a rule. */
  record Faults(List<RuleDefinition.Fault> faults) {}

  /** What a saved rule is warned of. */
  record Saved(String pid, List<String> warnings) {}

  /** A value at its time; without value it is bad. */
  record Recorded(String channel, String time, String value) {}

  /** Values, and properties of rules by pid; the rules as they are when there are none. */
  record Trial(List<Recorded> events, Map<String, Map<String, Object>> rules) {}

  /** What an expression may be written with. */
  record Words(Set<String> functions, Set<String> channels) {}

  /** All functions and channels, as an expression has them, for completion. */
  @GET
  @Path("_words")
  public Words words() {
    Set<String> channels = new TreeSet<>();
    engine.known().forEach(channel -> channels.add(Language.written(channel)));
    return new Words(Language.functions(), channels);
  }

  /** All rules. */
  @GET
  public List<Shown> list() {
    List<Shown> all = new ArrayList<>();
    engine.rules().forEach((pid, rule) -> all.add(shown(pid, rule)));
    return all;
  }

  /** One rule. */
  @GET
  @Path("{pid}")
  public Shown one(@PathParam("pid") String pid) {
    return shown(pid, rule(pid));
  }

  private Rule rule(String pid) {
    return Optional.ofNullable(engine.rules().get(pid))
        .orElseThrow(() -> new NotFoundException("there is no rule " + pid));
  }

  private static Shown shown(String pid, Rule rule) {
    Rule.View view = rule.view();
    Map<String, Object> properties = rule.properties();
    return new Shown(
        pid,
        String.valueOf(properties.getOrDefault("when", "")),
        Boolean.parseBoolean(String.valueOf(properties.getOrDefault("enabled", true))),
        view.active(),
        view.activeSince().map(Instant::toString).orElse(null),
        view.level().name(),
        view.reason(),
        new TreeSet<>(view.references()),
        view.figures());
  }

  /** Looks at an expression, and gives its value now; a read, for those who ask again and again. */
  @GET
  @Path("_check")
  public Verdict value(
      @QueryParam("expression") String expression, @QueryParam("type") String type) {
    return check(new Text(expression, type));
  }

  /** Looks at an expression, and gives its value now. */
  @POST
  @Path("_check")
  @Consumes(MediaType.APPLICATION_JSON)
  public Verdict check(Text text) {
    if (text == null || text.expression() == null) {
      throw new BadRequestException("give {\"expression\":\"...\",\"type\":\"BOOLEAN\"}");
    }
    DataType type;
    try {
      type = text.type() == null ? DataType.BOOLEAN : DataType.valueOf(text.type());
    } catch (IllegalArgumentException none) {
      throw new BadRequestException(text.type() + " is no type", none);
    }
    try {
      Expression expression = new Language().compile(text.expression(), type, engine);
      Expression.Result now = expression.evaluate(engine::state, Instant.now());
      return new Verdict(
          true,
          0,
          now.quality().reason(),
          new TreeSet<>(expression.references()),
          now.value().map(value -> String.valueOf(value.getValue())).orElse(null),
          now.quality().level().name());
    } catch (ExpressionException wrong) {
      return new Verdict(false, wrong.position() + 1, wrong.getMessage(), Set.of(), null, null);
    }
  }

  /** Makes a rule or changes it, if it is right; 422 with all faults if not. */
  @PUT
  @Path("{pid}")
  @Answers(Saved.class)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response save(@PathParam("pid") String pid, Properties body) {
    if (body == null || body.properties() == null) {
      throw new BadRequestException("give {\"properties\":{\"when\":\"...\"}}");
    }
    Map<String, Object> given = new HashMap<>(body.properties());
    given.values().removeIf(java.util.Objects::isNull);
    given.replaceAll((key, value) -> typed(key, value));
    Rule before = engine.rules().get(pid);
    Map<String, Object> whole = new HashMap<>(before == null ? Map.of() : before.properties());
    whole.putAll(given);
    whole.put(ConfigurationService.KURA_SERVICE_PID, pid);
    RuleDefinition definition = new RuleDefinition(whole, engine);
    if (!definition.faults().isEmpty()) {
      return Response.status(UNPROCESSABLE).entity(new Faults(definition.faults())).build();
    }
    try {
      if (before == null) {
        configurations.createFactoryConfiguration(RuleConfig.FACTORY_PID, pid, given, true);
      } else {
        configurations.updateConfiguration(pid, given, true);
      }
    } catch (KuraException refused) {
      throw new BadRequestException(refused.getMessage(), refused);
    }
    return Response.ok(new Saved(pid, warnings(pid, definition))).build();
  }

  private static Object typed(String key, Object value) {
    if (key.endsWith(".ms") && value instanceof Number number) {
      return number.longValue();
    }
    return value;
  }

  /** Rules that act on each other in a circle. */
  private List<String> warnings(String pid, RuleDefinition definition) {
    Map<String, RuleDefinition> all = current();
    all.put(pid, definition);
    return Circles.through(pid, all).map(List::of).orElse(List.of());
  }

  private Map<String, RuleDefinition> current() {
    return current(engine);
  }

  /** The rules as they are, compiled anew. */
  static Map<String, RuleDefinition> current(RuleEngine engine) {
    Map<String, RuleDefinition> all = new TreeMap<>();
    engine
        .rules()
        .forEach((pid, rule) -> all.put(pid, new RuleDefinition(rule.properties(), engine)));
    return all;
  }

  /** Takes a rule away. */
  @DELETE
  @Path("{pid}")
  public Response delete(@PathParam("pid") String pid) {
    rule(pid);
    try {
      configurations.deleteFactoryConfiguration(pid, true);
    } catch (KuraException refused) {
      throw new BadRequestException(refused.getMessage(), refused);
    }
    return Response.noContent().build();
  }

  /** What these rules would have done with these values, beside the rules as they are. */
  @POST
  @Path("_simulate")
  @Consumes(MediaType.APPLICATION_JSON)
  public Simulation.Difference simulate(Trial trial) {
    if (trial == null || trial.events() == null || trial.events().size() > MOST_EVENTS) {
      throw new BadRequestException(
          "give {\"events\":[{\"channel\":..,\"time\":..,\"value\":..}],\"rules\":{..}}, at most "
              + MOST_EVENTS
              + " events");
    }
    Map<String, RuleDefinition> proposed = proposed(engine, trial.rules());
    List<Simulation.Event> events = events(engine, trial.events());
    return Simulation.difference(
        Simulation.run(current(), events), Simulation.run(proposed, events));
  }

  /** The given rules, or those there are; refused when one of them is wrong. */
  static Map<String, RuleDefinition> proposed(
      RuleEngine engine, Map<String, Map<String, Object>> given) {
    Map<String, RuleDefinition> proposed = new TreeMap<>();
    if (given == null) {
      proposed.putAll(current(engine));
    } else {
      given.forEach((pid, rule) -> proposed.put(pid, new RuleDefinition(rule, engine)));
    }
    Simulation.fault(proposed)
        .ifPresent(
            fault -> {
              throw new BadRequestException(fault);
            });
    return proposed;
  }

  /** Recorded values, understood. */
  static List<Simulation.Event> events(RuleEngine engine, List<Recorded> recorded) {
    return recorded.stream().map(one -> event(engine, one)).toList();
  }

  private static Simulation.Event event(RuleEngine engine, Recorded recorded) {
    DataType type =
        engine
            .type(String.valueOf(recorded.channel()))
            .orElseThrow(
                () -> new BadRequestException("there is no channel " + recorded.channel()));
    try {
      Instant at = Instant.parse(recorded.time());
      if (recorded.value() == null) {
        return new Simulation.Event(
            recorded.channel(),
            new ChannelState(
                Quality.bad("recorded as bad"), at, Optional.empty(), Optional.empty()));
      }
      TypedValue<?> value = TypedValues.parseTypedValue(type, recorded.value());
      return new Simulation.Event(
          recorded.channel(),
          new ChannelState(Quality.GOOD, at, Optional.of(value), Optional.of(at)));
    } catch (DateTimeException | IllegalArgumentException | NullPointerException wrong) {
      throw new BadRequestException(
          "%s at %s: '%s' is no %s, or the time is none such as 2026-11-27T12:00:00Z"
              .formatted(recorded.channel(), recorded.time(), recorded.value(), type),
          wrong);
    }
  }
}
