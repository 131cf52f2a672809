package org.eclipse.kura.core.configuration.util;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.FactoryConfigurationError;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.AD;
import org.eclipse.kura.configuration.metatype.Designate;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.core.configuration.metatype.Tmetadata;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the definitions of components from the metatype files of bundles. */
public class ComponentUtil {

  private static final Logger LOGGER = LoggerFactory.getLogger(ComponentUtil.class);
  private static final String FOLDER = "OSGI-INF/metatype";

  private ComponentUtil() {}

  /** The content of the bundle's metatype files, by each pid that they designate. */
  public static Map<String, Tmetadata> getMetadata(BundleContext context, Bundle bundle) {
    Map<String, Tmetadata> result = new LinkedHashMap<>();
    Enumeration<URL> files = bundle.findEntries(FOLDER, "*.xml", false);
    for (URL file : files == null ? List.<URL>of() : Collections.list(files)) {
      try {
        Tmetadata metadata = MetatypeReader.metadata(text(file));
        for (Designate designate : metadata.getDesignate()) {
          result.put(pid(designate), metadata);
        }
      } catch (IOException | KuraException e) {
        LOGGER.warn("{} of {} is no metatype file", file, bundle.getSymbolicName(), e);
      }
    }
    return result;
  }

  private static String pid(Designate designate) {
    String factoryPid = designate.getFactoryPid();
    return factoryPid == null || factoryPid.isEmpty() ? designate.getPid() : factoryPid;
  }

  /** What designates the pid, or null. */
  public static Designate getDesignate(Tmetadata metadata, String pid) {
    if (metadata == null || pid == null) {
      return null;
    }
    return metadata.getDesignate().stream()
        .filter(d -> pid.equals(d.getPid()) || pid.equals(d.getFactoryPid()))
        .findFirst()
        .orElse(null);
  }

  /** The definition that the pid is designated to, or null. */
  public static OCD getOCD(Tmetadata metadata, String pid) {
    Designate designate = getDesignate(metadata, pid);
    if (designate == null || designate.getObject() == null) {
      return null;
    }
    String id = designate.getObject().getOcdref();
    return metadata.getOCD().stream()
        .filter(o -> o.getId() != null && o.getId().equals(id))
        .findFirst()
        .orElse(null);
  }

  /** The definitions of the bundle by pid. */
  public static Map<String, OCD> getObjectClassDefinition(BundleContext context, Bundle bundle) {
    Map<String, OCD> result = new HashMap<>();
    getMetadata(context, bundle)
        .forEach(
            (pid, metadata) -> {
              OCD definition = getOCD(metadata, pid);
              if (definition != null) {
                result.put(pid, definition);
              }
            });
    return result;
  }

  /** The metatype service's definition of the pid, from the bundle of the context; or null. */
  public static ObjectClassDefinition getObjectClassDefinition(BundleContext context, String pid) {
    ServiceReference<MetaTypeService> reference =
        context.getServiceReference(MetaTypeService.class);
    if (reference == null) {
      return null;
    }
    MetaTypeService service = context.getService(reference);
    try {
      MetaTypeInformation information =
          service == null ? null : service.getMetaTypeInformation(context.getBundle());
      return information == null ? null : information.getObjectClassDefinition(pid, null);
    } catch (IllegalArgumentException e) {
      LOGGER.debug("{} has no definition of {}", context.getBundle(), pid, e);
      return null;
    } finally {
      context.ungetService(reference);
    }
  }

  /** The metatype file of that pid in the bundle, or null. */
  public static Tmetadata readMetadata(Bundle bundle, String pid)
      throws IOException, KuraException, FactoryConfigurationError {
    URL file = bundle.getResource(FOLDER + "/" + pid + ".xml");
    return file == null ? null : unmarshal(text(file), Tmetadata.class);
  }

  /** The first definition of the file, or null. */
  public static OCD readObjectClassDefinition(URL file)
      throws IOException, FactoryConfigurationError, KuraException {
    return first(unmarshal(text(file), Tmetadata.class));
  }

  /** The first definition of the metatype file of that pid among this bundle's resources, or null. */
  public static Tocd readObjectClassDefinition(String pid)
      throws IOException, KuraException, FactoryConfigurationError {
    URL file = ComponentUtil.class.getClassLoader().getResource(FOLDER + "/" + pid + ".xml");
    return file == null ? null : first(unmarshal(text(file), Tmetadata.class));
  }

  /** The first definition of the metatype file of that pid in the bundle, or null. */
  public static Tocd readObjectClassDefinition(Bundle bundle, String pid)
      throws IOException, KuraException, FactoryConfigurationError {
    Tmetadata metadata = readMetadata(bundle, pid);
    return metadata == null ? null : first(metadata);
  }

  private static Tocd first(Tmetadata metadata) {
    List<OCD> definitions = metadata.getOCD();
    return definitions.isEmpty() ? null : (Tocd) definitions.get(0);
  }

  /** The defaults of the definition, as objects; attributes without a default are absent. */
  public static Map<String, Object> getDefaultProperties(OCD definition, ComponentContext context) {
    Map<String, Object> result = new HashMap<>();
    for (AD attribute : definition.getAD()) {
      Object value = defaultOf(attribute);
      if (value != null) {
        result.put(attribute.getId(), value);
      }
    }
    return result;
  }

  private static Object defaultOf(AD attribute) {
    String text = attribute.getDefault();
    if (text == null || text.isEmpty() || attribute.getType() == null) {
      return null;
    }
    List<Object> values = new ArrayList<>();
    for (String value : StringUtil.splitValues(text)) {
      try {
        values.add(object(attribute, value));
      } catch (IllegalArgumentException e) {
        LOGGER.warn("default {} of {} is no {}", value, attribute.getId(), attribute.getType(), e);
        return null;
      }
    }
    if (Math.abs(attribute.getCardinality()) <= 1) {
      return values.get(0);
    }
    Object array = Array.newInstance(values.get(0).getClass(), values.size());
    for (int i = 0; i < values.size(); i++) {
      Array.set(array, i, values.get(i));
    }
    return array;
  }

  private static Object object(AD attribute, String value) {
    return switch (attribute.getType()) {
      case BOOLEAN -> Boolean.valueOf(value);
      case BYTE -> Byte.valueOf(value);
      case CHAR -> {
        if (value.length() != 1) {
          throw new IllegalArgumentException("not one character: " + value);
        }
        yield value.charAt(0);
      }
      case DOUBLE -> Double.valueOf(value);
      case FLOAT -> Float.valueOf(value);
      case INTEGER -> Integer.valueOf(value);
      case LONG -> Long.valueOf(value);
      case SHORT -> Short.valueOf(value);
      case STRING -> value;
      case PASSWORD -> new Password(value);
    };
  }

  /** Reads a metatype document as metadata, or its first definition. */
  protected static <T> T unmarshal(String text, Class<T> type) throws KuraException {
    Tmetadata metadata = MetatypeReader.metadata(text);
    if (type.isInstance(metadata)) {
      return type.cast(metadata);
    }
    Tocd definition = first(metadata);
    if (definition == null || type.isInstance(definition)) {
      return type.cast(definition);
    }
    throw new KuraException(KuraErrorCode.DECODER_ERROR, "no reader of " + type.getName());
  }

  private static String text(URL file) throws IOException {
    try (InputStream in = file.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
