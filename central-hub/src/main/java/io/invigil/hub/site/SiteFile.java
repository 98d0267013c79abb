package io.invigil.hub.site;

import java.time.Instant;

/**
 * Evidence that belongs to an application for a site (其他佐证材料, source 002 section 5).
 *
 * @param number within the site, from 1; never given again while the site has files after it
 * @param sha256 of the content, kept with it and compared whenever it is read
 */
public record SiteFile(
        int number, String name, String sha256, int bytes, String login, Instant at) {
    public static final int BYTES_MAX = 10 * 1024 * 1024;
    public static final int FILES_MAX = 10;
    public static final int NAME_CHARS_MAX = 200;
}
