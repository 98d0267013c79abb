package io.invigil.protocol.receipt;

import io.invigil.protocol.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * Answer of {@code GET /x1/commands}: signed messages that wait for the calling node, each to be
 * verified as if it had come by the broker.
 */
public record HubCommandList(List<byte[]> messages) {
    public static final int MESSAGES_MAX = 64;
    public static final int BYTES_MAX = 512 * 1024;

    public HubCommandList {
        messages = List.copyOf(messages);
        if (messages.size() > MESSAGES_MAX) {
            throw new IllegalArgumentException("at most " + MESSAGES_MAX + " messages");
        }
    }

    /** Reads the answer; empty when it is out of form. */
    public static Optional<HubCommandList> read(byte[] json) {
        return Json.read(json, HubCommandList.class);
    }
}
