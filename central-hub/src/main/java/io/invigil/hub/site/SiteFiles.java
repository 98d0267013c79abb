package io.invigil.hub.site;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.intake.DocumentBytes;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.protocol.crypto.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Evidence of an application (source 002 section 5): the school adds and removes it while the
 * application is not submitted or was returned; the school itself and the bodies that review read
 * it. Stateless and thread-safe.
 */
public final class SiteFiles {
    private final SiteFileStore store = new SiteFileStore();
    private final Audit audit = new Audit();

    /** Whether the files of this site may be read: by the school itself and by reviewers. */
    public static boolean mayRead(StaffScope scope, Site site) {
        return scope.mayChange(site.school())
                || scope.role() == StaffRole.BODY_STAFF && site.approval() != Site.Approval.DRAFT;
    }

    /** By number; nothing for those who may not read them. */
    public List<SiteFile> of(Tx tx, StaffScope scope, Site site) {
        return mayRead(scope, site) ? store.of(tx, site) : List.of();
    }

    /**
     * A file's bytes.
     *
     * @throws EvidenceAltered when they are not those that were uploaded
     */
    public Optional<byte[]> content(Tx tx, StaffScope scope, Site site, int number) {
        Optional<SiteFile> file =
                of(tx, scope, site).stream().filter(one -> one.number() == number).findFirst();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        byte[] content = store.content(tx, site, number).orElseThrow();
        if (!Digest.sha256(content).hex().equals(file.get().sha256())) {
            throw new EvidenceAltered(site, file.get());
        }
        return Optional.of(content);
    }

    /**
     * Adds a file: a PDF, a picture, a zip or an office document, found from its first bytes.
     *
     * @param content at most {@link SiteFile#BYTES_MAX}
     */
    public SiteDecision add(
            Tx tx, StaffScope scope, Site site, String name, byte[] content, Instant now) {
        Optional<SiteDecision> refusal = notEditable(scope, site);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        List<SiteFile> files = store.of(tx, site);
        if (files.size() >= SiteFile.FILES_MAX) {
            return refused(SiteRefusal.SITE_FILES_TOO_MANY, "" + SiteFile.FILES_MAX);
        }
        if (content.length > SiteFile.BYTES_MAX) {
            return refused(
                    SiteRefusal.SITE_FILE_TOO_LARGE, "" + SiteFile.BYTES_MAX / (1024 * 1024));
        }
        if (!DocumentBytes.isDocument(content)) {
            return refused(SiteRefusal.SITE_FILE_KIND, "");
        }
        String kept =
                name.length() <= SiteFile.NAME_CHARS_MAX
                        ? name
                        : name.substring(name.length() - SiteFile.NAME_CHARS_MAX);
        SiteFile added =
                new SiteFile(
                        files.stream().mapToInt(SiteFile::number).max().orElse(0) + 1,
                        kept,
                        Digest.sha256(content).hex(),
                        content.length,
                        scope.login(),
                        now);
        store.add(tx, site, added, content);
        audit.created(tx, scope.actor(), "site-file", site.id() + "/" + added.number(), added);
        return new SiteDecision.Saved(site.id());
    }

    public SiteDecision remove(Tx tx, StaffScope scope, Site site, int number) {
        Optional<SiteDecision> refusal = notEditable(scope, site);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        for (SiteFile file : store.of(tx, site)) {
            if (file.number() == number) {
                store.remove(tx, site, number);
                audit.deleted(tx, scope.actor(), "site-file", site.id() + "/" + number, file);
            }
        }
        return new SiteDecision.Saved(site.id());
    }

    private static Optional<SiteDecision> notEditable(StaffScope scope, Site site) {
        if (!scope.mayChange(site.school())) {
            return Optional.of(refused(SiteRefusal.SITE_NOT_ALLOWED, ""));
        }
        return Sites.isEditable(site)
                ? Optional.empty()
                : Optional.of(refused(SiteRefusal.SITE_NOT_EDITABLE, ""));
    }

    private static SiteDecision refused(SiteRefusal code, String detail) {
        return new SiteDecision.Refused(List.of(FieldIssue.of("", code, detail)));
    }
}
