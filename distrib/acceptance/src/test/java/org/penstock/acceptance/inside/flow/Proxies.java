package org.penstock.acceptance.inside.flow;

import java.lang.reflect.Proxy;

/** Services in a test's hands, of which only some methods are of interest. */
final class Proxies {

  /** Answers a call. */
  interface Answer {
    Object to(String method, Object... arguments) throws Exception;
  }

  private Proxies() {}

  static <T> T of(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            Proxies.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  case "toString" -> type.getSimpleName();
                  default -> answer.to(method.getName(), arguments);
                }));
  }
}
