package io.invigil.appliance.web;

import java.time.Duration;

/**
 * @param serverName {@code [a-z0-9-]}, unique among the servers of one machine: names the cookies
 * @param webKey 32 secret bytes, the same for all instances of a hub, such as {@code
 *     dataKey.derive("web")}
 * @param idle a session unused for so long has ended
 * @param longest a session ends after this time whatever happens
 */
public record PagesSettings(String serverName, byte[] webKey, Duration idle, Duration longest) {
    public static final int KEY_BYTES = 32;

    public PagesSettings {
        webKey = webKey.clone();
        if (webKey.length != KEY_BYTES) {
            throw new IllegalArgumentException("the web key has 32 bytes");
        }
    }

    /** Half an hour of idleness, twelve hours at most. */
    public static PagesSettings of(String serverName, byte[] webKey) {
        return new PagesSettings(serverName, webKey, Duration.ofMinutes(30), Duration.ofHours(12));
    }

    @Override
    public byte[] webKey() {
        return webKey.clone();
    }
}
