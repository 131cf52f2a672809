package org.eclipse.kura.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ResourceBundle;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraInvalidMessageException;
import org.eclipse.kura.KuraRuntimeException;
import org.junit.jupiter.api.Test;

/** The messages of exceptions are looked up by code and filled, as Kura's are. */
@SuppressWarnings("deprecation")
class ExceptionTest {

  private static final String BUNDLE = "org.eclipse.kura.core.messages.KuraExceptionMessagesBundle";

  @Test
  void theMessageIsThePatternOfTheCodeFilledWithTheArguments() {
    KuraException exception = new KuraException(KuraErrorCode.CONFIGURATION_ERROR, "no such pid");
    assertEquals("Configuration Error: no such pid", exception.getMessage());
    assertEquals(KuraErrorCode.CONFIGURATION_ERROR, exception.getCode());
  }

  @Test
  void anInvalidAttributeTakesThreeArguments() {
    String message =
        new KuraException(KuraErrorCode.CONFIGURATION_ATTRIBUTE_INVALID, "port", "x", "no number")
            .getMessage();
    assertTrue(message.contains("port"), message);
    assertTrue(message.contains("x"), message);
    assertTrue(message.contains("no number"), message);
  }

  @Test
  void theCauseIsKept() {
    Exception cause = new IllegalStateException();
    assertSame(cause, new KuraException(KuraErrorCode.IO_ERROR, cause, "a").getCause());
    assertSame(cause, new KuraRuntimeException(KuraErrorCode.IO_ERROR, cause, "a").getCause());
    assertSame(cause, new KuraInvalidMessageException(cause, "a").getCause());
  }

  @Test
  void theMessageIsAmericanAndTheLocalizedOneTheDefaultLocales() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      KuraException exception = new KuraException(KuraErrorCode.CONFIGURATION_ERROR, 1234567);
      assertEquals("Configuration Error: 1,234,567", exception.getMessage());
      assertEquals("Configuration Error: 1.234.567", exception.getLocalizedMessage());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void everyCodeHasAPattern() {
    ResourceBundle bundle =
        ResourceBundle.getBundle(BUNDLE, Locale.US, KuraException.class.getClassLoader());
    for (KuraErrorCode code : KuraErrorCode.values()) {
      assertNotNull(bundle.getString(code.name()));
    }
  }

  @Test
  void withoutAPatternTheMessageIsGenericAndHasTheNameOfTheCode() throws Exception {
    Path classes = Path.of("target", "classes");
    ClassLoader noMessages =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, ClassLoader.getPlatformClassLoader()) {
          @Override
          public URL findResource(String name) {
            return name.endsWith(".properties") ? null : super.findResource(name);
          }
        };
    Class<?> codes = noMessages.loadClass(KuraErrorCode.class.getName());
    Class<?> exceptions = noMessages.loadClass(KuraException.class.getName());
    Object code = codes.getField("IO_ERROR").get(null);
    Throwable exception = (Throwable) exceptions.getConstructor(codes).newInstance(code);
    assertTrue(exception.getMessage().contains("IO_ERROR"), exception.getMessage());
  }

  @Test
  void severalArgumentsOfAnInternalErrorAreJoinedWithDashes() {
    String message = new KuraException(KuraErrorCode.INTERNAL_ERROR, "a", "b").getMessage();
    assertTrue(message.endsWith(" - a - b"), message);
  }

  @Test
  void withoutACodeTheMessageIsThatOfAnInternalError() {
    String message = new KuraException(null, "a", "b").getMessage();
    assertTrue(message.endsWith(" - a - b"), message);
    assertTrue(new KuraException(null, "a").getMessage().endsWith(": a"));
  }

  @Test
  void withoutArgumentsTheMessageHasNoHoles() {
    for (KuraErrorCode code : KuraErrorCode.values()) {
      String message = new KuraException(code).getMessage();
      assertFalse(message.contains("{") || message.contains("null"), message);
    }
    assertEquals("Not connected", new KuraException(KuraErrorCode.NOT_CONNECTED).getMessage());
  }

  @Test
  void internalErrorMakesAnExceptionOfThatCode() {
    Exception cause = new IllegalStateException("why");
    KuraException exception = KuraException.internalError(cause, "what");
    assertEquals(KuraErrorCode.INTERNAL_ERROR, exception.getCode());
    assertSame(cause, exception.getCause());
    assertTrue(exception.getMessage().contains("what"));
    assertTrue(KuraException.internalError(cause).getMessage().contains("why"));
    assertTrue(KuraException.internalError("what").getMessage().contains("what"));
  }

  @Test
  void theUncheckedExceptionHasTheSameMessages() {
    for (KuraErrorCode code : KuraErrorCode.values()) {
      assertEquals(
          new KuraException(code, "a", "b", "c").getMessage(),
          new KuraRuntimeException(code, "a", "b", "c").getMessage());
    }
  }
}
