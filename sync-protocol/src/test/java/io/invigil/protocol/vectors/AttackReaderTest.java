package io.invigil.protocol.vectors;

import static io.invigil.protocol.vectors.FixtureFiles.hex;
import static io.invigil.protocol.vectors.FixtureFiles.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.exam.code.CertificateCode;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SignedEnvelope;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.manifest.Manifest;
import io.invigil.protocol.manifest.ManifestVerdict;
import io.invigil.protocol.manifest.ManifestVerifier;
import io.invigil.protocol.manifest.PackageParts;
import io.invigil.protocol.paper.KeyRelease;
import io.invigil.protocol.paper.PackageOpener;
import io.invigil.protocol.paper.ReleaseCode;
import io.invigil.protocol.paper.SealedPaper;
import io.invigil.protocol.trust.ClaimCode;
import io.invigil.protocol.trust.EnrolmentReply;
import io.invigil.protocol.trust.Revocations;
import io.invigil.protocol.trust.TrustVerdict;
import io.invigil.protocol.trust.TrustWalk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tries every attack directory, with nothing but what stands in it. */
class AttackReaderTest {
    private static final Path ATTACKS = FixtureFiles.ROOT.resolve("attacks");

    @TestFactory
    List<DynamicTest> everyAttackIsRefusedForItsReason() throws IOException {
        return directories().stream()
                .map(
                        directory ->
                                DynamicTest.dynamicTest(
                                        directory.getFileName().toString(),
                                        () -> {
                                            JsonNode attack =
                                                    FixtureFiles.read(
                                                            "attacks/"
                                                                    + directory.getFileName()
                                                                    + "/attack.json");
                                            assertThat(outcome(directory, attack))
                                                    .isEqualTo(text(attack, "expected"));
                                        }))
                .toList();
    }

    private static List<Path> directories() throws IOException {
        try (Stream<Path> all = Files.list(ATTACKS)) {
            return all.sorted().toList();
        }
    }

    private static String outcome(Path directory, JsonNode attack) {
        JsonNode given = attack.path("given");
        byte[] input = FixtureFiles.bytes(directory.resolve("input.bin"));
        return switch (text(attack, "against")) {
            case "manifest" -> manifest(given, input);
            case "part" -> part(directory, given, input);
            case "sealed-paper" -> sealedPaper(given, input);
            case "key-release" -> keyRelease(directory, given, input);
            case "release-code" -> releaseCode(directory, given, input);
            case "trust-root" -> trustRoot(directory, given, input);
            case "revocations" ->
                    Revocations.read(
                                    input,
                                    keys(given, "manifestPublicKey"),
                                    new Realm(text(given, "realm")),
                                    Long.parseLong(text(given, "heldVersion")))
                            .map(list -> "READ")
                            .orElse("NOT_READ");
            case "enrolment-reply" -> enrolmentReply(directory, given, input);
            case "certificate" -> certificate(given, input);
            default -> throw new IllegalArgumentException(text(attack, "against"));
        };
    }

    private static String manifest(JsonNode given, byte[] input) {
        var verifier =
                new ManifestVerifier(
                        new Realm(text(given, "realm")),
                        new NodeId(text(given, "node")),
                        keys(given, "manifestPublicKey"));
        long heldVersion = Long.parseLong(text(given, "heldVersion"));
        Digest heldDigest = Digest.ofHex(text(given, "heldDigest"));
        return switch (verifier.verify(
                input,
                exam ->
                        Optional.of(new ManifestVerifier.Highest(exam, heldVersion, heldDigest))
                                .filter(highest -> heldVersion > 0),
                Instant.parse(text(given, "trustedNow")))) {
            case ManifestVerdict.Accepted accepted ->
                    accepted.stale() ? "ACCEPTED_STALE" : "ACCEPTED";
            case ManifestVerdict.Refused refused -> refused.reason().name();
        };
    }

    private static String part(Path directory, JsonNode given, byte[] input) {
        Manifest manifest = manifestIn(directory, given);
        return PackageParts.check(
                        manifest.part(text(given, "part")).orElseThrow(), Optional.of(input))
                .map(issue -> issue.reason().name())
                .orElse("ACCEPTED");
    }

    private static String sealedPaper(JsonNode given, byte[] input) {
        return switch (SealedPaper.open(
                hex(given, "contentKey"), text(given, "packageId"), text(given, "name"), input)) {
            case SealedPaper.Outcome.Opened opened -> "OPENED";
            case SealedPaper.Outcome.Refused refused -> refused.reason().name();
        };
    }

    private static String keyRelease(Path directory, JsonNode given, byte[] input) {
        return switch (KeyRelease.verify(
                input,
                keys(given, "manifestPublicKey"),
                manifestIn(directory, given),
                SealKey.ofBytes(hex(given, "nodeSealKey")))) {
            case KeyRelease.Outcome.Released released -> "RELEASED";
            case KeyRelease.Outcome.Refused refused -> refused.reason().name();
        };
    }

    private static String releaseCode(Path directory, JsonNode given, byte[] input) {
        var opener =
                new PackageOpener(
                        manifestIn(directory, given), SealKey.ofBytes(hex(given, "nodeSealKey")));
        return switch (ReleaseCode.parse(new String(input, StandardCharsets.US_ASCII))) {
            case ReleaseCode.Typed.Complete complete ->
                    opener.releaseKeyFor(complete.code()).map(key -> "KEY").orElse("NO_KEY");
            case ReleaseCode.Typed.WrongGroups wrong -> "WRONG_GROUPS " + wrong.groups();
            case ReleaseCode.Typed.WrongLength wrong -> "WRONG_LENGTH";
        };
    }

    private static String trustRoot(Path directory, JsonNode given, byte[] input) {
        ClaimCode claim = ClaimCode.parse(text(given, "claimCode")).orElseThrow();
        var held =
                (TrustVerdict.Trusted)
                        TrustWalk.first(claim, FixtureFiles.bytes(directory.resolve("held.json")));
        return switch (TrustWalk.walk(held.root(), List.of(input))) {
            case TrustVerdict.Trusted trusted -> "TRUSTED";
            case TrustVerdict.Refused refused -> refused.reason().name();
        };
    }

    private static String enrolmentReply(Path directory, JsonNode given, byte[] input) {
        return switch (EnrolmentReply.read(
                input,
                ClaimCode.parse(text(given, "claimCode")).orElseThrow(),
                SealKey.ofBytes(hex(given, "nodeSealKey")),
                FixtureFiles.bytes(directory.resolve("request.json")))) {
            case EnrolmentReply.Outcome.Enrolled enrolled -> "ENROLLED";
            case EnrolmentReply.Outcome.Refused refused -> refused.reason().name();
        };
    }

    private static String certificate(JsonNode given, byte[] input) {
        return switch (CertificateCode.verify(
                new String(input, StandardCharsets.US_ASCII), keys(given, "issuerPublicKey"))) {
            case CertificateCode.Outcome.Genuine genuine -> "GENUINE";
            case CertificateCode.Outcome.Refused refused -> refused.reason().name();
        };
    }

    private static Manifest manifestIn(Path directory, JsonNode given) {
        byte[] envelope = FixtureFiles.bytes(directory.resolve("manifest.json"));
        return SignedEnvelope.decode(envelope, Manifest.BYTES_MAX)
                .flatMap(signed -> signed.verified(Manifest.TYPE, keys(given, "manifestPublicKey")))
                .flatMap(payload -> Json.read(payload, Manifest.class))
                .orElseThrow();
    }

    private static List<VerifyKey> keys(JsonNode given, String field) {
        return List.of(VerifyKey.ofHex(text(given, field)));
    }
}
