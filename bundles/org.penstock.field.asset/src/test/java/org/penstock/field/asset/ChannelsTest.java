package org.penstock.field.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.kura.asset.AssetConfiguration;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.channel.ScaleOffsetType;
import org.eclipse.kura.type.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configuration keys. If deleted: an asset could understand a snapshot otherwise than Kura does. */
class ChannelsTest {

  @Test
  void assetHasOptionalDescriptionAndRequiredDriverPid() {
    AssetConfiguration asset = Channels.parse(Map.of("driver.pid", "d", "asset.desc", "pump"));
    assertEquals("d", asset.getDriverPid());
    assertEquals("pump", asset.getAssetDescription());
    assertEquals("", Channels.parse(Map.of("driver.pid", "d")).getAssetDescription());
  }

  @Test
  void missingDriverPidIsANullPointerException() {
    assertThrows(NullPointerException.class, () -> Channels.parse(Map.of()));
  }

  @Test
  void keyIsSplitAtTheFirstSeparator() {
    assertEquals(Optional.of(new ChannelKey("ch", "a#b")), ChannelKey.parse("ch#a#b"));
    assertEquals("ch#+type", ChannelKey.of("ch", "+type"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"#a", "ch#", "plain", "a/b#c", "a+b#c", "a,b#c", "a b#c", "#"})
  void keyIsIgnoredWhenSeparatorIsFirstOrLastOrNameHasProhibitedCharacters(String key) {
    assertEquals(Optional.empty(), ChannelKey.parse(key));
  }

  @Test
  void channelHasTheDefaultsOfItsGenericProperties() {
    Channel channel = only(Props.asset().channel("c", "READ", "INTEGER"));
    assertTrue(channel.isEnabled());
    assertEquals(ChannelType.READ, channel.getType());
    assertEquals(DataType.INTEGER, channel.getValueType());
    assertEquals(ScaleOffsetType.DEFINED_BY_VALUE_TYPE, channel.getScaleOffsetType());
    assertEquals(1.0d, channel.getValueScaleAsNumber());
    assertEquals(0.0d, channel.getValueOffsetAsNumber());
    assertEquals("", channel.getUnit());
  }

  @Test
  void genericPropertiesCarryThePlusPrefix() {
    Channel channel =
        only(
            Props.asset()
                .channel("c", "read_write", "double")
                .set("c#+enabled", false)
                .set("c#+scaleoffset.type", "LONG")
                .set("c#+scale", "3")
                .set("c#+offset", "-4")
                .set("c#+unit", "bar"));
    assertFalse(channel.isEnabled());
    assertEquals(ChannelType.READ_WRITE, channel.getType());
    assertEquals(3L, channel.getValueScaleAsNumber());
    assertEquals(-4L, channel.getValueOffsetAsNumber());
    assertEquals("bar", channel.getUnit());
  }

  @Test
  void channelWithoutTypeOrValueTypeIsDropped() {
    Props props = Props.asset().set("a#+type", "READ").set("b#+value.type", "LONG");
    assertEquals(Set.of(), Channels.parse(props.map()).getAssetChannels().keySet());
  }

  @Test
  void driverPropertiesAndGenericOnesReachTheDriverAsStrings() {
    Channel channel =
        only(
            Props.asset()
                .channel("c", "READ", "LONG")
                .set("c#+enabled", true)
                .set("c#unit.id", 5)
                .set("c#list", new Integer[] {1, 2}));
    assertEquals("5", channel.getConfiguration().get("unit.id"));
    assertEquals("1,2", channel.getConfiguration().get("list"));
    assertEquals("true", channel.getConfiguration().get("+enabled"));
    assertEquals("LONG", channel.getConfiguration().get("+value.type"));
    assertNull(channel.getConfiguration().get("driver.pid"));
  }

  @Test
  void scaleAndOffsetAreParsedWithTheEffectiveType() {
    Channel byValue = only(Props.asset().channel("c", "READ", "FLOAT").set("c#+scale", "0.5"));
    assertEquals(0.5f, byValue.getValueScaleAsNumber());
    Channel byType =
        only(
            Props.asset()
                .channel("c", "READ", "INTEGER")
                .set("c#+scaleoffset.type", "DOUBLE")
                .set("c#+scale", "0.1"));
    assertEquals(0.1d, byType.getValueScaleAsNumber());
  }

  @Test
  void wholeNumberWrittenAsFractionIsAcceptedForWholeTypes() {
    Channel channel = only(Props.asset().channel("c", "READ", "INTEGER").set("c#+scale", "2.0"));
    assertEquals(2, channel.getValueScaleAsNumber());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1", "x", "99999999999"})
  void scaleThatCannotBeParsedAbortsTheConfigurationLoad(String scale) {
    Props props = Props.asset().channel("c", "READ", "INTEGER").set("c#+scale", scale);
    AssetConfigurationException problem =
        assertThrows(AssetConfigurationException.class, () -> Channels.parse(props.map()));
    assertTrue(problem.getMessage().contains("channel c"), problem.getMessage());
    assertTrue(problem.getMessage().contains("+scale"), problem.getMessage());
  }

  @Test
  void unknownTypeIsNamedWithWhatWouldBeRight() {
    Props props = Props.asset().channel("c", "READS", "INTEGER");
    AssetConfigurationException problem =
        assertThrows(AssetConfigurationException.class, () -> Channels.parse(props.map()));
    assertTrue(problem.getMessage().contains("READ_WRITE"), problem.getMessage());
  }

  static Channel only(Props props) {
    Map<String, Channel> channels = Channels.parse(props.map()).getAssetChannels();
    assertEquals(Set.of("c"), channels.keySet());
    return channels.get("c");
  }
}
