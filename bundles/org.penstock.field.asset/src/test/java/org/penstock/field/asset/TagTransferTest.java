package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.driver.Driver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.penstock.api.driver.ChannelCheck;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.api.tags.ImportOptions;
import org.penstock.api.tags.TableFormat;
import org.penstock.api.tags.TagProblem;
import org.penstock.api.tags.TagReport;
import org.penstock.field.asset.table.TableWriter;

/** Tables of channels. If deleted: a wrong cell could take half a plant down. */
class TagTransferTest {

  private static final ImportOptions DRY = new ImportOptions(Optional.empty(), false, false, true);
  private static final ImportOptions REPLACE =
      new ImportOptions(Optional.empty(), true, false, false);

  @TempDir File cache;
  private Rig rig;
  private TagTransfer tables;
  private final Map<String, WireAsset> assets = new HashMap<>();
  private final List<String> calls = new ArrayList<>();
  private String refused = "";
  private Executor making = Runnable::run;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig(cache);
    rig.register("driver", new FakeDriver(true));
    Drivers drivers = new Drivers(rig.context);
    tables = new TagTransfer(rig.threads, configurations(), drivers, drivers);
    make(
        Props.asset()
            .channel("level", "READ", "INTEGER")
            .set("level#address", 5)
            .set("level#+scale", "2")
            .channel("valve", "READ_WRITE", "BOOLEAN")
            .set("valve#address", 6)
            .map());
    rig.settle();
  }

  @AfterEach
  void stop() throws Exception {
    assets.values().forEach(WireAsset::deactivate);
    rig.close();
  }

  private void make(Map<String, Object> properties) {
    WireAsset asset = new WireAsset(rig.threads, rig.helper(), rig.componentContext(), properties);
    assets.put((String) properties.get("kura.service.pid"), asset);
  }

  /** What Kura's service does with assets. */
  private ConfigurationService configurations() {
    return (ConfigurationService)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ConfigurationService.class},
            (proxy, method, args) -> {
              calls.add(method.getName() + (args == null ? "" : " " + pid(args)));
              if (args != null && pid(args).equals(refused)) {
                throw new KuraException(KuraErrorCode.CONFIGURATION_ERROR, "disk full");
              }
              switch (method.getName()) {
                case "createFactoryConfiguration" ->
                    making.execute(() -> make(properties(args[2])));
                case "updateConfiguration" ->
                    assets.get((String) args[0]).reconfigure(properties(args[1]));
                case "deleteFactoryConfiguration" -> assets.remove((String) args[0]).deactivate();
                default -> {}
              }
              return method.getName().equals("snapshot") ? 1L : null;
            });
  }

  /** The one that came next met an asset without driver, and was refused for each of its rows. */
  @Test
  void anImportWasAnsweredBeforeTheAssetHadItsChannels() throws IOException {
    making = task -> new Thread(task, "component runtime").start();
    TagReport report =
        csv("asset,driver.pid,name,type,value.type,address\nlate,driver,a,READ,LONG,1\n", REPLACE);
    assertTrue(report.applied(), report::toString);
    assertEquals("1", String.valueOf(property("late", "a#address")));
  }

  private static String pid(Object[] args) {
    return args[0].equals(WireAssetConfig.FACTORY_PID) ? (String) args[1] : (String) args[0];
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> properties(Object map) {
    return (Map<String, Object>) map;
  }

  private Object property(String asset, String key) {
    return rig.threads.core(asset).orElseThrow().properties().get(key);
  }

  private TagReport csv(String text, ImportOptions options) throws IOException {
    return tables.importTable(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), TableFormat.CSV, options);
  }

  private static void assertCounts(int added, int changed, int removed, TagReport report) {
    assertEquals(List.of(), report.problems());
    assertEquals(
        List.of(added, changed, removed),
        List.of(report.added(), report.changed(), report.removed()));
  }

  @Test
  void channelsAreAddedAndChangedAndOthersStay() throws IOException {
    TagReport report =
        csv(
            """
            asset,name,type,value.type,unit,address,enabled
            asset,level,,,m,,
            asset,temp,READ,DOUBLE,°C,9,false
            """,
            ImportOptions.DEFAULT);
    assertCounts(1, 1, 0, report);
    assertTrue(report.applied());
    assertEquals("m", property("asset", "level#+unit"));
    assertEquals("2", property("asset", "level#+scale"));
    assertEquals(9, property("asset", "temp#address"));
    assertEquals(false, property("asset", "temp#+enabled"));
    assertEquals("BOOLEAN", property("asset", "valve#+value.type"));
    assertEquals(List.of("updateConfiguration asset", "snapshot"), calls);
  }

  @Test
  void replacingRemovesWhatTheTableDoesNotName() throws IOException {
    assertCounts(0, 0, 1, csv("asset,name\nasset,level\n", REPLACE));
    assertEquals(5, property("asset", "level#address"));
    assertFalse(rig.threads.core("asset").orElseThrow().properties().containsKey("valve#+type"));
  }

  @Test
  void aTableOfKurasIsForOneAssetAndHasNoPlusSigns() throws IOException {
    ImportOptions kura = new ImportOptions(Optional.of("asset"), false, false, false);
    String table =
        "name,enabled,type,value.type,scaleoffset.type,scale,offset,unit,listen,address\n"
            + "speed,true,READ_WRITE,LONG,DOUBLE,0.5,-1,rpm,false,12\n";
    assertCounts(1, 0, 0, csv(table, kura));
    assertEquals("DOUBLE", property("asset", "speed#+scaleoffset.type"));
    assertEquals("0.5", property("asset", "speed#+scale"));
    assertEquals(false, property("asset", "speed#+listen"));
  }

  /** If deleted: one changed cell of a large plant would begin all its assets anew. */
  @Test
  void anAssetThatStaysTheSameIsNotTouched() throws IOException {
    make(
        Props.asset()
            .set("kura.service.pid", "other")
            .channel("flow", "READ", "INTEGER")
            .set("flow#address", 7)
            .map());
    calls.clear();
    TagReport report =
        csv("asset,name,address\nasset,level,5\nother,flow,8\n", ImportOptions.DEFAULT);
    assertCounts(0, 1, 0, report);
    assertEquals(List.of("updateConfiguration other", "snapshot"), calls);
  }

  @Test
  void aDryRunSaysWhatWouldChangeAndChangesNothing() throws IOException {
    TagReport report = csv("asset,name,unit\nasset,level,m\n", DRY);
    assertCounts(0, 1, 0, report);
    assertFalse(report.applied());
    assertEquals(List.of(), calls);
  }

  @Test
  void emptyCellsLeavePropertiesAloneUnlessTheyAreTexts() throws IOException {
    String table = "asset,name,scale\nasset,level,\n";
    csv(table, ImportOptions.DEFAULT);
    assertEquals("2", property("asset", "level#+scale"));
    csv(table, new ImportOptions(Optional.empty(), false, true, false));
    assertEquals("", property("asset", "level#+scale"));
  }

  @Test
  void assetsAreMadeWhereTheirDriverIsNamed() throws IOException {
    TagReport report =
        csv(
            "asset,driver.pid,name,type,value.type\n"
                + "new,driver,a,READ,LONG\n"
                + "new,driver,b,READ,LONG\n",
            ImportOptions.DEFAULT);
    assertCounts(2, 0, 0, report);
    assertEquals(List.of("createFactoryConfiguration new", "snapshot"), calls);
    assertEquals("LONG", property("new", "b#+value.type"));
    assertEquals("driver", property("new", "driver.pid"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          asset,a b,READ,LONG,1,,true      | row 3, column name: a channel's name
          asset,ok,READ,LONG,1,,true       | row 3, column name: asset has that channel in a row above
          nix,x,READ,LONG,1,,true          | row 3, column asset: there is no asset nix
          ,x,READ,LONG,1,,true             | row 3, column asset: name an asset
          asset,x,LESEN,LONG,1,,true       | row 3, column type: is 'LESEN', must be one of READ
          asset,x,READ,INT,1,,true         | row 3, column value.type: is 'INT', must be one of
          asset,x,READ,,1,,true            | row 3, column value.type: a new channel needs it
          asset,x,READ,LONG,a1,,true       | row 3, column address: must be Integer
          asset,x,READ,LONG,1,viel,true    | row 3, column scale: is 'viel', must be a number
          asset,x,READ,LONG,1,,ja          | row 3, column enabled: must be true or false
          """)
  void eachWrongCellIsNamedAndNothingIsApplied(String row, String expected) throws IOException {
    String head = "asset,name,type,value.type,address,scale,enabled\nasset,ok,READ,LONG,1,,true\n";
    TagReport report = csv(head + row + "\n", ImportOptions.DEFAULT);
    assertEquals(1, report.problems().size(), () -> "" + report.problems());
    String text = report.problems().get(0).text();
    assertTrue(text.startsWith(expected), text);
    assertFalse(report.applied());
    assertEquals(List.of(), calls);
    assertEquals(0, report.added());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          asset,type      | row 1, column name: the column 'name' is missing
          name,type       | row 1, column asset: the column 'asset' is missing
          asset,name,name | row 1, column name: the column is there twice
          """)
  void aWrongHeaderIsNamed(String header, String expected) throws IOException {
    String text = csv(header + "\n", ImportOptions.DEFAULT).problems().get(0).text();
    assertTrue(text.startsWith(expected), text);
    assertEquals(1, csv("", ImportOptions.DEFAULT).problems().size());
  }

  @Test
  void attributesThatTheDriverHasNotAreNamedWithThoseThatItHas() throws IOException {
    TagReport report = csv("asset,name,register\nasset,level,7\n", ImportOptions.DEFAULT);
    assertEquals(
        "row 2, column register: driver driver has no such attribute; it has [address]",
        report.problems().get(0).text());
  }

  @Test
  void whatCannotBeEndedIsUndone() throws IOException {
    refused = "zzz";
    TagReport report =
        csv(
            "asset,driver.pid,name,type,value.type,unit\nnew,driver,a,READ,LONG,\n"
                + "asset,driver,level,,,m\nzzz,driver,a,READ,LONG,\n",
            ImportOptions.DEFAULT);
    assertFalse(report.applied());
    assertTrue(report.problems().get(0).text().startsWith("asset zzz: "), () -> "" + report);
    assertEquals(Set.of("asset"), rig.threads.assets());
    assertEquals(null, property("asset", "level#+unit"));
  }

  @Test
  void aTemplateMakesAllChannelsOfEachInstance() throws IOException {
    String type =
        "name,type,value.type,address,unit\nspeed,READ,LONG,${base},${unit}\ntemp,READ,LONG,7,\n";
    String instances =
        "asset,driver.pid,base,unit\npump1,driver,100,rpm\npump2,driver,200,Hz\npump3,driver,x,\n";
    TagReport wrong = template(type, instances);
    assertEquals(
        List.of(new TagProblem(2, "address", "x", "must be Integer (instance in row 4)")),
        wrong.problems());
    assertEquals(Set.of("asset"), rig.threads.assets());
    TagReport right = template(type, instances.replace(",x,", ",300,"));
    assertCounts(6, 0, 0, right);
    assertEquals(200, property("pump2", "speed#address"));
    assertEquals("Hz", property("pump2", "speed#+unit"));
    TagReport unknown = template(type.replace("${unit}", "${einheit}"), instances);
    assertTrue(
        unknown.problems().get(0).problem().startsWith("instances have no column 'einheit'"));
  }

  private TagReport template(String type, String instances) throws IOException {
    return tables.importTemplate(
        new ByteArrayInputStream(type.getBytes(StandardCharsets.UTF_8)),
        new ByteArrayInputStream(instances.getBytes(StandardCharsets.UTF_8)),
        TableFormat.CSV,
        ImportOptions.DEFAULT);
  }

  @ParameterizedTest
  @EnumSource(TableFormat.class)
  void whatIsExportedCanBeImportedAgainWithoutAChange(TableFormat format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    tables.exportTable(List.of(), format, out);
    TagReport report =
        tables.importTable(new ByteArrayInputStream(out.toByteArray()), format, REPLACE);
    assertCounts(0, 0, 0, report);
    assertEquals(2, report.rows());
    if (format == TableFormat.CSV) {
      String first = out.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
      assertEquals(
          "asset,driver.pid,name,enabled,type,value.type,scaleoffset.type,scale,offset,unit,"
              + "listen,address",
          first);
    }
  }

  private static final Duration FIVE_TIMES_TEN_SECONDS = Duration.ofSeconds(50);

  /** If deleted: an import of a whole plant could take minutes, or leave one half behind. */
  @ParameterizedTest
  @EnumSource(TableFormat.class)
  void fiftyThousandChannelsAreImportedInTenSecondsAndAWrongCellInRow31337IsNamed(
      TableFormat format) throws IOException {
    byte[] good = plant(format, "7");
    TagReport wrong =
        assertTimeout(
            FIVE_TIMES_TEN_SECONDS,
            () ->
                tables.importTable(
                    new ByteArrayInputStream(plant(format, "seven")),
                    format,
                    ImportOptions.DEFAULT));
    assertEquals(
        List.of(new TagProblem(31_337, "address", "seven", "must be Integer")), wrong.problems());
    assertEquals(List.of(), calls);
    TagReport right =
        assertTimeout(
            FIVE_TIMES_TEN_SECONDS,
            () ->
                tables.importTable(new ByteArrayInputStream(good), format, ImportOptions.DEFAULT));
    assertCounts(50_000, 0, 0, right);
    assertEquals(50_000, right.rows());
    assertEquals("REAL", property("line49", "tag999#+unit"));
  }

  private static byte[] plant(TableFormat format, String addressInRow31337) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TableWriter table = TableWriter.to(out, format)) {
      table.row(
          List.of("asset", "driver.pid", "name", "type", "value.type", "scale", "unit", "address"));
      for (int i = 0; i < 50_000; i++) {
        table.row(
            List.of(
                "line" + i / 1000,
                "driver",
                "tag" + i % 1000,
                "READ",
                "DOUBLE",
                "0.1",
                "REAL",
                i + 2 == 31_337 ? addressInRow31337 : "" + i));
      }
    }
    return out.toByteArray();
  }

  private interface Checking extends Driver, ChannelCheck {}

  /**
   * A byte order that no driver knows was taken in and failed with each read: only the driver can tell, and
   * nobody asked it.
   */
  @Test
  void whatOnlyTheDriverKnowsToBeWrongIsNamedByRowAndColumn() throws IOException {
    Driver driver =
        (Driver)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Checking.class},
                (proxy, method, args) -> {
                  if (method.getName().equals("checkChannel")) {
                    Map<String, Object> config = ((ChannelRecord) args[0]).getChannelConfig();
                    if (!"ABCD".equals(config.get("order"))) {
                      throw new DriverException(
                          ErrorKind.CONFIGURATION, "", "property order must be ABCD");
                    }
                  }
                  return method.getName().equals("hashCode") ? (Object) 1 : null;
                });
    rig.register("picky", driver);
    String rows =
        """
        asset,driver.pid,name,type,value.type,order
        tank,picky,a,READ,FLOAT,ABCD
        tank,picky,b,READ,FLOAT,ABCX
        """;
    TagReport report = csv(rows, ImportOptions.DEFAULT);
    assertFalse(report.applied());
    TagProblem problem = report.problems().get(0);
    assertEquals(
        "3 order ABCX property order must be ABCD",
        String.join(
            " ",
            Integer.toString(problem.row()),
            problem.column(),
            problem.value(),
            problem.problem()));
    assertCounts(2, 0, 0, csv(rows.replace("ABCX", "ABCD"), ImportOptions.DEFAULT));
  }
}
