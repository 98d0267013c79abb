/**
 * The MQTT broker between nodes and hub (XSP/1 sections 5 and 16): an embedded one by default, or
 * the settings of an external MQTT 5 broker. Who may publish and subscribe to what is written once,
 * in {@link io.invigil.hub.broker.TopicRule}, and turned into the embedded broker's permissions and
 * into Mosquitto's access list. The broker is a lossy pipe: nothing here is relied upon for keeping
 * data, only for keeping strangers out.
 */
package io.invigil.hub.broker;
