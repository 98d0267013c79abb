package io.invigil.protocol.carrier.paho;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Paho's client, its incoming stream behind {@link ConnackLimit}. */
final class LimitedClient extends MqttAsyncClient {
    LimitedClient(String uri, String clientId) throws MqttException {
        super(uri, clientId, new MemoryPersistence());
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions options)
            throws MqttException {
        NetworkModule[] modules = super.createNetworkModules(address, options);
        for (int i = 0; i < modules.length; i++) {
            modules[i] = new Limited(modules[i]);
        }
        return modules;
    }

    private static final class Limited implements NetworkModule {
        private final NetworkModule module;
        private InputStream limited = InputStream.nullInputStream();

        Limited(NetworkModule module) {
            this.module = module;
        }

        @Override
        public void start() throws IOException, MqttException {
            module.start();
            limited = new ConnackLimit(module.getInputStream(), PahoPipe.WINDOW_MAX);
        }

        @Override
        public InputStream getInputStream() {
            return limited;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return module.getOutputStream();
        }

        @Override
        public void stop() throws IOException {
            module.stop();
        }

        @Override
        public String getServerURI() {
            return module.getServerURI();
        }
    }
}
