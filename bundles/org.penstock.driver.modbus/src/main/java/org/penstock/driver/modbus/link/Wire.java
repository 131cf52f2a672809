package org.penstock.driver.modbus.link;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;

/** One connection's channel, never blocking. Used by the loop's thread only. */
interface Wire {

  /** Opens wires to one address. */
  @FunctionalInterface
  interface Opener {

    /** A new wire that is not yet connected. */
    Wire open() throws IOException;
  }

  /** What is registered at the selector. */
  SelectableChannel channel();

  /** Begins to connect; true when that is done already. */
  boolean connect(SocketAddress address) throws IOException;

  /** Goes on with connecting when the channel is ready; true when it can be used. */
  boolean finish() throws IOException;

  /** Whether connecting waits until bytes can be sent rather than received. */
  boolean wantsToSend();

  /** Each write is a packet of its own, and each read one. */
  boolean packets();

  /** Reads what is there; negative when the other end has closed. */
  int read(ByteBuffer into) throws IOException;

  /** Writes as much as goes. */
  void write(ByteBuffer from) throws IOException;

  /** Ends it. */
  void close() throws IOException;
}
