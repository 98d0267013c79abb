package io.invigil.site.rehearsal;

import io.invigil.appliance.account.PasswordHash;
import io.invigil.exam.pack.ExamPolicy;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.paper.Cardinality;
import io.invigil.exam.paper.Interaction;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.Paper;
import io.invigil.exam.paper.PaperCodec;
import io.invigil.exam.paper.Xhtml;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.manifest.Manifest;
import io.invigil.protocol.manifest.ManifestList;
import io.invigil.protocol.manifest.Part;
import io.invigil.protocol.manifest.PartKind;
import io.invigil.protocol.paper.PackageSealer;
import io.invigil.protocol.paper.PackageSecrets;
import io.invigil.protocol.trust.TrustRole;
import io.invigil.protocol.trust.TrustRoot;
import io.invigil.site.pack.PackageSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A made-up exam under keys of its own: a realm that no centre has, people that do not exist. The
 * package goes the way of a real one: sealed, signed, verified, opened by a release code.
 */
public final class RehearsalExam {
    /** No centre's realm: what carries it can never be taken for an exam. */
    public static final Realm REALM = new Realm("rehearsal");

    public static final String PREFIX = "REHEARSAL-";
    static final String STAFF = "rehearsal";
    private static final String ROOM = "R";
    private static final String SUBJECT = "S1";
    private static final String PAPER = "P1";
    private static final int ITEMS = 20;
    private static final Duration SLOT = Duration.ofHours(3);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final NodeId node;
    private final Instant start;
    private final Entropy entropy;
    private final String name;
    private final String password;
    private final SigningKey root;
    private final SigningKey manifestKey;
    private final SealKey seal;
    private final PackageSecrets secrets;
    private final List<Seat> seats = new ArrayList<>();

    /** One made-up candidate. */
    public record Seat(long sitting, String admissionNumber, String pin, int seat) {}

    /**
     * @param start begin of the slot: papers may be opened ten minutes before
     */
    public RehearsalExam(NodeId node, int candidates, Instant start, Entropy entropy) {
        this.node = node;
        this.start = start;
        this.entropy = entropy;
        this.name = PREFIX + NAME.format(start);
        this.password = HexFormat.of().formatHex(entropy.bytes(16));
        this.root = SigningKey.generate(entropy);
        this.manifestKey = SigningKey.generate(entropy);
        this.seal = SealKey.generate(entropy);
        this.secrets = PackageSecrets.make(entropy);
        for (int seat = 1; seat <= candidates; seat++) {
            int pin =
                    Math.floorMod(new java.math.BigInteger(entropy.bytes(4)).intValue(), 1_000_000);
            seats.add(new Seat(seat, PREFIX + "%03d".formatted(seat), "%06d".formatted(pin), seat));
        }
    }

    public String name() {
        return name;
    }

    public List<Seat> seats() {
        return List.copyOf(seats);
    }

    String password() {
        return password;
    }

    String releaseCode() {
        return secrets.releaseCode().text();
    }

    /** The trust root that its package verifies against, signed by itself. */
    public byte[] trustRoot(List<byte[]> authorities) {
        Map<TrustRole, List<String>> keys = new TreeMap<>();
        for (TrustRole role : TrustRole.values()) {
            boolean sealing = role == TrustRole.SEAL || role == TrustRole.RECOVERY;
            keys.put(
                    role,
                    List.of(sealing ? seal.publicKey().hex() : manifestKey.verifyKey().hex()));
        }
        return TrustRoot.issue(REALM, 1, start, root.verifyKey(), keys, authorities)
                .sign(root, root);
    }

