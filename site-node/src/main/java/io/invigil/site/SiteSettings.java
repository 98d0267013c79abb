package io.invigil.site;

import io.invigil.appliance.config.Default;
import io.invigil.appliance.config.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is configured on a node: file and environment, such as {@code data-dir} or {@code
 * INVIGIL_DATA_DIR}.
 *
 * @param dataDir the node's own directory, on the system disk
 * @param secondDevice directory on a second disk, card or stick for the ledger's copy; without one
 *     answers are "saved on one device"
 * @param host address that the room's listeners bind to
 * @param httpsPort candidates, proctors, technicians; 0 takes a free one
 * @param httpPort plain HTTP: phone check-in, CA file, redirect; -1 for none
 * @param adminPort health and metrics on loopback; -1 for none
 * @param setupHost address of the set-up page before enrolment
 * @param serverNames DNS names and addresses of this node on the LAN, for its certificate
 * @param zone for times on pages
 * @param hubEvery how often the hub is asked for packages and trust, with jitter
 * @param ballastMib size of the file set aside for answers on a full disk; 0 for none
 * @param stickRoots directories below which sticks are mounted
 * @param cameras of the room beside the machine's own: a device's number, an AVI file with MJPEG
 *     pictures, or anything that ffmpeg reads
 */
public record SiteSettings(
        Path dataDir,
        Optional<Path> secondDevice,
        @Default("0.0.0.0") String host,
        @Default("8443") int httpsPort,
        @Default("8080") int httpPort,
        @Default("-1") int adminPort,
        @Default("127.0.0.1") String setupHost,
        List<String> serverNames,
        @Default("Asia/Shanghai") String zone,
        @Default("20s") Duration hubEvery,
        @Default("512") int ballastMib,
        List<Path> stickRoots,
        List<String> cameras,
        Enrol enrol) {

    /**
     * Enrols at the first start without anyone at the set-up page.
     *
     * @param hubUrl such as {@code https://hub.example:8443}
     */
    public record Enrol(Optional<String> hubUrl, Optional<Secret> claimCode) {}

    public SiteSettings {
        ZoneId.of(zone);
        if (serverNames.isEmpty()) {
            serverNames = List.of("localhost", "127.0.0.1");
        }
        serverNames = List.copyOf(serverNames);
        if (stickRoots.isEmpty()) {
            stickRoots = List.of(Path.of("/media"), Path.of("/run/media"), Path.of("/mnt"));
        }
        stickRoots = List.copyOf(stickRoots);
        cameras = List.copyOf(cameras);
    }

    public ZoneId zoneId() {
        return ZoneId.of(zone);
    }
}
