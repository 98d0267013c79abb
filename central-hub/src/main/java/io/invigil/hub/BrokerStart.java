package io.invigil.hub;

import io.invigil.appliance.data.DataDirectory;
import io.invigil.hub.broker.AccessGate;
import io.invigil.hub.broker.BrokerNotStarted;
import io.invigil.hub.broker.EmbeddedBroker;
import io.invigil.hub.broker.MqttIdentity;
import io.invigil.hub.fleet.HubCertificates;
import io.invigil.hub.fleet.RealmKeys;
import io.invigil.hub.fleet.ServerNames;
import io.invigil.protocol.fact.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Starts the embedded broker beside the database, since each takes a second, and lets nobody in
 * before the directory of nodes is there. Does nothing with an external broker.
 */
final class BrokerStart {
    private final HubSettings.Mqtt settings;
    private final DataDirectory data;
    private final RealmKeys realm;
    private final HubCertificates certificates;
    private final ServerNames names;
    private final int port;
    private volatile AccessGate gate = (identity, serial) -> false;
    private Optional<CompletableFuture<EmbeddedBroker>> starting = Optional.empty();

    BrokerStart(
            HubSettings.Mqtt settings,
            DataDirectory data,
            RealmKeys realm,
            HubCertificates certificates,
            ServerNames names) {
        this.settings = settings;
        this.data = data;
        this.realm = realm;
        this.certificates = certificates;
        this.names = names;
        this.port = settings.external().isPresent() ? 0 : chosenPort(settings.port());
    }

    /** The embedded broker has no way to tell a port that it took itself. */
    private static int chosenPort(int wanted) {
        if (wanted != 0) {
            return wanted;
        }
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    void begin() {
        if (settings.external().isPresent()) {
            return;
        }
        InetAddress bind = address(settings.host());
        starting =
                Optional.of(
                        CompletableFuture.supplyAsync(
                                () ->
                                        EmbeddedBroker.start(
                                                data.directory("broker"),
                                                bind,
                                                port,
                                                certificates.broker(
                                                        data.directory("broker"), names),
                                                (identity, serial) ->
                                                        gate.admits(identity, serial)),
                                command ->
                                        Thread.ofPlatform().name("broker-start").start(command)));
    }

    static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new BrokerNotStarted("no address " + host, e);
        }
    }

    void admitting(AccessGate directory) {
        gate = directory;
    }

    void awaitStart() {
        try {
            starting.ifPresent(CompletableFuture::join);
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure;
        }
    }

    int port() {
        return port;
    }

    /** Ends a node's connections; with an external broker its revocation list has to do that. */
    void disconnect(NodeId node) {
        starting.filter(future -> future.isDone() && !future.isCompletedExceptionally())
                .ifPresent(
                        future -> future.join().disconnect(MqttIdentity.node(realm.realm(), node)));
    }

    void close() {
        starting.ifPresent(
                future -> {
                    try {
                        future.join().close();
                    } catch (CompletionException neverStarted) {
                        System.getLogger(BrokerStart.class.getName())
                                .log(
                                        System.Logger.Level.DEBUG,
                                        "the broker never started",
                                        neverStarted);
                    }
                });
    }
}