    /** The package, sealed to the node that it is taken in by. */
    public PackageSource source(SealPublicKey nodeSealKey) {
        var sealer = new PackageSealer(secrets, REALM, node, name, nodeSealKey, entropy);
        List<PackageSealer.SealedContent> contents =
                List.of(
                        sealer.seal(PartKind.ROSTER, "roster", Json.write(roster())),
                        sealer.seal(PartKind.POLICY, "policy", Json.write(policy())),
                        sealer.seal(PartKind.PAPER, PAPER, PaperCodec.encode(paper())));
        Map<Digest, byte[]> parts = new HashMap<>();
        contents.forEach(content -> parts.put(content.part().digest(), content.bytes()));
        Manifest manifest =
                Manifest.issue(
                        REALM,
                        node,
                        name,
                        start.toEpochMilli(),
                        start,
                        seal.publicKey(),
                        seal.publicKey(),
                        contents.stream().map(PackageSealer.SealedContent::part).toList(),
                        sealer.terms(start));
        return new InMemory(manifest.sign(manifestKey), parts);
    }

    private record InMemory(byte[] envelope, Map<Digest, byte[]> parts) implements PackageSource {
        @Override
        public List<ManifestList.Entry> list() {
            return List.of();
        }

        @Override
        public byte[] manifest(String exam) {
            return envelope.clone();
        }

        @Override
        public InputStream part(Part part) throws IOException {
            byte[] bytes = parts.get(part.digest());
            if (bytes == null) {
                throw new IOException("the rehearsal has no part " + part.name());
            }
            return new ByteArrayInputStream(bytes);
        }
    }

    private Roster roster() {
        return new Roster(
                name,
                "REHEARSAL",
                "演练 Rehearsal",
                "UTC",
                start,
                start.plus(SLOT),
                List.of(new Roster.Room(ROOM, "", seats.size(), 10)),
                List.of(new Roster.Subject(SUBJECT, "演练 Rehearsal", "演练 Rehearsal", PAPER, 120)),
                seats.stream().map(RehearsalExam::entry).toList(),
                List.of(
                        new Roster.Staff(
                                STAFF, "Rehearsal", "PROCTOR", PasswordHash.of(password, entropy))),
                Optional.empty());
    }

    private static Roster.Entry entry(Seat seat) {
        return new Roster.Entry(
                seat.sitting(),
                "R%06d".formatted(seat.seat()),
                seat.admissionNumber(),
                "",
                "模拟考生 " + seat.seat(),
                "",
                "",
                ROOM,
                seat.seat(),
                SUBJECT,
                0,
                seat.pin(),
                "",
                Optional.empty());
    }

    /** The rules that say least; what they do not name has its default. */
    private static ExamPolicy policy() {
        String json =
                """
                {"checkInOpensMinutesBefore":30,"lateStartMinutes":120,
                 "resultVisibility":"NEVER","openBook":true,"recordFocusLoss":false,
                 "autoPassWithoutIncident":true,"rulesHtmlZh":"","rulesHtmlEn":""}
                """;
        return Json.read(json.getBytes(StandardCharsets.UTF_8), ExamPolicy.class).orElseThrow();
    }

    private static Paper paper() {
        List<Item> items = new ArrayList<>();
        for (int number = 1; number <= ITEMS; number++) {
            items.add(item("Q" + number, number % 4 == 0));
        }
        return new Paper(
                PAPER,
                "演练试卷",
                "Rehearsal paper",
                List.of(new Paper.Section("A", "", "", Xhtml.EMPTY, true, items)),
                List.of());
    }

    private static Item item(String id, boolean essay) {
        Interaction interaction =
                essay
                        ? new Interaction.ExtendedText("RESPONSE", Xhtml.EMPTY, 5, 4_000)
                        : new Interaction.Choice(
                                "RESPONSE",
                                Xhtml.EMPTY,
                                Cardinality.SINGLE,
                                true,
                                0,
                                1,
                                List.of(option("A"), option("B"), option("C"), option("D")));
        Xhtml body =
                Xhtml.sanitised("<p>" + id + "</p>" + Xhtml.placeholder("RESPONSE", true))
                        .orElseThrow();
        return new Item(id, "", body, List.of(interaction), BigDecimal.ONE, false);
    }

    private static Interaction.Option option(String id) {
        return new Interaction.Option(id, Xhtml.ofText("Option " + id), false);
    }
}
