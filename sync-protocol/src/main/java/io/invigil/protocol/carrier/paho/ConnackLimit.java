package io.invigil.protocol.carrier.paho;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lowers the server's Receive Maximum in the CONNACK when it is above 32 767: Paho reads it as a
 * signed short and then refuses to publish at all (eclipse/paho.mqtt.java issue 993). Only the
 * first packet is read here; everything after passes untouched.
 */
final class ConnackLimit extends InputStream {
    private static final int CONNACK = 0x20;
    private static final int RECEIVE_MAXIMUM = 0x21;
    private static final int CONNACK_BYTES_MAX = 64 * 1024;

    private final InputStream source;
    private final int receiveMax;
    private InputStream first = new ByteArrayInputStream(new byte[0]);
    private boolean seen;

    ConnackLimit(InputStream source, int receiveMax) {
        this.source = source;
        this.receiveMax = receiveMax;
    }

    @Override
    public int read() throws IOException {
        readFirst();
        int value = first.read();
        return value >= 0 ? value : source.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        readFirst();
        int count = first.read(target, offset, length);
        return count > 0 ? count : source.read(target, offset, length);
    }

    @Override
    public int available() throws IOException {
        return first.available() + source.available();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private void readFirst() throws IOException {
        if (seen) {
            return;
        }
        seen = true;
        byte[] head = new byte[5];
        int headLength = 0;
        int remaining = 0;
        do {
            int value = source.read();
            if (value < 0) {
                throw new EOFException("the broker closed before CONNACK");
            }
            head[headLength] = (byte) value;
            if (headLength > 0) {
                remaining |= (value & 0x7f) << 7 * (headLength - 1);
            }
            headLength++;
        } while (headLength == 1 || headLength < 5 && (head[headLength - 1] & 0x80) != 0);
        if (remaining > CONNACK_BYTES_MAX) {
            throw new IOException("the broker's first packet is too long");
        }
        byte[] packet = new byte[headLength + remaining];
        System.arraycopy(head, 0, packet, 0, headLength);
        if (source.readNBytes(packet, headLength, remaining) < remaining) {
            throw new EOFException("the broker closed inside CONNACK");
        }
        if ((packet[0] & 0xf0) == CONNACK) {
            limit(packet, headLength + 2);
        }
        first = new ByteArrayInputStream(packet);
    }

    /** Walks the properties (MQTT 5 section 3.2.2.3) and lowers Receive Maximum in place. */
    private void limit(byte[] packet, int propertiesAt) {
        int at = propertiesAt;
        while (at < packet.length && (packet[at] & 0x80) != 0) {
            at++;
        }
        at++;
        while (at < packet.length) {
            int property = packet[at];
            if (property == RECEIVE_MAXIMUM && at + 2 < packet.length) {
                int offered = (packet[at + 1] & 0xff) << 8 | packet[at + 2] & 0xff;
                if (offered > Short.MAX_VALUE) {
                    packet[at + 1] = (byte) (receiveMax >> 8);
                    packet[at + 2] = (byte) receiveMax;
                }
                return;
            }
            at += 1 + valueLength(packet, at);
        }
    }

    /** Length of the value of the property at this place. */
    private static int valueLength(byte[] packet, int at) {
        return switch (packet[at]) {
            case 0x24, 0x25, 0x28, 0x29, 0x2A -> 1;
            case 0x13, 0x22 -> 2;
            case 0x11, 0x27 -> 4;
            case 0x26 -> {
                int key = 2 + u16(packet, at + 1);
                yield key + 2 + u16(packet, at + 1 + key);
            }
            case 0x12, 0x15, 0x16, 0x1A, 0x1C, 0x1F -> 2 + u16(packet, at + 1);
            default -> packet.length;
        };
    }

    private static int u16(byte[] packet, int at) {
        return at + 1 < packet.length
                ? (packet[at] & 0xff) << 8 | packet[at + 1] & 0xff
                : packet.length;
    }
}
