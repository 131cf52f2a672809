import com.sun.management.OperatingSystemMXBean;
import io.siddhi.core.SiddhiAppRuntime;
import io.siddhi.core.SiddhiManager;
import io.siddhi.core.event.Event;
import io.siddhi.core.stream.input.InputHandler;
import io.siddhi.core.stream.output.StreamCallback;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * The peer of RuleLoad: the same events through Siddhi, synchronous, one sender. Run as source beside Siddhi's
 * jars; prints one line of JSON.
 */
public final class SiddhiPeer {

  private static final int DEVICES = 100;
  private static final long BEGIN = 1_800_000_000_000L;
  private static final String STREAM =
      "@app:playback define stream S (id int, kind int, v double, ts long); ";

  private static int fired;

  private SiddhiPeer() {}

  /** {@code condition|average|sequence <events>}. */
  public static void main(String... args) throws InterruptedException {
    int count = Integer.parseInt(args[1]);
    String query =
        switch (args[0]) {
          case "condition" -> "from S[v > 80.0] select id, v insert into O;";
          case "average" ->
              "from S#window.externalTime(ts, 1 sec) select id, avg(v) as a group by id"
                  + " having a > 1000.0 insert into O;";
          default ->
              "partition with (id of S) begin from every e1=S[kind == 0 and v > 80.0] ->"
                  + " e2=S[kind == 1 and v > 80.0] within 1 sec"
                  + " select e1.id as id, e2.v as v insert into O; end;";
        };
    int kinds = args[0].equals("sequence") ? 2 : 1;
    SiddhiManager manager = new SiddhiManager();
    SiddhiAppRuntime app = manager.createSiddhiAppRuntime(STREAM + query);
    app.addCallback(
        "O",
        new StreamCallback() {
          @Override
          public void receive(Event[] events) {
            fired += events.length;
          }
        });
    app.start();
    InputHandler input = app.getInputHandler("S");
    run(input, 0, count / 4, kinds);
    long before = cpu();
    int already = fired;
    run(input, count / 4, count, kinds);
    double seconds = (cpu() - before) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "{\"perCpu\": %.1f, \"fired\": %d}%n",
        (count - count / 4) / seconds,
        fired - already);
    System.exit(0);
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void run(InputHandler input, int from, int to, int kinds)
      throws InterruptedException {
    for (int i = from; i < to; i++) {
      int phase = i / DEVICES % (2 * kinds);
      long at = BEGIN + i;
      input.send(at, new Object[] {i % DEVICES, phase % kinds, phase < kinds ? 90.0 : 20.0, at});
    }
  }
}
