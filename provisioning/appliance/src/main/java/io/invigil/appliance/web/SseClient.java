package io.invigil.appliance.web;

import io.invigil.appliance.web.live.Broadcast;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One browser's event stream (HTML standard, section 9.2), written by hand because the server's own
 * sink cannot send a comment alone, which is what a heartbeat is.
 */
record SseClient(OutputStream out) implements Broadcast.Sink {
    @Override
    public void event(String id, String name, String data) {
        StringBuilder text = new StringBuilder(data.length() + 80);
        text.append("id: ").append(id).append("\nevent: ").append(name).append('\n');
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        if (data.isEmpty()) {
            // an event without data lines is dropped by browsers
            text.append("data:\n");
        }
        write(text.append('\n').toString());
    }

    @Override
    public void heartbeat() {
        write(": still here\n\n");
    }

    private void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException("the client went away", gone);
        }
    }
}
