/** MQTT transport; the only bundle that imports Paho. */
package org.penstock.cloud.mqtt;
