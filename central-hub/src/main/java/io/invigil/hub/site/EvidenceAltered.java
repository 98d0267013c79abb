package io.invigil.hub.site;

/** A stored file is not the one that was uploaded: its digest differs. */
public final class EvidenceAltered extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    EvidenceAltered(Site site, SiteFile file) {
        super("file " + file.number() + " of site " + site.id() + " is not the one uploaded");
    }
}
