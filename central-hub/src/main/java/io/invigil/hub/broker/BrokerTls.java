package io.invigil.hub.broker;

import java.nio.file.Path;

/**
 * PKCS#12 files for the broker's listener. The files are re-read by the broker some seconds after
 * they were replaced by an atomic rename.
 *
 * @param keyStore the broker's key and certificate chain
 * @param trustStore the realm's CA certificates that client certificates must chain to
 * @param password of both stores and of the key
 */
public record BrokerTls(Path keyStore, Path trustStore, String password) {
    @Override
    public String toString() {
        return "BrokerTls[" + keyStore + "]";
    }
}
