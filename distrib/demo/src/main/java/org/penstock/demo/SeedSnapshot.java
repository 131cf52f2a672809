package org.penstock.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Writes a seed snapshot in Kura's XML form. */
public final class SeedSnapshot {

  private final Map<String, Map<String, Object>> components = new LinkedHashMap<>();

  /** A component; factory pid null for one that exists once. Key, value, key, value and so on. */
  public SeedSnapshot component(String pid, String factoryPid, Object... pairs) {
    Map<String, Object> properties = components.computeIfAbsent(pid, p -> new LinkedHashMap<>());
    properties.put("kura.service.pid", pid);
    if (factoryPid != null) {
      properties.put("service.factoryPid", factoryPid);
    }
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put((String) pairs[i], pairs[i + 1]);
    }
    return this;
  }

  /** The snapshot's text. */
  public String xml() {
    StringJoiner xml =
        new StringJoiner(
            "\n",
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<esf:configurations"
                + " xmlns:esf=\"http://eurotech.com/esf/2.0\""
                + " xmlns:ocd=\"http://www.osgi.org/xmlns/metatype/v1.2.0\">\n",
            "\n</esf:configurations>\n");
    components.forEach(
        (pid, properties) -> {
          xml.add("    <esf:configuration pid=\"" + escape(pid) + "\">");
          xml.add("        <esf:properties>");
          properties.forEach((name, value) -> xml.add(property(name, value)));
          xml.add("        </esf:properties>");
          xml.add("    </esf:configuration>");
        });
    return xml.toString();
  }

  private static String property(String name, Object value) {
    return "            <esf:property array=\"false\" encrypted=\"false\" name=\"%s\" type=\"%s\">\n"
            .formatted(escape(name), value.getClass().getSimpleName())
        + "                <esf:value>%s</esf:value>\n            </esf:property>"
            .formatted(escape(value.toString()));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
