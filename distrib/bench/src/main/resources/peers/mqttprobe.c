/* mqttprobe - measures what a gateway delivers to a broker: decodes register values that come from mbsim, and prints rates and
 * the age of values. The rig's program of that name, with a bare MQTT 3.1.1 subscriber (QoS 0) in place of libmosquitto. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
static const char *HELP =
"mqttprobe [options]   subscribe, decode register values that come from mbsim, print one JSON line\n"
"  --port P (28830, on 127.0.0.1)  --topic FILTER (default #)\n"
"  --fmt list|kura        list: topic ends in /UNIT/ADDR, the integers in the payload are registers ADDR, ADDR+1, ...\n"
"                         kura: Kura protobuf payload (not gzipped), metrics named uUaA\n"
"  --first S (60) wait for the first message  --warm S (2) then not counted  --seconds S (10) then counted\n"
"  --tick-us T (1000, as mbsim)   --pid P   CPU and RSS of process P in the same time\n"
"  keys: msgs_s tags_s distinct (unit,addr pairs) age_p50_ms age_p99_ms age_max_ms (device answer -> here)\n"
"        stale (older than 30 s, or not a pattern value) backwards (older than the value before) gap_max_ms (per-tag)\n"
"        first_ms (until the first message)  pid_cpu_pct pid_cpu_s_per_Mtag pid_rss_mb\n";
static struct { const char *topic, *fmt; int port, pid; double sec, warm, first; uint32_t tick; } o = { "#", "list", 28830, 0, 10, 2, 60, 1000 };
static uint64_t mono(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000ull + t.tv_nsec; }
static uint32_t tick(void) { struct timespec t; clock_gettime(CLOCK_REALTIME, &t); return (t.tv_sec * 1000000ull + t.tv_nsec / 1000) / o.tick; }
static void pidstat(int pid, double *c, double *rss) {
  char f[64], b[4096]; snprintf(f, 64, "/proc/%d/stat", pid); FILE *x = fopen(f, "r"); *c = *rss = 0; if (!x) return; size_t n = fread(b, 1, 4095, x); b[n] = 0; fclose(x);
  char *p = strrchr(b, ')'); unsigned long u, s; long r; if (p && sscanf(p + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %*d %*d %*d %*d %*d %*d %*u %*u %ld", &u, &s, &r) == 3) { *c = (u + s) / (double)sysconf(_SC_CLK_TCK); *rss = r * (double)sysconf(_SC_PAGESIZE) / 1048576; } }
static int counting; static uint64_t msgs, tags, distinct, stale, back; static uint32_t *seen, *hist, maxage, maxgap; /* seen: last tick+1 per (unit,addr) */
static void value(int u, int a, long v) {
  if (!counting || u < 0 || u > 255 || a < 0 || a > 65535) return;
  uint32_t t = tick(), age = (uint16_t)(t - (uint16_t)((uint16_t)v - 7 * a - 131 * u)), src = t - age, *s = &seen[u << 16 | a]; tags++;
  if ((uint64_t)age * o.tick > 30000000ull) { stale++; return; }
  hist[age]++; if (age > maxage) maxage = age;
  if (!*s) distinct++; else { int32_t d = src + 1 - *s; if (d < 0) { back++; return; } if ((uint32_t)d > maxgap) maxgap = d; }
  *s = src + 1;
}
static void text_list(const char *topic, const char *p, int n) {
  const char *e = topic + strlen(topic), *q = e; int k = 0; while (q > topic && k < 2) if (*--q == '/') k++;
  int u, a; if (sscanf(*q == '/' ? q + 1 : q, "%d/%d", &u, &a) != 2) return;
  for (int i = 0; i < n;) if (isdigit((unsigned char)p[i])) { long v = 0; int neg = i && p[i-1] == '-'; while (i < n && isdigit((unsigned char)p[i])) v = v * 10 + p[i++] - '0'; value(u, a++, neg ? -v : v); } else i++;
}
static int name(const char *p, int n, int *u, int *a) { int i = 0; if (n < 4 || p[i++] != 'u' || !isdigit((unsigned char)p[i])) return 0; for (*u = 0; i < n && isdigit((unsigned char)p[i]); i++) *u = *u * 10 + p[i] - '0'; if (i < n && p[i] == '_') i++; if (i >= n || p[i++] != 'a') return 0; int s = i; for (*a = 0; i < n && isdigit((unsigned char)p[i]); i++) *a = *a * 10 + p[i] - '0'; return i > s ? i : 0; }
static uint64_t vi(const uint8_t **p, const uint8_t *e) { uint64_t v = 0; int s = 0; while (*p < e) { uint8_t b = *(*p)++; v |= (uint64_t)(b & 127) << s; if (!(b & 128)) break; s += 7; if (s > 63) break; } return v; }
static void kura(const uint8_t *p, int n) {
  const uint8_t *e = p + n; while (p < e) { uint64_t k = vi(&p, e); int w = k & 7; if (w == 0) vi(&p, e); else if (w == 1) p += 8; else if (w == 5) p += 4; else if (w == 2) { uint64_t l = vi(&p, e); if (l > (uint64_t)(e - p)) return;
      if (k >> 3 == 5000) { const uint8_t *q = p, *f = p + l; int u = -1, a = -1, have = 0; double v = 0; while (q < f) { uint64_t kk = vi(&q, f); int ww = kk & 7, id = kk >> 3;
          if (ww == 2) { uint64_t m = vi(&q, f); if (m > (uint64_t)(f - q)) return; if (id == 1 && !name((const char *)q, m, &u, &a)) u = -1; q += m; }
          else if (ww == 0) { int64_t x = vi(&q, f); if (id == 5 || id == 6) { v = x; have = 1; } } else if (ww == 1) { if (id == 3 && f - q >= 8) { memcpy(&v, q, 8); have = 1; } q += 8; } else if (ww == 5) { float g; if (id == 4 && f - q >= 4) { memcpy(&g, q, 4); v = g; have = 1; } q += 4; } else return; }
        if (have && u >= 0) value(u, a, (long)v); }
      p += l; } else return; } }
