package io.invigil.site;

import io.invigil.appliance.account.PasswordHash;
import io.invigil.exam.pack.FaceRechecks;
import io.invigil.exam.pack.IdentityCheck;
import io.invigil.exam.pack.PageRules;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.pack.RosterKeys;
import io.invigil.exam.paper.AnswerKey;
import io.invigil.exam.paper.BaseType;
import io.invigil.exam.paper.Cardinality;
import io.invigil.exam.paper.Interaction;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.Paper;
import io.invigil.exam.paper.PaperCodec;
import io.invigil.exam.paper.Xhtml;
import io.invigil.protocol.carrier.stick.StickWriter;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.manifest.Manifest;
import io.invigil.protocol.manifest.Part;
import io.invigil.protocol.manifest.PartKind;
import io.invigil.protocol.paper.KeyRelease;
import io.invigil.protocol.paper.PackageSealer;
import io.invigil.protocol.paper.PackageSecrets;
import io.invigil.protocol.trust.ClaimCode;
import io.invigil.protocol.trust.EnrolmentReply;
import io.invigil.protocol.trust.EnrolmentRequest;
import io.invigil.protocol.trust.RenewalRequest;
import io.invigil.protocol.trust.Revocations;
import io.invigil.protocol.trust.TrustBundle;
import io.invigil.protocol.trust.TrustRole;
import io.invigil.protocol.trust.TrustRoot;
import io.invigil.site.pack.ExamPackage;
import io.invigil.testkit.PolicyFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The centre as far as a node sees it without a line: files that it signed. Data made up. */
public final class PaperHub {
    public static final Realm REALM = new Realm("demo");
    public static final NodeId NODE = new NodeId("room-107");
    public static final String EXAM = "K2026-S1-room-107";

    /** Of the slot. */
    public static final RosterKeys KEYS =
            RosterKeys.of(
                    Digest.sha256(new byte[] {1, 0, 7}).bytes(),
                    Digest.sha256(new byte[] {1, 0, 8}).bytes());

    public static final String PASSWORD = "correct horse 7";
    public static final byte[] PHOTO = {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3};

    private static final Entropy ENTROPY = Entropy.secure();

    private final SigningKey root = SigningKey.generate(ENTROPY);
    private final SigningKey manifestKey = SigningKey.generate(ENTROPY);
    private final SigningKey receiptKey = SigningKey.generate(ENTROPY);
    private final SealKey seal = SealKey.generate(ENTROPY);
    private final SealKey recovery = SealKey.generate(ENTROPY);
    private final PaperAuthority authority = new PaperAuthority();
    private final PackageSecrets secrets = PackageSecrets.make(ENTROPY);
    private final ClaimCode claim = ClaimCode.make(root.verifyKey(), ENTROPY);
    private final String passwordHash = PasswordHash.of(PASSWORD, ENTROPY);
    private final TrustRoot trustRoot;
    private final Instant start;
    private SealPublicKey nodeSealKey = seal.publicKey();
    private VerifyKey nodeKey = receiptKey.verifyKey();
    private PolicyFixture policy = PolicyFixture.plain();
    private int minutes = 60;
    private int slotMinutes = 120;
    private List<byte[]> photos = List.of(PHOTO);
    private Set<Integer> declined = Set.of();

    public PaperHub(Instant start) {
        this.start = start;
        Map<TrustRole, List<String>> keys = new TreeMap<>();
        keys.put(TrustRole.RECEIPT, List.of(receiptKey.verifyKey().hex()));
        keys.put(TrustRole.SEAL, List.of(seal.publicKey().hex()));
        keys.put(TrustRole.RECOVERY, List.of(recovery.publicKey().hex()));
        keys.put(TrustRole.MANIFEST, List.of(manifestKey.verifyKey().hex()));
        keys.put(TrustRole.CERTIFICATE, List.of(receiptKey.verifyKey().hex()));
        this.trustRoot =
                TrustRoot.issue(REALM, 1, start, root.verifyKey(), keys, List.of(authority.der()));
    }

    /** Packages written from now on have these rules for the candidates' pages. */
    public void pageRules(PageRules rules) {
        policy.page(rules);
    }

    /** Packages written from now on have this policy, and a subject of so many minutes. */
    public void policy(PolicyFixture rules, int subjectMinutes, int windowMinutes) {
        policy = rules;
        minutes = subjectMinutes;
        slotMinutes = windowMinutes;
    }

    /** Packages written from now on ask for this; photos of the first seats in order. */
    public void identity(IdentityCheck check, List<byte[]> ofSeats) {
        policy.identity(check);
        photos = ofSeats;
    }

    /** Seats whose candidates declined the comparison by a machine. */
    public void declined(Integer... seats) {
        declined = Set.of(seats);
    }

