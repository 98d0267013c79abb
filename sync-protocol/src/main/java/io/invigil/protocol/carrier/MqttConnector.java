package io.invigil.protocol.carrier;

import java.io.IOException;

/** Opens connections to an MQTT 5 broker; one port for Paho and whatever replaces it. */
public interface MqttConnector {
    /**
     * Connects and subscribes, waiting at most the endpoint's timeout. Every call is a new client.
     *
     * @return an open pipe; its owner closes it
     * @throws IOException when the broker cannot be reached, refuses, or grants no subscription
     */
    MqttPipe connect(MqttEndpoint endpoint) throws IOException;
}
