package io.invigil.site.doctor.content;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.manifest.Part;
import io.invigil.site.doctor.Check;
import io.invigil.site.doctor.Measured;
import io.invigil.site.doctor.Probe;
import io.invigil.site.doctor.Symptom;
import io.invigil.site.pack.ExamPackage;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The packages in force: every part hashed again, and how old the centre's statement is. */
public final class PackageProbe implements Probe {
    private final Supplier<List<String>> kept;
    private final Supplier<Collection<ExamPackage>> inForce;
    private final Parts parts;
    private final Clock clock;

    /** The bytes of a part as they travelled; empty when they are not here. */
    @FunctionalInterface
    public interface Parts {
        Optional<byte[]> bytes(Part part) throws IOException;
    }

    /**
     * @param kept names of the exams with a manifest on the disk
     */
    public PackageProbe(
            Supplier<List<String>> kept,
            Supplier<Collection<ExamPackage>> inForce,
            Parts parts,
            Clock clock) {
        this.kept = kept;
        this.inForce = inForce;
        this.parts = parts;
        this.clock = clock;
    }

    @Override
    public Check check() {
        return Check.PACKAGES;
    }

    @Override
    public Measured look() throws IOException {
        Collection<ExamPackage> packages = inForce.get();
        List<String> exams = packages.stream().map(ExamPackage::exam).toList();
        List<String> unreadable = kept.get().stream().filter(e -> !exams.contains(e)).toList();
        if (!unreadable.isEmpty()) {
            return Measured.of(Symptom.PACKAGES_UNREADABLE, String.join(", ", unreadable));
        }
        if (packages.isEmpty()) {
            return Measured.of(Symptom.PACKAGES_NONE);
        }
        int checked = 0;
        int sittings = 0;
        List<String> stale = new ArrayList<>();
        for (ExamPackage pack : packages) {
            for (Part part : pack.manifest().parts()) {
                if (!isWhole(part)) {
                    return Measured.of(
                            Symptom.PACKAGES_DAMAGED, pack.exam(), part.kind(), shown(part));
                }
                checked++;
            }
            sittings += pack.roster().entries().size();
            if (clock.instant().isAfter(pack.manifest().freshUntil())) {
                stale.add(pack.exam());
            }
        }
        return stale.isEmpty()
                ? Measured.of(Symptom.PACKAGES_SOUND, packages.size(), sittings, checked)
                : Measured.of(Symptom.PACKAGES_STALE, String.join(", ", stale), checked);
    }

    private boolean isWhole(Part part) throws IOException {
        Optional<byte[]> bytes = parts.bytes(part);
        return bytes.isPresent()
                && bytes.get().length == part.bytes()
                && Digest.sha256(bytes.get()).equals(part.digest());
    }

    /** By digest: a part's name may name a sitting. */
    private static String shown(Part part) {
        return part.digest().shortHex();
    }
}