static void onmsg(const char *topic, const char *p, int n) { if (counting) msgs++; if (*o.fmt == 'l') text_list(topic, p, n); else kura((const uint8_t *)p, n); }
static void die(const char *why) { fprintf(stderr, "mqttprobe: %s\n", why); exit(1); }
static int fd; static uint8_t *in; static size_t have, room;
static void put(const uint8_t *b, size_t n) { while (n) { ssize_t w = write(fd, b, n); if (w <= 0) die("cannot send to the broker"); b += w; n -= w; } }
/* takes whole packets out of the buffer; a bit for each type that was among them */
static int packets(void) {
  size_t at = 0; int types = 0;
  for (;;) {
    size_t h = at + 1, len = 0; int shift = 0, whole = 0;
    while (h < have && shift < 28) { uint8_t b = in[h++]; len |= (size_t)(b & 127) << shift; shift += 7; if (!(b & 128)) { whole = 1; break; } }
    if (!whole || have - h < len) { if (whole && h + len - at > room) in = realloc(in, room = 2 * (h + len - at)); break; }
    types |= 1 << (in[at] >> 4);
    if (in[at] >> 4 == 3 && len >= 2) {
      size_t t = in[h] << 8 | in[h + 1]; int qos = in[at] >> 1 & 3; size_t body = h + 2 + t + (qos ? 2 : 0);
      if (t < 1024 && body <= h + len) { char topic[1024]; memcpy(topic, in + h + 2, t); topic[t] = 0; onmsg(topic, (char *)in + body, h + len - body); }
    }
    at = h + len;
  }
  memmove(in, in + at, have - at); have -= at;
  return types;
}
static int receive(int ms) { struct pollfd p = { fd, POLLIN, 0 }; if (poll(&p, 1, ms) <= 0) return 0; ssize_t r = read(fd, in + have, room - have); if (r <= 0) die("the broker hung up"); have += r; return packets(); }
static void await(int type, const char *why) { uint64_t end = mono() + 10000000000ull; while (!(receive(100) >> type & 1)) if (mono() > end) die(why); }
static void subscribe(void) {
  struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(o.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) }; int one = 1;
  fd = socket(AF_INET, SOCK_STREAM, 0); if (connect(fd, (struct sockaddr *)&a, sizeof a)) die("cannot connect to the broker"); setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  in = malloc(room = 1 << 20);
  put((const uint8_t *)"\x10\x15\0\4MQTT\4\2\0\0\0\tmqttprobe", 23); await(2, "no CONNACK");
  uint8_t b[300]; size_t t = strlen(o.topic); if (t > 120) die("the filter is too long"); b[0] = 0x82; b[1] = 5 + t; b[2] = 0; b[3] = 1; b[4] = 0; b[5] = t; memcpy(b + 6, o.topic, t); b[6 + t] = 0; put(b, 7 + t); await(9, "no SUBACK");
}
int main(int argc, char **argv) {
  static struct option lo[] = { {"port",1,0,2},{"topic",1,0,3},{"fmt",1,0,5},{"seconds",1,0,6},{"warm",1,0,7},{"tick-us",1,0,8},{"pid",1,0,9},{"first",1,0,10},{"help",0,0,13},{0} };
  int c; while ((c = getopt_long(argc, argv, "h", lo, 0)) >= 0) switch (c) { case 2: o.port = atoi(optarg); break; case 3: o.topic = optarg; break; case 5: o.fmt = optarg; break; case 6: o.sec = atof(optarg); break; case 7: o.warm = atof(optarg); break; case 8: o.tick = atoi(optarg); break; case 9: o.pid = atoi(optarg); break; case 10: o.first = atof(optarg); break; case 13: case 'h': fputs(HELP, stdout); return 0; default: return 2; }
  seen = calloc(1 << 24, 4); hist = calloc(65536, 4); subscribe();
  uint64_t t0 = mono(), t, s; while (!(receive(20) & 8)) if (mono() > t0 + o.first * 1e9) die("no message"); t = mono();
  double first = (t - t0) / 1e6, c0, c1, rss; uint64_t warm = t + o.warm * 1e9; while (mono() < warm) receive(20);
  pidstat(o.pid, &c0, &rss); counting = 1; s = mono(); uint64_t end = s + o.sec * 1e9; while ((t = mono()) < end) receive(20);
  double el = (t - s) / 1e9; pidstat(o.pid, &c1, &rss); uint64_t tot = 0, x = 0; for (int i = 0; i < 65536; i++) tot += hist[i]; int p50 = -1, p99 = -1; for (int i = 0; i < 65536; i++) { x += hist[i]; if (p50 < 0 && x * 2 >= tot) p50 = i; if (x * 100 >= tot * 99) { p99 = i; break; } }
  double ms = o.tick / 1000.0;
  printf("{\"msgs_s\":%.1f,\"tags_s\":%.0f,\"distinct\":%lu,\"age_p50_ms\":%.1f,\"age_p99_ms\":%.1f,\"age_max_ms\":%.1f,\"stale\":%lu,\"backwards\":%lu,\"gap_max_ms\":%.0f,\"first_ms\":%.0f,\"pid_cpu_pct\":%.0f,\"pid_cpu_s_per_Mtag\":%.3f,\"pid_rss_mb\":%.0f}\n",
    msgs / el, tags / el, distinct, tot ? p50 * ms : -1, tot ? p99 * ms : -1, maxage * ms, stale, back, maxgap * ms, first, 100 * (c1 - c0) / el, tags ? (c1 - c0) * 1e6 / tags : 0, rss);
  return 0;
}
