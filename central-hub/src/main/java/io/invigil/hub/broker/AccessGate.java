package io.invigil.hub.broker;

import java.math.BigInteger;

/**
 * Asked at every MQTT connection whether an identity with a valid certificate may still come in:
 * revoked nodes may not. Called from the broker's threads; must answer from memory.
 */
@FunctionalInterface
public interface AccessGate {
    boolean admits(MqttIdentity identity, BigInteger certificateSerial);
}