    /** Face checks during the test in the packages from now on. */
    public void rechecks(FaceRechecks wanted) {
        policy.rechecks(wanted);
    }

    public ClaimCode claim() {
        return claim;
    }

    public X509Certificate authority() {
        return authority.certificate();
    }

    public String releaseCode() {
        return secrets.releaseCode().text();
    }

    /** Answers an enrolment request file. */
    public byte[] enrol(byte[] request) {
        EnrolmentRequest.Received received = EnrolmentRequest.read(request).orElseThrow();
        EnrolmentRequest asked = received.request();
        nodeSealKey = SealPublicKey.ofHex(asked.sealKey());
        nodeKey = VerifyKey.ofHex(asked.verifyKey());
        return EnrolmentReply.of(
                        REALM,
                        NODE,
                        "Test site",
                        received,
                        authority.client(asked.clientCsrDer(), "urn:xsp:demo:node:room-107"),
                        authority.server(asked.serverCsrDer(), asked.serverNames()),
                        "https://localhost:1",
                        "ssl://localhost:1",
                        start)
                .write(trustRoot.sign(root, root), manifestKey, nodeSealKey, ENTROPY);
    }

    /** Answers a renewal, if the record key of the enrolled node signed it. */
    public Optional<byte[]> renew(byte[] envelope) {
        return RenewalRequest.read(envelope, REALM, node -> Optional.of(nodeKey))
                .map(
                        received ->
                                EnrolmentReply.of(
                                                REALM,
                                                NODE,
                                                "Test site",
                                                received.digest(),
                                                authority.client(
                                                        received.request().clientCsrDer(),
                                                        "urn:xsp:demo:node:room-107"),
                                                authority.server(
                                                        received.request().serverCsrDer(),
                                                        received.request().serverNames()),
                                                "https://localhost:1",
                                                "ssl://localhost:1",
                                                start)
                                        .write(
                                                trustRoot.sign(root, root),
                                                manifestKey,
                                                nodeSealKey,
                                                ENTROPY));
    }

    /** What it states about keys: roots up to this version, and a list of revoked keys. */
    public TrustBundle trust(long rootVersion, Optional<Revocations> revoked) {
        List<byte[]> roots = new ArrayList<>(List.of(trustRoot.sign(root, root)));
        for (long version = 2; version <= rootVersion; version++) {
            roots.add(
                    TrustRoot.issue(
                                    REALM,
                                    version,
                                    start,
                                    root.verifyKey(),
                                    trustRoot.keys(),
                                    trustRoot.caDer())
                            .sign(root, root));
        }
        return TrustBundle.of(roots, revoked.map(list -> list.sign(manifestKey)));
    }

    /** Writes a package of this version onto a stick: candidates on seats 1 to {@code count}. */
    public void writePackage(Path stick, long version, int count) throws IOException {
        StickWriter writer = StickWriter.open(stick);
        Made made = make(version, count);
        for (byte[] bytes : made.contents()) {
            writer.writePart(Digest.sha256(bytes), bytes.length, new ByteArrayInputStream(bytes));
        }
        Files.write(
                stick.resolve(StickWriter.DIRECTORY).resolve(EXAM + ".manifest"),
                made.pack().manifest().sign(manifestKey));
    }

    /** A package as it would be in force, with its parts as they travelled. */
    public record Made(ExamPackage pack, List<byte[]> contents) {
        /** A copy of a part's bytes. */
        public Optional<byte[]> bytes(Part part) {
            return contents.stream()
                    .filter(bytes -> Digest.sha256(bytes).equals(part.digest()))
                    .map(byte[]::clone)
                    .findFirst();
        }
    }

    /** Makes a package without a stick. */
    public Made make(long version, int count) {
        var sealer = new PackageSealer(secrets, REALM, NODE, EXAM, nodeSealKey, ENTROPY);
        List<PackageSealer.SealedContent> contents = new ArrayList<>();
        List<String> digests = new ArrayList<>();
        for (int at = 0; at < photos.size(); at++) {
            contents.add(sealer.seal(PartKind.PHOTO, "photo/" + (1001 + at), photos.get(at)));
            digests.add(contents.getLast().part().sha256());
        }
        Roster roster = roster(count, digests);
        contents.add(sealer.seal(PartKind.ROSTER, "roster", Json.write(roster)));
        contents.add(sealer.seal(PartKind.POLICY, "policy", Json.write(policy.policy())));
        contents.add(sealer.seal(PartKind.PAPER, "P1", PaperCodec.encode(paper(more, assets()))));
        clips.forEach(
                (name, bytes) -> contents.add(sealer.seal(PartKind.ASSET, "P1/" + name, bytes)));
        contents.add(sealer.seal(PartKind.ANSWER_KEY, "P1.key", PaperCodec.encodeKey(key())));
        Manifest manifest =
                Manifest.issue(
                        REALM,
                        NODE,
                        EXAM,
                        version,
                        start,
                        seal.publicKey(),
                        recovery.publicKey(),
                        contents.stream().map(PackageSealer.SealedContent::part).toList(),
                        sealer.terms(start));
        return new Made(
                new ExamPackage(manifest, manifest.digest(), false, roster, policy.policy()),
                contents.stream().map(PackageSealer.SealedContent::bytes).toList());
    }

