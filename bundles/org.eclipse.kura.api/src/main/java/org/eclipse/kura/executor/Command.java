package org.eclipse.kura.executor;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** A command line with its environment, streams and limits. */
public class Command {

  private final String[] commandLine;
  private String directory;
  private Map<String, String> environment;
  private int timeout = -1;
  private Signal signal;
  private boolean executedInAShell;
  private OutputStream outputStream;
  private OutputStream errorStream;
  private InputStream inputStream;

  public Command(String[] commandLine) {
    this.commandLine = commandLine;
  }

  public String[] getCommandLine() {
    return commandLine;
  }

  public String getDirectory() {
    return directory;
  }

  public void setDirectory(String directory) {
    this.directory = directory;
  }

  public Map<String, String> getEnvironment() {
    return environment;
  }

  public void setEnvironment(Map<String, String> environment) {
    this.environment = environment;
  }

  public int getTimeout() {
    return timeout;
  }

  public void setTimeout(int timeout) {
    this.timeout = timeout;
  }

  public Signal getSignal() {
    return signal;
  }

  public void setSignal(Signal signal) {
    this.signal = signal;
  }

  public boolean isExecutedInAShell() {
    return executedInAShell;
  }

  public void setExecuteInAShell(boolean executeInAShell) {
    this.executedInAShell = executeInAShell;
  }

  public OutputStream getOutputStream() {
    return outputStream;
  }

  public void setOutputStream(OutputStream outputStream) {
    this.outputStream = outputStream;
  }

  public OutputStream getErrorStream() {
    return errorStream;
  }

  public void setErrorStream(OutputStream errorStream) {
    this.errorStream = errorStream;
  }

  public InputStream getInputStream() {
    return inputStream;
  }

  public void setInputStream(InputStream inputStream) {
    this.inputStream = inputStream;
  }

  @Override
  public String toString() {
    return String.join(" ", commandLine);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        Arrays.hashCode(commandLine), directory, environment, timeout, signal, executedInAShell);
  }

  /** Streams are no part of what makes two commands equal. */
  @Override
  public boolean equals(Object object) {
    if (this == object) {
      return true;
    }
    if (object == null || getClass() != object.getClass()) {
      return false;
    }
    Command other = (Command) object;
    return Arrays.equals(commandLine, other.commandLine)
        && Objects.equals(directory, other.directory)
        && Objects.equals(environment, other.environment)
        && timeout == other.timeout
        && Objects.equals(signal, other.signal)
        && executedInAShell == other.executedInAShell;
  }
}
