package io.invigil.site.room;

import io.invigil.exam.room.FactStamp;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.Durability;
import io.invigil.protocol.ledger.Ledger;
import io.invigil.protocol.ledger.LedgerQueueFull;
import io.invigil.protocol.ledger.LedgerUnavailable;
import io.invigil.site.room.core.CoreTime;
import io.invigil.site.room.core.Decision;
import io.invigil.site.room.core.LongMap;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.site.room.core.RoomCore;
import io.invigil.site.room.core.RoomReply;
import io.invigil.site.room.core.RoomState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/**
 * The one writer. Decides a group of commands against the pending state, appends their facts at
 * once, and publishes and answers when the ledger says durable. Only the engine's thread calls
 * {@link #write}.
 */
final class RoomWriter implements AutoCloseable {
    private static final int GROUP_MAX = 256;
    private static final long FULL_PARK_NANOS = 2_000_000;

    private final RoomCore core = new RoomCore();
    private final Ledger ledger;
    private final RoomTimeSource time;
    private final RoomNotifier notifier;

    /** Ahead of what is durable; the writer thread's alone. */
    private RoomState pending;

    private LongMap<RoomView.ResultMark> pendingResults;
    private long lastResultSeq;

    /** Completes when everything so far is published; never exceptionally. */
    private CompletableFuture<Optional<Durability>> published;

    private volatile RoomView view;
    private volatile Durability durability;
    private volatile boolean halted;

    RoomWriter(Ledger ledger, RoomTimeSource time, RoomView replayed, RoomNotifier notifier) {
        this.ledger = ledger;
        this.time = time;
        this.notifier = notifier;
        this.pending = replayed.state();
        this.pendingResults = replayed.results();
        this.view = replayed;
        this.durability =
                ledger.members().size() > 1 ? Durability.TWO_DEVICES : Durability.ONE_DEVICE;
        this.published = CompletableFuture.completedFuture(Optional.of(durability));
    }

    RoomView view() {
        return view;
    }

    Durability durability() {
        return durability;
    }

    boolean halted() {
        return halted;
    }

    /** Handles the first and whatever else waits, up to a group. */
    void write(RoomEngine.Ask first, BlockingQueue<RoomEngine.Ask> more) {
        CoreTime now = time.now();
        Group group = new Group();
        RoomEngine.Ask ask = first;
        for (int handled = 1; ask != null; handled++) {
            handle(ask, now, group);
            if (group.isLarge()) {
                flush(group);
                group = new Group();
            }
            ask = handled < GROUP_MAX ? more.poll() : null;
        }
        flush(group);
    }

    private void handle(RoomEngine.Ask ask, CoreTime now, Group group) {
        switch (ask) {
            case RoomEngine.Ask.Plan plan -> {
                pending = pending.withPlan(plan.plan());
                group.replies.add(new Reply(plan.outcome(), new RoomReply.Done()));
            }
            case RoomEngine.Ask.Command asked -> decide(asked, now, group);
        }
    }

    private void decide(RoomEngine.Ask.Command asked, CoreTime now, Group group) {
        RoomCommand command = asked.command();
        switch (core.decide(pending, now, command)) {
            case Decision.Refused refused ->
                    asked.outcome()
                            .complete(new Outcome.Refused(refused.code(), refused.details()));
            case Decision.Accepted accepted -> {
                FactStamp stamp =
                        new FactStamp(now.wallMillis(), now.upMillis(), now.boot(), command.by());
                for (RoomFact fact : accepted.facts()) {
                    group.add(new StampedFact(stamp, fact));
                    apply(new StampedFact(stamp, fact));
                    if (group.isFull()) {
                        // a close of a large exam; its last facts carry the reply
                        flush(group);
                        group.clear();
                    }
                }
                group.replies.add(new Reply(asked.outcome(), accepted.reply()));
            }
        }
    }

    private void apply(StampedFact fact) {
        pending = core.apply(pending, fact);
        if (fact.fact().lane() == Lane.RES) {
            // nobody else writes this lane in this epoch, so its numbers are ours to count
            lastResultSeq++;
            OptionalLong sitting = fact.fact().aboutSitting();
            if (sitting.isPresent()) {
                pendingResults =
                        pendingResults.with(
                                sitting.getAsLong(),
                                new RoomView.ResultMark(ledger.epoch(), lastResultSeq));
            }
        }
    }

    private void flush(Group group) {
        RoomView after = new RoomView(pending, pendingResults);
        List<Reply> replies = List.copyOf(group.replies);
        List<StampedFact> facts = List.copyOf(group.facts);
        CompletionStage<Optional<Durability>> appended =
                group.drafts.isEmpty() ? published : append(List.copyOf(group.drafts));
        published =
                published.thenCombine(
                        appended, (before, level) -> publish(after, facts, replies, level));
    }

    /** Waits while the devices are behind: the bounded queue in front then says busy. */
    private CompletionStage<Optional<Durability>> append(List<FactDraft> drafts) {
        while (true) {
            try {
                return ledger.append(drafts)
                        .handle(
                                (level, failed) ->
                                        Optional.ofNullable(failed == null ? level : null));
            } catch (LedgerQueueFull full) {
                LockSupport.parkNanos(FULL_PARK_NANOS);
            } catch (LedgerUnavailable gone) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
        }
    }

    /** Runs on the ledger's thread, in order of the appends. */
    private Optional<Durability> publish(
            RoomView after,
            List<StampedFact> facts,
            List<Reply> replies,
            Optional<Durability> level) {
        if (level.isEmpty() || halted) {
            halted = true;
            replies.forEach(reply -> reply.outcome.complete(new Outcome.Halted()));
            return Optional.empty();
        }
        view = after;
        durability = level.get();
        if (!facts.isEmpty()) {
            notifier.published(after.state(), facts);
        }
        for (Reply reply : replies) {
            reply.outcome.complete(new Outcome.Kept(reply.reply, level.get()));
        }
        return level;
    }

    @Override
    public void close() {
        notifier.close();
    }

    private record Reply(CompletableFuture<Outcome> outcome, RoomReply reply) {}

    /** Facts that go to the ledger in one append, with the answers that wait for it. */
    private static final class Group {
        private static final int LARGE_FACTS = Ledger.APPEND_FACTS_MAX / 2;
        private static final int LARGE_BYTES = Ledger.APPEND_BYTES_MAX / 2;

        private final List<FactDraft> drafts = new ArrayList<>();
        private final List<StampedFact> facts = new ArrayList<>();
        private final List<Reply> replies = new ArrayList<>();
        private int bytes;

        void add(StampedFact fact) {
            FactDraft draft = fact.draft();
            facts.add(fact);
            drafts.add(draft);
            bytes += draft.json().length;
        }

        /** Large enough to go before another command is taken. */
        boolean isLarge() {
            return drafts.size() >= LARGE_FACTS || bytes >= LARGE_BYTES;
        }

        boolean isFull() {
            return drafts.size() >= Ledger.APPEND_FACTS_MAX
                    || bytes >= Ledger.APPEND_BYTES_MAX - FactDraft.BYTES_MAX;
        }

        void clear() {
            drafts.clear();
            facts.clear();
            replies.clear();
            bytes = 0;
        }
    }
}
