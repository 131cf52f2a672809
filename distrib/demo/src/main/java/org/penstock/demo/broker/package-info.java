/** A broker in a process of its own: mosquitto where it is installed, else Moquette. */
package org.penstock.demo.broker;
