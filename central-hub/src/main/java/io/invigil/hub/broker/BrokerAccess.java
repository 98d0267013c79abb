package io.invigil.hub.broker;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.client.parameter.ClientTlsInformation;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.session.ClientService;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Authentication by client certificate and the permissions of {@link TopicRule}, as an extension of
 * the embedded broker. Everything not allowed is denied.
 */
final class BrokerAccess implements ExtensionMain {
    private static final System.Logger LOG = System.getLogger(BrokerAccess.class.getName());

    private final AccessGate gate;
    private final AtomicLong refused = new AtomicLong();
    private volatile Optional<ClientService> clients = Optional.empty();

    BrokerAccess(AccessGate gate) {
        this.gate = gate;
    }

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        SimpleAuthenticator authenticator = this::authenticate;
        Services.securityRegistry().setAuthenticatorProvider(provider -> authenticator);
        clients = Optional.of(Services.clientService());
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        clients = Optional.empty();
    }

    boolean isInForce() {
        return clients.isPresent();
    }

    long refused() {
        return refused.get();
    }

    void disconnect(MqttIdentity identity) {
        clients.ifPresent(
                service ->
                        service.iterateAllClients(
                                (context, session) -> {
                                    String clientId = session.getClientIdentifier();
                                    if (identity.mayUseClientId(clientId)) {
                                        service.disconnectClient(clientId, true);
                                    }
                                }));
    }

    private void authenticate(SimpleAuthInput input, SimpleAuthOutput output) {
        String clientId = input.getConnectPacket().getClientId();
        Optional<X509Certificate> certificate =
                input.getConnectionInformation()
                        .getClientTlsInformation()
                        .flatMap(ClientTlsInformation::getClientCertificate);
        Optional<MqttIdentity> identity =
                certificate
                        .flatMap(MqttIdentity::of)
                        .filter(who -> who.mayUseClientId(clientId))
                        .filter(who -> gate.admits(who, certificate.get().getSerialNumber()));
        if (identity.isEmpty()) {
            refused.incrementAndGet();
            LOG.log(System.Logger.Level.WARNING, "MQTT connection refused: client id not admitted");
            output.failAuthentication(ConnackReasonCode.NOT_AUTHORIZED);
            return;
        }
        var permissions = output.getDefaultPermissions();
        permissions.setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
        for (TopicRule rule : TopicRule.of(identity.get())) {
            permissions.add(permission(rule));
        }
        output.authenticateSuccessfully();
    }

    private static TopicPermission permission(TopicRule rule) {
        var builder =
                Builders.topicPermission()
                        .topicFilter(rule.filter())
                        .type(TopicPermission.PermissionType.ALLOW)
                        .qos(TopicPermission.Qos.ZERO_ONE);
        if (rule.act() == TopicRule.Act.PUBLISH) {
            return builder.activity(TopicPermission.MqttActivity.PUBLISH)
                    .retain(
                            rule.retain() == TopicRule.Retain.ALLOWED
                                    ? TopicPermission.Retain.ALL
                                    : TopicPermission.Retain.NOT_RETAINED)
                    .build();
        }
        builder.activity(TopicPermission.MqttActivity.SUBSCRIBE);
        if (rule.shared()) {
            return builder.sharedSubscription(TopicPermission.SharedSubscription.SHARED)
                    .sharedGroup(TopicRule.SHARE_GROUP)
                    .build();
        }
        return builder.sharedSubscription(TopicPermission.SharedSubscription.NOT_SHARED).build();
    }
}
