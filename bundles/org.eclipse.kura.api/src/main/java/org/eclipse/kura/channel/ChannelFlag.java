package org.eclipse.kura.channel;

/** Whether an operation on a channel succeeded. */
public enum ChannelFlag {
  FAILURE,
  SUCCESS;
}
