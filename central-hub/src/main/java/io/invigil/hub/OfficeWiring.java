package io.invigil.hub;

import io.helidon.webserver.http.HttpService;
import io.invigil.hub.audit.AuditAnchor;
import io.invigil.hub.audit.AuditLog;
import io.invigil.hub.audit.AuditSealer;
import io.invigil.hub.office.AuditPages;
import io.invigil.hub.organisation.StaffDesk;
import java.util.HexFormat;
import java.util.List;

/** The hub's own office, wired: the audit and its sealer. */
public final class OfficeWiring implements FeatureWiring {
    /** Message bundles of these features. */
    public static final List<String> MESSAGES = List.of("audit");

    /** The newest seals, in the data directory. */
    public static final String SEALS_FILE = "audit-seals.json";

    private static final int INSTANCE_BYTES = 8;

    private final HubParts parts;
    private final AuditLog log;
    private final AuditAnchor anchor;
    private final AuditSealer sealer;

    private OfficeWiring(HubParts parts) {
        this.parts = parts;
        this.log = new AuditLog(parts.database());
        this.anchor = new AuditAnchor(parts.data().file(SEALS_FILE));
        String instance = HexFormat.of().formatHex(parts.entropy().bytes(INSTANCE_BYTES));
        this.sealer = new AuditSealer(parts.database(), instance, parts.realm().receipt(), anchor);
    }

    static OfficeWiring of(HubParts parts) {
        return new OfficeWiring(parts);
    }

    public AuditLog log() {
        return log;
    }

    public AuditSealer sealer() {
        return sealer;
    }

    @Override
    public List<HttpService> routes() {
        StaffDesk desk =
                new StaffDesk(
                        parts.pages(),
                        parts.database(),
                        parts.templates(),
                        parts.data().directory("uploads"));
        return List.of(
                new AuditPages(
                        desk,
                        log,
                        sealer,
                        anchor,
                        parts.realm().receipt().verifyKey(),
                        parts.zone()));
    }

    @Override
    public void start() {
        sealer.start();
    }

    @Override
    public void stop() {
        sealer.close();
    }
}
