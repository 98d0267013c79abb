package io.invigil.site.technician;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Managers of one TLS context that ask at every handshake what is in force now, so that renewed
 * certificates and new anchors need no restart and end no connection. Thread-safe.
 */
final class RenewableTls {
    private RenewableTls() {}

    /** Made anew when what it is made of has changed. */
    static final class Current<S, T> {
        /** Makes managers of certificates. */
        interface Making<S, T> {
            T of(S source);
        }

        private final Supplier<S> source;
        private final Making<S, T> making;
        private S madeOf;
        private T made;

        Current(Supplier<S> source, Making<S, T> making) {
            this.source = source;
            this.making = making;
            this.madeOf = source.get();
            this.made = making.of(madeOf);
        }

        synchronized T get() {
            S now = source.get();
            if (!now.equals(madeOf)) {
                made = making.of(now);
                madeOf = now;
            }
            return made;
        }
    }

    /** The node's own certificate. */
    static final class Keys extends X509ExtendedKeyManager {
        private final Current<String, X509ExtendedKeyManager> current;

        Keys(Current<String, X509ExtendedKeyManager> current) {
            this.current = current;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return current.get().getClientAliases(type, issuers);
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return current.get().chooseClientAlias(types, issuers, socket);
        }

        @Override
        public String chooseEngineClientAlias(
                String[] types, Principal[] issuers, SSLEngine engine) {
            return current.get().chooseEngineClientAlias(types, issuers, engine);
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            throw new UnsupportedOperationException("a node's client context serves nobody");
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return current.get().getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return current.get().getPrivateKey(alias);
        }
    }

    /** The realm's anchors. */
    static final class Anchors extends X509ExtendedTrustManager {
        private final Current<List<String>, X509ExtendedTrustManager> current;

        Anchors(Current<List<String>, X509ExtendedTrustManager> current) {
            this.current = current;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            current.get().checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            current.get().checkServerTrusted(chain, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            current.get().checkClientTrusted(chain, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            current.get().checkServerTrusted(chain, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            current.get().checkClientTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            current.get().checkServerTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return current.get().getAcceptedIssuers();
        }
    }
}
