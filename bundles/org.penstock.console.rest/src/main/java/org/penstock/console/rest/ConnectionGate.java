package org.penstock.console.rest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/**
 * Keeps the limits of {@link OpenConnections} at the HTTP server, before any TLS is spoken. The
 * server knows no hook for that but the making of a further connector; the one that is made here
 * takes no connections.
 */
@Component(service = {ConnectorFactory.class, HealthSource.class})
public final class ConnectionGate
    implements ConnectorFactory, HealthSource, Connection.Listener, SelectorManager.AcceptListener {

  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Instant since = Instant.now();
  private final OpenConnections connections = new OpenConnections(System::nanoTime);
  private final LongAdder refused = new LongAdder();
  private final LongAdder slow = new LongAdder();
  private final Strand strand;

  /** Called by the component runtime. */
  @Activate
  public ConnectionGate(@Reference Strands strands) {
    strand = strands.open("console/rest/connections");
    strand.every(LOOK, LOOK, this::look);
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    strand.close();
  }

  @Override
  public Connector createConnector(Server server) {
    for (Connector connector : server.getConnectors()) {
      if (connector instanceof ServerConnector network) {
        network.addEventListener(this);
        network.getSelectorManager().addEventListener(this);
      }
    }
    return new Silent(server);
  }

  /** A connector that opens nothing: the server takes no other answer. */
  private static final class Silent extends ServerConnector {
    Silent(Server server) {
      super(server, null, null, null, 0, 1, new HttpConnectionFactory());
      setHost("localhost"); // without a host, one address of each network card would be listed
    }

    @Override
    protected void doStart() {
      // has no port
    }

    @Override
    protected void doStop() {
      // as above
    }
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    if (!connections.enter(channel, address(channel))) {
      refused.increment();
      try {
        channel.close();
      } catch (IOException e) {
        refused.increment(); // closed by the other side meanwhile
      }
    }
  }

  private static String address(SelectableChannel channel) {
    try {
      SocketAddress remote = ((SocketChannel) channel).getRemoteAddress();
      return remote instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : "";
    } catch (IOException e) {
      return ""; // gone already
    }
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    connections.leave(channel);
  }

  @Override
  public void onClosed(SelectableChannel channel) {
    connections.leave(channel);
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof ConnectionMetaData) { // HTTP's, not that of TLS around it
      connections.opened(
          connection,
          new OpenConnections.Progress() {
            @Override
            public long requests() {
              return connection.getMessagesIn();
            }

            @Override
            public long bytes() {
              return connection.getBytesIn();
            }
          });
    }
  }

  @Override
  public void onClosed(Connection connection) {
    connections.closed(connection);
  }

  private void look() {
    for (Object late : connections.late()) {
      slow.increment();
      ((Connection) late).close();
    }
  }

  @Override
  public String name() {
    return "console/connections";
  }

  @Override
  public HealthState health() {
    return new HealthState(
        HealthState.Level.OK,
        "",
        since,
        Map.of(
            "connections",
            connections.size(),
            "connections.max",
            OpenConnections.MOST,
            "connections.refused",
            refused.sum(),
            "connections.too.slow",
            slow.sum()));
  }
}
