package org.eclipse.kura.executor;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;

/** A command line with its environment, streams and limits. */
public class Command {

  private String[] commandLine;
  private String directory;
  private Map<String, String> environment;
  private int timeout;
  private Signal signal;
  private boolean executedInAShell;
  private boolean executeInAShell;
  private OutputStream outputStream;
  private OutputStream errorStream;
  private InputStream inputStream;

  public Command(String[] names) {
    this.commandLine = names;
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
    this.executeInAShell = executeInAShell;
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
    return "Command ["
        + "commandLine="
        + commandLine
        + ", "
        + "directory="
        + directory
        + ", "
        + "environment="
        + environment
        + ", "
        + "timeout="
        + timeout
        + ", "
        + "signal="
        + signal
        + ", "
        + "executedInAShell="
        + executedInAShell
        + ", "
        + "executeInAShell="
        + executeInAShell
        + ", "
        + "outputStream="
        + outputStream
        + ", "
        + "errorStream="
        + errorStream
        + ", "
        + "inputStream="
        + inputStream
        + "]";
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        commandLine,
        directory,
        environment,
        timeout,
        signal,
        executedInAShell,
        executeInAShell,
        outputStream,
        errorStream,
        inputStream);
  }

  @Override
  public boolean equals(Object value) {
    if (this == value) {
      return true;
    }
    if (value == null || getClass() != value.getClass()) {
      return false;
    }
    Command other = (Command) value;
    return Objects.equals(commandLine, other.commandLine)
        && Objects.equals(directory, other.directory)
        && Objects.equals(environment, other.environment)
        && Objects.equals(timeout, other.timeout)
        && Objects.equals(signal, other.signal)
        && Objects.equals(executedInAShell, other.executedInAShell)
        && Objects.equals(executeInAShell, other.executeInAShell)
        && Objects.equals(outputStream, other.outputStream)
        && Objects.equals(errorStream, other.errorStream)
        && Objects.equals(inputStream, other.inputStream);
  }
}
