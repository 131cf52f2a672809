/* A Modbus server on libmodbus: libmodbus_server tcp PORT | rtu DEVICE. Unit 1; coil and input a is on when a is
 * divisible by 3, registers a hold 3 * a. Prints "ready". */
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT 2200

int main(int argc, char **argv) {
  uint8_t query[MODBUS_MAX_ADU_LENGTH];
  int rtu = argc > 2 && !strcmp(argv[1], "rtu");
  modbus_t *bus = rtu ? modbus_new_rtu(argv[2], 19200, 'N', 8, 1) : modbus_new_tcp("127.0.0.1", atoi(argv[2]));
  modbus_mapping_t *map = modbus_mapping_new(COUNT, COUNT, COUNT, COUNT);
  for (int a = 0; a < COUNT; a++) {
    map->tab_bits[a] = map->tab_input_bits[a] = a % 3 == 0;
    map->tab_registers[a] = map->tab_input_registers[a] = 3 * a;
  }
  modbus_set_slave(bus, 1);
  int listener = rtu ? modbus_connect(bus) : modbus_tcp_listen(bus, 4);
  if (listener < 0) {
    fprintf(stderr, "%s\n", modbus_strerror(errno));
    return 1;
  }
  puts("ready");
  fflush(stdout);
  for (;;) {
    if (!rtu) modbus_tcp_accept(bus, &listener);
    int length;
    while ((length = modbus_receive(bus, query)) >= 0)
      if (length > 0) modbus_reply(bus, query, length, map);
    if (!rtu) close(modbus_get_socket(bus));
  }
}