    /** A key release as the hub signs it. */
    public byte[] keyRelease() {
        return KeyRelease.make(
                        REALM,
                        NODE,
                        EXAM,
                        secrets,
                        nodeSealKey,
                        List.of(
                                new KeyRelease.Approval("chief-a", start),
                                new KeyRelease.Approval("chief-b", start)),
                        start,
                        ENTROPY)
                .sign(manifestKey);
    }

    private Roster roster(int count, List<String> digests) {
        List<Roster.Entry> entries = new ArrayList<>();
        for (int seat = 1; seat <= count; seat++) {
            entries.add(
                    new Roster.Entry(
                            1000 + seat,
                            "C%06d".formatted(seat),
                            "2026%06d".formatted(seat),
                            "11010119900307%04d".formatted(seat),
                            "张" + seat,
                            "女",
                            "Test school",
                            "107",
                            seat,
                            "S1",
                            0,
                            "%06d".formatted(246_000 + seat),
                            seat <= digests.size() ? digests.get(seat - 1) : "",
                            declined.contains(seat) ? Optional.of(true) : Optional.empty()));
        }
        return new Roster(
                EXAM,
                "K2026",
                "Plan 2026",
                "Asia/Shanghai",
                start,
                start.plusSeconds(slotMinutes * 60L),
                List.of(new Roster.Room("107", "Building 1", count + 5, 6)),
                List.of(new Roster.Subject("S1", "Security", "Certificate, basic", "P1", minutes)),
                entries,
                List.of(
                        new Roster.Staff("li", "Li", "PROCTOR", passwordHash),
                        new Roster.Staff("wang", "Wang", "PROCTOR", passwordHash)),
                Optional.of(KEYS));
    }

    private final List<Item> more = new ArrayList<>();

    /** Asks one thing more, in a section of its own; before the package is made. */
    public void asks(String id, Interaction interaction) {
        more.add(item(id, interaction, !interaction.byHand()));
    }

    private final Map<String, byte[]> clips = new TreeMap<>();

    /** Gives the paper a sound; before the package is made. */
    public void holds(String name, byte[] wav) {
        clips.put(name, wav);
    }

    private List<Paper.Asset> assets() {
        return clips.entrySet().stream()
                .map(
                        clip ->
                                new Paper.Asset(
                                        clip.getKey(),
                                        Digest.sha256(clip.getValue()).hex(),
                                        "audio/wav",
                                        clip.getValue().length))
                .toList();
    }

    private static Paper paper(List<Item> more, List<Paper.Asset> assets) {
        var choice =
                new Interaction.Choice(
                        "RESPONSE",
                        Xhtml.EMPTY,
                        Cardinality.SINGLE,
                        true,
                        0,
                        1,
                        List.of(option("A"), option("B"), option("C")));
        var text = new Interaction.ExtendedText("RESPONSE", Xhtml.EMPTY, 5, 4_000);
        return new Paper(
                "P1",
                "试卷",
                "Paper",
                List.of(
                        new Paper.Section(
                                "A",
                                "",
                                "",
                                Xhtml.EMPTY,
                                true,
                                List.of(item("Q1", choice, true), item("Q2", choice, true))),
                        new Paper.Section(
                                "B",
                                "",
                                "",
                                Xhtml.EMPTY,
                                false,
                                Stream.concat(Stream.of(item("Q3", text, false)), more.stream())
                                        .toList())),
                assets);
    }

    private static Item item(String id, Interaction interaction, boolean objective) {
        Xhtml body =
                Xhtml.sanitised("<p>?</p>" + Xhtml.placeholder("RESPONSE", true)).orElseThrow();
        return new Item(id, "", body, List.of(interaction), BigDecimal.ONE, objective);
    }

    private static Interaction.Option option(String id) {
        return new Interaction.Option(id, Xhtml.ofText("Option " + id), false);
    }

    private static AnswerKey key() {
        return new AnswerKey("P1", Map.of("Q1", itemKey("A"), "Q2", itemKey("B")));
    }

    private static AnswerKey.ItemKey itemKey(String correct) {
        return new AnswerKey.ItemKey(
                BigDecimal.ONE,
                Map.of(
                        "RESPONSE",
                        AnswerKey.ResponseKey.matchCorrect(
                                BaseType.IDENTIFIER, Cardinality.SINGLE, List.of(correct))));
    }
}
