package org.penstock.driver.modbus.peers;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.procimg.File;
import com.ghgande.j2mod.modbus.procimg.Record;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalIn;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalOut;
import com.ghgande.j2mod.modbus.procimg.SimpleInputRegister;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import java.net.InetAddress;

/** A Modbus server on j2mod 3.3.0, with the same values as the other peers and files. */
public final class J2modServer implements AutoCloseable {

  /** What each record of each file holds. */
  public static final int FILE_VALUE = 1234;

  private static final int COUNT = 500;

  private final ModbusSlave slave;

  /** Starts it: TCP, UDP or RTU_OVER_TCP. */
  public J2modServer(String transport, int port) throws ModbusException, java.io.IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    slave =
        transport.equals("UDP")
            ? ModbusSlaveFactory.createUDPSlave(here, port)
            : ModbusSlaveFactory.createTCPSlave(here, port, 3, transport.equals("RTU_OVER_TCP"));
    slave.addProcessImage(1, image());
    slave.open();
  }

  private static SimpleProcessImage image() {
    SimpleProcessImage image = new SimpleProcessImage(1);
    for (int a = 0; a < COUNT; a++) {
      image.addDigitalOut(new SimpleDigitalOut(a % 3 == 0));
      image.addDigitalIn(new SimpleDigitalIn(a % 3 == 0));
      image.addRegister(new SimpleRegister(3 * a));
      image.addInputRegister(new SimpleInputRegister(3 * a));
    }
    for (int number = 0; number < 6; number++) { // it looks a file up by its place
      File file = new File(number, 10);
      for (int i = 0; i < 10; i++) {
        Record record = new Record(i, 1);
        record.setRegister(0, new SimpleRegister(FILE_VALUE));
        file.setRecord(i, record);
      }
      image.addFile(file);
    }
    return image;
  }

  @Override
  public void close() {
    slave.close();
  }
}
