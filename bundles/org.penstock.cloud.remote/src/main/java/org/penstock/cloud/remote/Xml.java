package org.penstock.cloud.remote;

/** The little XML that DEPLOY-V2 writes. */
final class Xml {

  static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

  private Xml() {}

  static String element(String name, String text) {
    String escaped =
        String.valueOf(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "<" + name + ">" + escaped + "</" + name + ">";
  }
}
