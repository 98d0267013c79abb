package io.invigil.site;

import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.vision.opencv.InstalledFaces;
import io.invigil.protocol.crypto.Digest;
import io.invigil.site.blob.KeepDecision;
import io.invigil.site.blob.RoomBlobs;
import io.invigil.site.identity.CandidateIdentity;
import io.invigil.site.identity.DeskIdentity;
import io.invigil.site.identity.FaceChecks;
import io.invigil.site.identity.FaceTemplates;
import io.invigil.site.identity.PictureKeeper;
import io.invigil.site.identity.RecheckApi;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The parts of identity, wired: models, templates, checks, and their pages. */
final class IdentityParts implements AutoCloseable {
    private static final long ERASE_MINUTES = 60;

    /** Frames wait for each other rather than for saves: one processor at most. */
    private static final int WORKERS = 2;

    private final SiteWiring site;
    private final InstalledFaces faces;
    private final PictureKeeper pictures;
    private final FaceTemplates templates;
    private final FaceChecks checks;

    IdentityParts(SiteWiring site, KeyFile keys, RoomBlobs blobs) {
        this.site = site;
        this.faces =
                InstalledFaces.open(
                        site.data.root().resolve("models"),
                        site.data.root().resolve("native"),
                        WORKERS);
        this.pictures = keeper(blobs);
        this.templates =
                new FaceTemplates(
                        faces,
                        site.shelf,
                        pictures,
                        site.data.directory("templates"),
                        keys,
                        site.entropy);
        this.checks = new FaceChecks(faces, templates, pictures, site.engine, site.entropy);
        packagesChanged();
        site.timer()
                .scheduleAtFixedRate(
                        () -> templates.eraseOld(site.engine.state(), site.clock.instant()),
                        1,
                        ERASE_MINUTES,
                        TimeUnit.MINUTES);
    }

    private static PictureKeeper keeper(RoomBlobs blobs) {
        return new PictureKeeper() {
            @Override
            public Optional<String> keep(String exam, String mediaType, byte[] picture) {
                return blobs.keep(exam, mediaType, picture) instanceof KeepDecision.Kept kept
                        ? Optional.of(kept.hex())
                        : Optional.empty();
            }

            @Override
            public Optional<byte[]> read(String sha256) {
                return blobs.read(Digest.ofHex(sha256));
            }
        };
    }

    /** A package came into force: its photos' templates are computed. */
    void packagesChanged() {
        templates.prepare(site.active.all());
    }

    HttpService[] pages(Templates pageTemplates) {
        return new HttpService[] {
            new CandidateIdentity(site.pages, pageTemplates, site.active, site.engine, checks),
            new RecheckApi(site.pages, site.active, site.engine, checks),
            new DeskIdentity(
                    site.pages,
                    pageTemplates,
                    site.active,
                    site.engine,
                    faces,
                    templates,
                    checks,
                    pictures)
        };
    }

    @Override
    public void close() {
        templates.close();
        faces.close();
    }
}
