package io.invigil.site;

import java.util.List;

/** The message bundles of the node. */
public final class SiteTexts {
    public static final List<String> BUNDLES =
            List.of(
                    "node",
                    "delivery",
                    "roomreceipt",
                    "apart",
                    "lockdown",
                    "attendance",
                    "proctoring",
                    "technician",
                    "doctor",
                    "rehearsal",
                    "setup",
                    "identity",
                    "roomprint",
                    "device");

    private SiteTexts() {}
}
