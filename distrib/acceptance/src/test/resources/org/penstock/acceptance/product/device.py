"""A Modbus TCP device on pymodbus (Debian's python3-pymodbus), told what to hold over standard input.

Lines: "set UNIT FC ADDRESS VALUE..." writes registers (FC 3 holding, 4 input, 1 coils, 2 discrete inputs) and
answers "ok"; end of input ends the process.
"""
import asyncio
import sys
import threading

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.server.async_io import ModbusTcpServer


def blocks():
    return {key: ModbusSequentialDataBlock(0, [0] * 1000) for key in ("di", "co", "hr", "ir")}


def listen(context):
    for line in sys.stdin:
        words = line.split()
        unit, function, address = (int(word) for word in words[1:4])
        context[unit].setValues(function, address, [int(word) for word in words[4:]])
        print("ok", flush=True)
    import os
    os._exit(0)


async def main(port):
    context = ModbusServerContext(
        slaves={unit: ModbusSlaveContext(zero_mode=True, **blocks()) for unit in (1, 2, 3)}, single=False
    )
    identity = ModbusDeviceIdentification(
        info_name={"VendorName": "Acme Pumps", "ProductCode": "AP1", "MajorMinorRevision": "1.0"}
    )
    server = ModbusTcpServer(context, identity=identity, address=("127.0.0.1", port), allow_reuse_address=True)
    serving = asyncio.ensure_future(server.serve_forever())
    await server.serving
    threading.Thread(target=listen, args=(context,), daemon=True).start()
    print("ready", flush=True)
    await serving


asyncio.run(main(int(sys.argv[1])))
