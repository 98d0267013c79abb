/**
 * The pipes between node and hub (XSP/1 sections 5, 9 and 16): an MQTT connection behind one port
 * with Eclipse Paho as its implementation, and directories on USB sticks. A carrier is lossy,
 * doubling and reordering by assumption; nothing here is trusted or kept.
 */
package io.invigil.protocol.carrier;
