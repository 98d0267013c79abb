package io.invigil.hub.pack;

import io.invigil.appliance.data.BlobStore;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.pack.RosterKeys;
import io.invigil.hub.fleet.RealmKeys;
import io.invigil.hub.fleet.SiteNode;
import io.invigil.hub.plan.SlotId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.manifest.Manifest;
import io.invigil.protocol.manifest.Part;
import io.invigil.protocol.manifest.PartKind;
import io.invigil.protocol.manifest.ReleaseTerms;
import io.invigil.protocol.paper.PackageSealer;
import io.invigil.protocol.paper.PackageSecrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Seals the parts of one package and signs its manifest. Parts whose content did not change keep
 * the bytes of the version before. Works outside any transaction; what it puts into the blob store
 * is named by content and harmless when nothing refers to it.
 */
final class PackageMaking {
    private final RealmKeys realm;
    private final BlobStore blobs;
    private final Entropy entropy;
    private final BiFunction<SlotId, String, RosterKeys> keys;

    /**
     * @param keys of the roster for a slot and the package's name
     */
    PackageMaking(
            RealmKeys realm,
            BlobStore blobs,
            Entropy entropy,
            BiFunction<SlotId, String, RosterKeys> keys) {
        this.realm = realm;
        this.blobs = blobs;
        this.entropy = entropy;
        this.keys = keys;
    }

    /** The version before: its parts by name, and its terms. */
    record Before(Map<String, PackageStore.PartRow> parts, ReleaseTerms terms, long version) {}

    /** What was made. */
    @SuppressWarnings("ArrayRecordComponent")
    record Made(
            Manifest manifest,
            byte[] envelope,
            List<PackageStore.PartRow> parts,
            int sealed,
            int kept) {}

    /** The terms that a stored manifest envelope states. */
    static ReleaseTerms termsOf(byte[] envelope) {
        return SignedEnvelope.decode(envelope, 2 * Manifest.BYTES_MAX)
                .flatMap(signed -> Json.read(signed.unverifiedPayload(), Manifest.class))
                .orElseThrow(() -> new IllegalStateException("a stored manifest is not readable"))
                .release();
    }

    Made make(
            String exam,
            SiteNode node,
            PackageContent content,
            PackageSecrets secrets,
            Optional<Before> before,
            Instant now) {
        Work work = new Work(exam, node, secrets, before);
        Map<Long, String> photos = new HashMap<>();
        for (PackageContent.Clear photo : content.photos()) {
            Part part = work.add(photo.kind(), photo.name(), photo.content());
            long sitting = Long.parseLong(photo.name().substring(photo.name().indexOf('/') + 1));
            photos.put(sitting, part.sha256());
        }
        work.add(PartKind.POLICY, "policy", Json.write(content.policy()));
        work.add(PartKind.ROSTER, "roster", Json.write(roster(exam, content, photos)));
        for (PackageContent.Clear paper : content.papers()) {
            work.add(paper.kind(), paper.name(), paper.content());
        }
        work.add(PartKind.REHEARSAL_PAPER, "rehearsal", RehearsalPaper.json());
        Instant start = content.slot().time().from();
        Manifest manifest =
                Manifest.issue(
                        realm.realm(),
                        node.id(),
                        exam,
                        Manifest.nextVersion(before.map(Before::version), now),
                        now,
                        realm.seal().getFirst().publicKey(),
                        realm.recovery().getFirst().publicKey(),
                        work.parts.stream().map(PackageStore.PartRow::part).toList(),
                        work.sealer.terms(start));
        return new Made(
                manifest,
                manifest.sign(realm.manifest()),
                List.copyOf(work.parts),
                work.sealed,
                work.kept);
    }

    private Roster roster(String exam, PackageContent content, Map<Long, String> photos) {
        List<Roster.Entry> entries =
                content.entries().stream()
                        .map(entry -> withPhoto(entry, photos.getOrDefault(entry.sitting(), "")))
                        .toList();
        return new Roster(
                exam,
                content.plan().number(),
                content.plan().name(),
                content.plan().zone().getId(),
                content.slot().time().from(),
                content.slot().time().to(),
                content.rooms(),
                content.subjects(),
                entries,
                content.staff(),
                Optional.of(keys.apply(content.slot().id(), exam)));
    }

    private static Roster.Entry withPhoto(Roster.Entry entry, String photo) {
        return new Roster.Entry(
                entry.sitting(),
                entry.candidateNumber(),
                entry.admissionNumber(),
                entry.idNumber(),
                entry.name(),
                entry.gender(),
                entry.school(),
                entry.room(),
                entry.seat(),
                entry.subject(),
                entry.extraMinutes(),
                entry.pin(),
                photo,
                entry.byEye());
    }

    /** One package in the making. */
    private final class Work {
        private final String exam;
        private final SiteNode node;
        private final PackageSecrets secrets;
        private final Optional<Before> before;
        private final PackageSealer sealer;
        private final List<PackageStore.PartRow> parts = new ArrayList<>();
        private int sealed;
        private int kept;

        Work(String exam, SiteNode node, PackageSecrets secrets, Optional<Before> before) {
            this.exam = exam;
            this.node = node;
            this.secrets = secrets;
            this.before = before;
            this.sealer =
                    new PackageSealer(
                            secrets, realm.realm(), node.id(), exam, node.sealKey(), entropy);
        }

        Part add(PartKind kind, String name, byte[] content) {
            Digest source = source(kind, name, content);
            Optional<PackageStore.PartRow> old =
                    before.map(b -> b.parts().get(name))
                            .filter(row -> row != null && row.source().equals(source))
                            .filter(row -> isHeld(row.part().digest()));
            if (old.isPresent()) {
                if (kind.isSealedPaper()) {
                    sealer.keep(before.orElseThrow().terms(), name);
                }
                kept++;
                parts.add(old.get());
                return old.get().part();
            }
            PackageSealer.SealedContent made = sealer.seal(kind, name, content);
            store(made);
            sealed++;
            parts.add(new PackageStore.PartRow(made.part(), source));
            return made.part();
        }

        /** Of everything that the sealed bytes depend on but the randomness. */
        private Digest source(PartKind kind, String name, byte[] content) {
            String bound =
                    String.join(
                            "\n",
                            kind.name(),
                            name,
                            exam,
                            secrets.packageId(),
                            node.sealKey().hex(),
                            "");
            return Digest.sha256(bound.getBytes(StandardCharsets.UTF_8), content);
        }

        private boolean isHeld(Digest digest) {
            try {
                return blobs.length(digest).isPresent();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void store(PackageSealer.SealedContent made) {
            try {
                blobs.put(
                        made.part().digest(),
                        new ByteArrayInputStream(made.bytes()),
                        made.bytes().length);
            } catch (IOException e) {
                throw new UncheckedIOException("a part was not stored", e);
            }
        }
    }
}
