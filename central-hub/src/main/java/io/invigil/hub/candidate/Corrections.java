package io.invigil.hub.candidate;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.protocol.crypto.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Corrects single data of a candidate under the rules of the import, the ID number included: where
 * that changes, gender follows. Every change is in the audit with before and after. Stateless.
 */
public final class Corrections {
    private static final int NAME_CHARS_MAX = 100;
    private static final int TEXT_CHARS_MAX = 200;

    private final CandidateStore store = new CandidateStore();
    private final PhotoStore photos = new PhotoStore();
    private final PhotoReader reader = new PhotoReader();
    private final Audit audit = new Audit();

    /** What stands in a field now; empty for a photo. */
    public static String textOf(Candidate candidate, CandidateField field) {
        return switch (field) {
            case NAME -> candidate.name();
            case PINYIN -> candidate.pinyin();
            case ID_NUMBER -> candidate.idNumber();
            case MOBILE -> candidate.mobile();
            case MAJOR -> candidate.major();
            case PHOTO -> "";
        };
    }

    /** What is wrong with a text for a field; empty when it could be entered. */
    public Optional<FieldIssue> check(Tx tx, Candidate candidate, CandidateField field, String to) {
        return switch (field) {
            case NAME -> textIssue(to, NAME_CHARS_MAX);
            case PINYIN, MAJOR -> textIssue(to, TEXT_CHARS_MAX);
            case MOBILE ->
                    Outbox.isMobile(to)
                            ? Optional.empty()
                            : Optional.of(FieldIssue.of("wanted", CandidateIssue.MOBILE_MALFORMED));
            case ID_NUMBER -> idIssue(tx, candidate, to);
            case PHOTO -> Optional.empty();
        };
    }

    private static Optional<FieldIssue> textIssue(String to, int charsMax) {
        if (to.isBlank()) {
            return Optional.of(FieldIssue.of("wanted", CandidateIssue.CELL_REQUIRED));
        }
        return to.length() > charsMax
                ? Optional.of(FieldIssue.of("wanted", CandidateIssue.CELL_TOO_LONG))
                : Optional.empty();
    }

    private Optional<FieldIssue> idIssue(Tx tx, Candidate candidate, String to) {
        return switch (IdNumber.read(to)) {
            case IdNumber.Reading.Invalid invalid ->
                    Optional.of(FieldIssue.of("wanted", invalid.fault()));
            case IdNumber.Reading.Valid valid ->
                    store
                            .byIdNumbers(tx, candidate.tenant(), List.of(valid.number().value()))
                            .values()
                            .stream()
                            .filter(one -> !one.id().equals(candidate.id()))
                            .findFirst()
                            .map(
                                    other ->
                                            FieldIssue.of(
                                                    "wanted",
                                                    CandidateIssue.CANDIDATE_EXISTS_DIFFERENT));
        };
    }

    /** Enters a text that {@link #check} has nothing against; else says what is wrong. */
    public Optional<FieldIssue> correct(
            Tx tx, StaffScope scope, Candidate before, CandidateField field, String to) {
        Optional<FieldIssue> issue = check(tx, before, field, to);
        if (issue.isEmpty()) {
            Candidate after = changed(before, field, to);
            store.correct(tx, after);
            audit.changed(tx, scope.actor(), "candidate", before.id(), before, after);
        }
        return issue;
    }

    private static Candidate changed(Candidate one, CandidateField field, String to) {
        boolean id = field == CandidateField.ID_NUMBER;
        IdNumber number =
                IdNumber.read(id ? to : one.idNumber()) instanceof IdNumber.Reading.Valid valid
                        ? valid.number()
                        : new IdNumber(one.idNumber());
        return new Candidate(
                one.tenant(),
                one.id(),
                one.school(),
                one.number(),
                field == CandidateField.NAME ? to : one.name(),
                field == CandidateField.PINYIN ? to : one.pinyin(),
                id ? number.value() : one.idNumber(),
                id ? number.gender() : one.gender(),
                field == CandidateField.MOBILE ? to : one.mobile(),
                field == CandidateField.MAJOR ? to : one.major(),
                one.programmeLevel(),
                one.enrolmentYear(),
                one.type(),
                one.photo(),
                one.mail());
    }

    /** Replaces the photo under the rules of the photo import. */
    public Optional<FieldIssue> photo(Tx tx, StaffScope scope, Candidate before, byte[] picture) {
        return switch (reader.read(picture)) {
            case PhotoReading.Refused refused ->
                    Optional.of(FieldIssue.of("file", refused.code(), refused.detail()));
            case PhotoReading.Normalised normalised -> {
                Digest sha256 = Digest.sha256(normalised.jpeg());
                photos.put(tx, before.tenant(), sha256, normalised.jpeg());
                photos.assign(tx, before.tenant(), before.id(), sha256, Digest.sha256(picture));
                audit.changed(
                        tx,
                        scope.actor(),
                        "candidate",
                        before.id(),
                        Map.of("photo", before.photo()),
                        Map.of("photo", sha256.hex()));
                if (before.hasPhoto()) {
                    photos.removeUnused(tx, before.tenant(), before.photo());
                }
                yield Optional.empty();
            }
        };
    }
}
