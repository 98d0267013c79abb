package io.invigil.hub.centreword;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.CentreWord;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.examday.BoardRow;
import io.invigil.hub.ingest.Downlink;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.receipt.HubCommandList;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** Words of the centre to rooms: sending, sending again, and what became of them. Thread-safe. */
public final class CentreWords implements Downlink {
    public static final int ROOMS_MAX = 2_000;
    public static final int SHOWN_MAX = 50;

    /** Words that no fact of the room answered go again after this. */
    public static final Duration SEND_AGAIN = Duration.ofSeconds(20);

    /** After the end of the slot a word is of no use any more. */
    public static final Duration USEFUL_AFTER_END = Duration.ofHours(2);

    private static final int ROUND_MAX = 500;
    private static final int ID_BYTES = 16;

    private final Database database;
    private final TenantId tenant;
    private final Realm realm;
    private final SigningKey signingKey;
    private final Clock clock;
    private final Entropy entropy;
    private final CentreWordStore store = new CentreWordStore();
    private final Plans plans = new Plans();
    private final Sites sites = new Sites();
    private final Audit audit = new Audit();

    /**
     * @param signingKey by which nodes know the hub's messages: that of receipts
     */
    public CentreWords(
            Database database,
            TenantId tenant,
            Realm realm,
            SigningKey signingKey,
            Clock clock,
            Entropy entropy) {
        this.database = database;
        this.tenant = tenant;
        this.realm = realm;
        this.signingKey = signingKey;
        this.clock = clock;
        this.entropy = entropy;
    }

    /** Rows of a board that somebody may speak to: those of the own plans that have a package. */
    public static boolean mayReach(StaffScope scope, BoardRow row) {
        return scope.mayRunPlansOf(row.plan().body()) && row.room().box().isPresent();
    }

    /**
     * Sends one text to the staff of rooms.
     *
     * @param wanted rows of the scope's own board
     */
    public WordDecision send(Tx tx, StaffScope scope, List<BoardRow> wanted, String text) {
        if (text.isBlank() || text.strip().length() > CentreWord.TEXT_CHARS_MAX) {
            return new WordDecision.Refused(WordDecision.Code.WORD_TEXT);
        }
        if (wanted.isEmpty()) {
            return new WordDecision.Refused(WordDecision.Code.WORD_NO_ROOM);
        }
        if (!wanted.stream().allMatch(row -> mayReach(scope, row))) {
            return new WordDecision.Refused(WordDecision.Code.WORD_NOT_ALLOWED);
        }
        // several rooms of one node are one desk
        Map<String, Instant> exams = new LinkedHashMap<>();
        for (BoardRow row : wanted) {
            Instant until = row.room().time().to().plus(USEFUL_AFTER_END);
            exams.put(row.room().box().orElseThrow().exam(), until);
        }
        if (exams.size() > ROOMS_MAX) {
            return new WordDecision.Refused(WordDecision.Code.WORD_TOO_MANY_ROOMS);
        }
        String id = HexFormat.of().formatHex(entropy.bytes(ID_BYTES));
        String name = scope.organisation().name();
        CentreWord first =
                new CentreWord(
                        exams.keySet().iterator().next(),
                        id,
                        name.substring(0, Math.min(name.length(), CentreWord.FROM_CHARS_MAX)),
                        clock.millis(),
                        text.strip());
        store.add(tx, tenant, first, scope.login());
        exams.forEach((exam, until) -> store.addRoom(tx, tenant, id, exam, until));
        audit.created(
                tx,
                scope.actor(),
                "centre-word",
                id,
                Map.of("text", first.text(), "exams", String.join(" ", exams.keySet())));
        return new WordDecision.Sent(id, exams.size());
    }

    @Override
    public void sendDue(BiPredicate<NodeId, byte[]> send) {
        Instant now = clock.instant();
        List<CentreWordStore.Outgoing> due =
                database.inTransaction(
                        tx -> store.due(tx, tenant, now, now.minus(SEND_AGAIN), ROUND_MAX));
        for (CentreWordStore.Outgoing one : due) {
            if (send.test(one.node(), message(one))) {
                database.useTransaction(tx -> store.sent(tx, tenant, one.word(), now));
            }
        }
    }

    @Override
    public List<byte[]> waiting(NodeId node) {
        Instant now = clock.instant();
        List<CentreWordStore.Outgoing> waiting =
                database.inTransaction(
                        tx -> store.waiting(tx, tenant, node, now, HubCommandList.MESSAGES_MAX));
        database.useTransaction(
                tx -> waiting.forEach(one -> store.sent(tx, tenant, one.word(), now)));
        return waiting.stream().map(this::message).toList();
    }

    private byte[] message(CentreWordStore.Outgoing one) {
        return one.word().message(realm, one.node(), one.key(), signingKey, entropy);
    }

    /** The newest words, with the rooms that the scope sees; words to none of them are left out. */
    public List<SentWord> recent(Tx tx, StaffScope scope) {
        Set<PlanId> ownPlans =
                plans.visibleWithSessions(tx, scope).stream()
                        .map(Plan::id)
                        .collect(Collectors.toSet());
        Set<SiteId> ownSites =
                sites.visible(tx, scope).stream().map(Site::id).collect(Collectors.toSet());
        return store.recent(tx, tenant, SHOWN_MAX).stream()
                .map(
                        text ->
                                new SentWord(
                                        text.word(),
                                        text.text(),
                                        text.login(),
                                        text.at(),
                                        store.lines(tx, tenant, text.word()).stream()
                                                .filter(line -> ownPlans.contains(line.plan()))
                                                .filter(line -> ownSites.contains(line.site()))
                                                .map(CentreWordStore.Line::room)
                                                .toList()))
                .filter(word -> !word.rooms().isEmpty())
                .toList();
    }
}
