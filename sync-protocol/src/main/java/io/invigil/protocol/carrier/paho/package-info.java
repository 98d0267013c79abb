/**
 * MQTT over Eclipse Paho v5 1.2.5, with its traps fenced (XSP/1 section 16). Nothing outside names
 * Paho.
 */
package io.invigil.protocol.carrier.paho;
