package io.invigil.hub.fleet;

import io.invigil.appliance.data.PrivateFiles;
import io.invigil.hub.broker.MosquittoConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The files with which Mosquitto runs under our rules: configuration, access list, keys,
 * revocations. Mosquitto must be able to read them, and re-reads access list and revocations on
 * SIGHUP.
 */
public final class MosquittoFiles {
    private final Path directory;
    private final RealmKeys realm;
    private final HubCertificates certificates;

    public MosquittoFiles(Path directory, RealmKeys realm, HubCertificates certificates) {
        this.directory = directory;
        this.realm = realm;
        this.certificates = certificates;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("no place for Mosquitto's files", e);
        }
    }

    /**
     * Writes everything anew.
     *
     * @param hubs names of the hub instances that may connect
     * @return path of mosquitto.conf
     */
    public Path write(
            InetAddress bind,
            int port,
            ServerNames names,
            List<String> hubs,
            Map<BigInteger, Instant> revoked) {
        HubCertificates.Pem pem = certificates.externalBroker(names);
        write("ca.pem", Keys.pem(realm.authority().chain()));
        write("broker.pem", pem.chain());
        write("broker.key", pem.key());
        revocations(revoked);
        MosquittoConfiguration configuration =
                new MosquittoConfiguration(
                        realm.realm(),
                        bind,
                        port,
                        directory.resolve("ca.pem"),
                        directory.resolve("broker.pem"),
                        directory.resolve("broker.key"),
                        directory.resolve("revoked.pem"),
                        directory.resolve("access.list"));
        write("access.list", configuration.accessList(hubs));
        write("mosquitto.conf", configuration.configuration());
        return directory.resolve("mosquitto.conf");
    }

    /** Writes the revocation list anew. */
    public void revocations(Map<BigInteger, Instant> revoked) {
        try {
            byte[] list = realm.authority().revocationList(revoked).getEncoded();
            write("revoked.pem", Keys.pem("X509 CRL", list));
        } catch (CRLException impossible) {
            throw new IllegalStateException("a revocation list has an encoding", impossible);
        }
    }

    private void write(String name, String text) {
        PrivateFiles.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
