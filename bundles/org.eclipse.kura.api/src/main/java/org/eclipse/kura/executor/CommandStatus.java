package org.eclipse.kura.executor;

import java.io.InputStream;
import java.io.OutputStream;

/** How a command ended. */
public class CommandStatus {

  private Command command;
  private ExitStatus exitStatus;
  private OutputStream errorStream;
  private OutputStream outputStream;
  private InputStream inputStream;
  private boolean timedout;

  public CommandStatus(Command command, ExitStatus exitStatus) {
    this.command = command;
    this.exitStatus = exitStatus;
  }

  public Command getCommand() {
    return command;
  }

  public void setCommand(Command command) {
    this.command = command;
  }

  public ExitStatus getExitStatus() {
    return exitStatus;
  }

  public void setExitStatus(ExitStatus exitStatus) {
    this.exitStatus = exitStatus;
  }

  public OutputStream getErrorStream() {
    return errorStream;
  }

  public void setErrorStream(OutputStream errorStream) {
    this.errorStream = errorStream;
  }

  public OutputStream getOutputStream() {
    return outputStream;
  }

  public void setOutputStream(OutputStream outputStream) {
    this.outputStream = outputStream;
  }

  public InputStream getInputStream() {
    return inputStream;
  }

  public void setInputStream(InputStream inputStream) {
    this.inputStream = inputStream;
  }

  public boolean isTimedout() {
    return timedout;
  }

  public void setTimedout(boolean timedout) {
    this.timedout = timedout;
  }
}
