package io.invigil.provisioning.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of this machine that nobody uses at this moment. */
final class FreePorts {
    private FreePorts() {}

    /** The wanted port when it is free, else any free one. */
    static int preferring(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket(wanted, 1, null)) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            return several(1).getFirst();
        }
    }

    /** Different free ports. */
    static List<Integer> several(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
        return ports;
    }
}
