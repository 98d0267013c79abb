package io.invigil.appliance.db;

import io.invigil.appliance.config.Secret;
import java.nio.file.Path;

/** Where the data lie. Immutable. */
public sealed interface DatabaseSettings {
    int CONNECTIONS_MAX = 64;

    /** Number of pooled connections, and of the threads that use them. */
    int connections();

    /**
     * Embedded Derby in a directory of its own, encrypted with AES-256.
     *
     * @param directory the database directory; created when absent (its parent must exist)
     * @param key 32 bytes; the same at every opening
     */
    record Embedded(Path directory, byte[] key, int connections) implements DatabaseSettings {
        public static final int KEY_BYTES = 32;

        public Embedded {
            key = key.clone();
            if (key.length != KEY_BYTES) {
                throw new IllegalArgumentException("the database key has 32 bytes");
            }
            checkConnections(connections);
        }

        @Override
        public byte[] key() {
            return key.clone();
        }

        @Override
        public String toString() {
            return "Embedded[" + directory + ", connections=" + connections + "]";
        }
    }

    /** A PostgreSQL server, 14 or newer. */
    record Postgres(String url, String user, Secret password, int connections)
            implements DatabaseSettings {
        public Postgres {
            if (!url.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException("the URL must start with jdbc:postgresql:");
            }
            checkConnections(connections);
        }
    }

    static DatabaseSettings embedded(Path directory, byte[] key) {
        return new Embedded(directory, key, 8);
    }

    static DatabaseSettings postgresql(String url, String user, Secret password) {
        return new Postgres(url, user, password, 16);
    }

    private static void checkConnections(int connections) {
        if (connections < 1 || connections > CONNECTIONS_MAX) {
            throw new IllegalArgumentException("connections must be 1.." + CONNECTIONS_MAX);
        }
    }
}
