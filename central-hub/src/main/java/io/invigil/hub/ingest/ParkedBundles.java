package io.invigil.hub.ingest;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.bundle.Bundle;
import io.invigil.protocol.bundle.BundleCodec;
import io.invigil.protocol.bundle.BundleLimits;
import io.invigil.protocol.bundle.BundleOpening;
import io.invigil.protocol.bundle.BundleParse;
import io.invigil.protocol.bundle.SealedBundle;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.hub.HubIngest;
import io.invigil.protocol.hub.HubSettings;
import io.invigil.protocol.hub.HubStore;
import io.invigil.protocol.hub.IngestOutcome;
import io.invigil.protocol.hub.KeyStanding;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.receipt.LineStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Authentic bundles that wait for people (fault rows 48 to 50, 79): shows what is in them, and
 * takes one in through the same verifier, minus the one check that had failed. Thread-safe.
 */
public final class ParkedBundles {
    public static final int LISTED_MAX = 500;

    private final Function<HubStore, HubSettings> settings;
    private final IngestListener listener;
    private final TenantId tenant;
    private final Clock clock;
    private final Entropy entropy;
    private final ParkedStore store = new ParkedStore();
    private final LaneStateStore lanes = new LaneStateStore();

    /**
     * @param settings of the hub's state machines, by {@link Ingest#settings}
     * @param listener told of what was taken in, after the commit
     */
    public ParkedBundles(
            Function<HubStore, HubSettings> settings,
            IngestListener listener,
            TenantId tenant,
            Clock clock,
            Entropy entropy) {
        this.settings = settings;
        this.listener = listener;
        this.tenant = tenant;
        this.clock = clock;
        this.entropy = entropy;
    }

    /** A parked bundle in a list. */
    public record Listed(String item, String node, String reason, String detail, Instant at) {}

    /** The oldest {@value #LISTED_MAX}, decided or not. */
    public List<Listed> list(Tx tx) {
        return store.list(tx, tenant, LISTED_MAX);
    }

    /** Which check a reviewed bundle may be spared; empty when no review can let it in. */
    public static Optional<HubIngest.Admission> admission(String reason) {
        return switch (reason) {
            case "KEY_REVOKED" -> Optional.of(HubIngest.Admission.KEY_REVIEWED);
            case "SCOPE" -> Optional.of(HubIngest.Admission.SCOPE_REVIEWED);
            // a fork: two records under one number cannot both be the node's word
            default -> Optional.empty();
        };
    }

    /** Why a parked bundle waits; empty when there is none of that name. */
    public Optional<String> reason(Tx tx, String item) {
        return store.find(tx, tenant, item).map(ParkedStore.Row::reason);
    }

    /** Opens one to look at; empty when there is none, or no key of the hub opens it any more. */
    public Optional<ParkedBundle> find(Tx tx, String item) {
        return store.find(tx, tenant, item).flatMap(row -> view(tx, row));
    }

    private Optional<ParkedBundle> view(Tx tx, ParkedStore.Row row) {
        HubSettings hub = settings.apply(joined(tx));
        if (!(BundleCodec.parse(row.content(), BundleLimits.USB)
                        instanceof BundleParse.Parsed parsed)
                || !(BundleCodec.open(parsed.bundle(), hub.opener(), BundleLimits.USB)
                        instanceof BundleOpening.Opened opened)) {
            return Optional.empty();
        }
        Bundle bundle = opened.bundle();
        SealedBundle sealed = parsed.bundle();
        Digest keyId = sealed.signatures().getFirst().keyId();
        Optional<KeyStanding> key =
                hub.directory().standing(bundle.header().node()).flatMap(node -> node.key(keyId));
        return Optional.of(
                new ParkedBundle(
                        row.item(),
                        row.reason(),
                        row.at(),
                        bundle.header().node(),
                        bundle.header().key(),
                        bundle.header().range(),
                        Instant.ofEpochMilli(bundle.context().clock().wallMillis()),
                        bundle.context().belief().site(),
                        keyId.shortHex(),
                        key.map(KeyStanding::revoked).orElse(true),
                        key.map(k -> k.validThrough().getOrDefault(bundle.header().key(), 0L))
                                .orElse(0L),
                        lanes.cursor(tx, tenant, bundle.header().node(), bundle.header().key())
                                .map(cursor -> cursor.head().seq())
                                .orElse(0L),
                        kinds(bundle.records())));
    }

    private static List<ParkedBundle.Kind> kinds(List<FactRecord> records) {
        Map<ParkedBundle.Kind, Integer> counts = new LinkedHashMap<>();
        for (FactRecord record : records) {
            var tree = Json.readTree(record.json());
            String type = tree.map(fact -> fact.path("t").asText("")).orElse("");
            Optional<String> exam =
                    tree.map(fact -> fact.path("exam").asText("")).filter(name -> !name.isEmpty());
            counts.merge(new ParkedBundle.Kind(type, exam, 0), 1, Integer::sum);
        }
        List<ParkedBundle.Kind> kinds = new ArrayList<>();
        counts.forEach(
                (kind, count) -> kinds.add(new ParkedBundle.Kind(kind.type(), kind.exam(), count)));
        kinds.sort((one, two) -> Integer.compare(two.count(), one.count()));
        return kinds;
    }

    /**
     * Takes a bundle in, in the caller's transaction: form, signature, seal, chain, numbers and
     * every other check hold as for any bundle. Its row stays as evidence.
     *
     * @return what became of it: stored now or before, or parked again for another reason
     * @throws IllegalArgumentException when there is none, or no review can let it in
     */
    public Result admit(Tx tx, String item) {
        ParkedStore.Row row = store.find(tx, tenant, item).orElseThrow();
        HubIngest.Admission admission = admission(row.reason()).orElseThrow();
        IngestOutcome outcome =
                new HubIngest(settings.apply(joined(tx)))
                        .bundle(
                                row.content(),
                                Optional.empty(),
                                Optional.empty(),
                                BundleLimits.USB,
                                admission);
        tx.afterCommit(
                () -> {
                    outcome.alarms().forEach(listener::alarm);
                    outcome.addressee().ifPresent(listener::stored);
                });
        return new Result(outcome.line().status(), outcome.line().reason());
    }

    /**
     * @param reason why it was not stored; empty when it was
     */
    public record Result(LineStatus status, String reason) {
        public boolean stored() {
            return status == LineStatus.ACCEPTED || status == LineStatus.DUPLICATE;
        }
    }

    private JoinedHubStore joined(Tx tx) {
        return new JoinedHubStore(tx, tenant, clock.instant(), entropy);
    }
}
