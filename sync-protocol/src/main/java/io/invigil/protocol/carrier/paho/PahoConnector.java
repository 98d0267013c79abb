package io.invigil.protocol.carrier.paho;

import io.invigil.protocol.carrier.MqttConnector;
import io.invigil.protocol.carrier.MqttEndpoint;
import io.invigil.protocol.carrier.MqttPipe;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Connects with Paho: memory persistence, no automatic reconnect, no offline buffer, no topic
 * aliases, manual acknowledgement, a new client for each connection (issues 316, 589, 994, 1023,
 * 916). Thread-safe.
 */
public final class PahoConnector implements MqttConnector {
    private static final int REFUSED = 0x80;

    @Override
    public MqttPipe connect(MqttEndpoint endpoint) throws IOException {
        try {
            var client = new LimitedClient(endpoint.uri(), endpoint.clientId());
            var pipe = new PahoPipe(client, endpoint.receiveMax(), endpoint.will().isPresent());
            boolean open = false;
            try {
                client.setManualAcks(true);
                client.setCallback(pipe);
                IMqttToken connected = client.connect(options(endpoint));
                connected.waitForCompletion(endpoint.timeout().toMillis());
                MqttProperties server = connected.getResponseProperties();
                pipe.serverLimits(
                        Optional.ofNullable(server.getReceiveMaximum()),
                        Optional.ofNullable(server.getMaximumPacketSize()));
                subscribe(client, endpoint);
                open = true;
                return pipe;
            } finally {
                if (!open) {
                    pipe.close();
                }
            }
        } catch (MqttException failed) {
            throw new IOException(
                    "MQTT " + endpoint.uri() + ": reason " + failed.getReasonCode(), failed);
        }
    }

    private static void subscribe(LimitedClient client, MqttEndpoint endpoint)
            throws MqttException, IOException {
        if (endpoint.subscriptions().isEmpty()) {
            return;
        }
        MqttSubscription[] filters =
                endpoint.subscriptions().stream()
                        .map(filter -> new MqttSubscription(filter, 1))
                        .toArray(MqttSubscription[]::new);
        IMqttToken granted = client.subscribe(filters);
        granted.waitForCompletion(endpoint.timeout().toMillis());
        for (int code : granted.getReasonCodes()) {
            if ((code & 0xff) >= REFUSED) {
                throw new IOException(
                        "the broker refuses a subscription: 0x" + Integer.toHexString(code & 0xff));
            }
        }
    }

    private static MqttConnectionOptions options(MqttEndpoint endpoint) {
        var options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setSessionExpiryInterval(0L);
        options.setAutomaticReconnect(false);
        options.setKeepAliveInterval((int) endpoint.keepAlive().toSeconds());
        options.setConnectionTimeout((int) Math.max(1, endpoint.timeout().toSeconds()));
        options.setReceiveMaximum(endpoint.receiveMax());
        options.setMaximumPacketSize((long) endpoint.packetBytesMax());
        options.setTopicAliasMaximum(0);
        options.setUseSubscriptionIdentifiers(false);
        endpoint.tls().ifPresent(tls -> options.setSocketFactory(tls.getSocketFactory()));
        endpoint.will()
                .ifPresent(
                        will ->
                                options.setWill(
                                        will.topic(),
                                        new MqttMessage(
                                                will.payload(), 1, true, new MqttProperties())));
        return options;
    }
}
