"""A Modbus server on pymodbus 3.0.0rc1: pymodbus_server.py TRANSPORT WHERE [CERTIFICATE KEY].

TRANSPORT: tcp, tls, udp, rtu-over-tcp, ascii-over-tcp, rtu, ascii; WHERE: port or device.
Unit 1: coil and input a is on when a is divisible by 3; registers a hold 3 * a. Prints "ready".
"""
import asyncio
import ssl
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.framer.ascii_framer import ModbusAsciiFramer
from pymodbus.framer.rtu_framer import ModbusRtuFramer
from pymodbus.framer.socket_framer import ModbusSocketFramer
from pymodbus.server import async_io

COUNT = 2200


def store():
    bits = [a % 3 == 0 for a in range(COUNT)]
    words = [3 * a for a in range(COUNT)]
    return ModbusSlaveContext(
        di=ModbusSequentialDataBlock(0, list(bits)),
        co=ModbusSequentialDataBlock(0, list(bits)),
        hr=ModbusSequentialDataBlock(0, list(words)),
        ir=ModbusSequentialDataBlock(0, list(words)),
        zero_mode=True,
    )


async def main():
    transport, where = sys.argv[1], sys.argv[2]
    context = ModbusServerContext(slaves={1: store(), 0: store()}, single=False)
    identity = ModbusDeviceIdentification(
        info_name={"VendorName": "peer", "ProductCode": "PYM", "MajorMinorRevision": "3.0"}
    )
    common = {"context": context, "identity": identity, "defer_start": True}
    if transport in ("rtu", "ascii"):
        framer = ModbusRtuFramer if transport == "rtu" else ModbusAsciiFramer
        server = await async_io.StartAsyncSerialServer(
            framer=framer, port=where, baudrate=19200, timeout=0.05, ignore_missing_slaves=True, **common
        )
        await server.start()
        print("ready", flush=True)
        await server.serve_forever()
        return
    address = ("127.0.0.1", int(where))
    if transport == "udp":
        server = await async_io.StartAsyncUdpServer(address=address, **common)
    elif transport == "tls":
        keys = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        keys.load_cert_chain(sys.argv[3], sys.argv[4])
        keys.load_verify_locations(sys.argv[5])
        keys.verify_mode = ssl.CERT_REQUIRED
        server = await async_io.StartAsyncTlsServer(
            address=address, sslctx=keys, framer=ModbusSocketFramer, **common
        )
    else:
        framer = {
            "tcp": ModbusSocketFramer,
            "rtu-over-tcp": ModbusRtuFramer,
            "ascii-over-tcp": ModbusAsciiFramer,
        }[transport]
        server = await async_io.StartAsyncTcpServer(address=address, framer=framer, **common)
    task = asyncio.ensure_future(server.serve_forever())
    await asyncio.sleep(0.2)
    print("ready", flush=True)
    await task


asyncio.run(main())
