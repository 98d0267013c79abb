package io.invigil.site.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.RoomPhase;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.ledger.Ledger;
import io.invigil.protocol.ledger.LedgerAlarm;
import io.invigil.protocol.ledger.LedgerKeys;
import io.invigil.protocol.ledger.LedgerSettings;
import io.invigil.protocol.ledger.OpenedLedger;
import io.invigil.protocol.ledger.device.DirectoryFs;
import io.invigil.protocol.ledger.device.LedgerFs;
import io.invigil.site.room.core.CoreTime;
import io.invigil.site.room.core.ExamPlan;
import io.invigil.site.room.core.RoomCommand;
import io.invigil.site.room.core.RoomReply;
import io.invigil.site.room.core.TestPlan;
import io.invigil.testkit.SeededEntropy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** An engine on a real ledger in directories, with a time that the test moves. */
public final class EngineFixture implements AutoCloseable {
    public static final String EXAM = "E-1";
    public static final String PROCTOR = "staff:li";
    private static final long SLOT_START = 1_900_000_000_000L;

    private final Path directory;
    private final AtomicLong up = new AtomicLong(1_000_000);
    private final int sittings;
    private final SeededEntropy entropy = new SeededEntropy(7);
    private final SigningKey signing = SigningKey.generate(entropy);
    private final SealKey recovery = SealKey.generate(entropy);
    private Ledger ledger;
    private RoomEngine engine;
    private boolean ledgerGone;
    private final List<LedgerAlarm.Kind> alarms = new CopyOnWriteArrayList<>();

    public EngineFixture(Path directory, int sittings, RoomListener... listeners)
            throws IOException {
        this.directory = directory;
        this.sittings = sittings;
        open(listeners);
    }

    private void open(RoomListener... listeners) throws IOException {
        open(
                new DirectoryFs(directory.resolve("a")),
                Optional.of(new DirectoryFs(directory.resolve("b"))),
                listeners);
    }

    private void open(LedgerFs first, Optional<LedgerFs> second, RoomListener... listeners)
            throws IOException {
        var settings =
                LedgerSettings.of(
                        new Realm("demo"),
                        new NodeId("room-107"),
                        new LedgerKeys(new byte[32], recovery.publicKey(), signing),
                        "test",
                        io.invigil.protocol.crypto.Entropy.secure(),
                        Clock.systemUTC(),
                        alarm -> alarms.add(alarm.kind()));
        OpenedLedger opened = Ledger.open(settings, first, second);
        opened.alarms().forEach(alarm -> alarms.add(alarm.kind()));
        ledger = opened.ledger();
        engine = RoomEngine.start(ledger, List.of(plan()), this::now, List.of(listeners));
    }

    /** An engine on these devices. */
    public EngineFixture(Path directory, int sittings, LedgerFs first, Optional<LedgerFs> second)
            throws IOException {
        this.directory = directory;
        this.sittings = sittings;
        open(first, second);
    }

    /** The process ends; the next one has these devices. */
    public void restartOn(LedgerFs first, Optional<LedgerFs> second) throws IOException {
        close();
        alarms.clear();
        open(first, second);
    }

    /** What the ledger alarmed of since it was opened. */
    public List<LedgerAlarm.Kind> alarms() {
        return alarms;
    }

    public CoreTime now() {
        return new CoreTime(SLOT_START + up.get() - 1_000_000, up.get(), "boot-1");
    }

    public void pass(long millis) {
        up.addAndGet(millis);
    }

    private ExamPlan plan() {
        Map<Long, ExamPlan.Place> places = new HashMap<>();
        for (long sitting = 1; sitting <= sittings; sitting++) {
            places.put(sitting, new ExamPlan.Place("R1", (int) sitting, "S1", "P-1", 60, 0));
        }
        return new TestPlan(
                        EXAM, SLOT_START, SLOT_START + 7_200_000, Map.of("R1", sittings), places)
                .late(60)
                .plan();
    }

    public RoomEngine engine() {
        return engine;
    }

    /** No device is left. */
    public void loseLedger() {
        ledger.close();
        ledgerGone = true;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** The process dies: nothing is closed, everything is opened anew from the directories. */
    public void killAndRestart() throws IOException {
        open();
    }

    public Outcome.Kept ok(RoomCommand command) {
        Outcome outcome = engine.ask(command);
        assertThat(outcome).as("%s", command).isInstanceOf(Outcome.Kept.class);
        return (Outcome.Kept) outcome;
    }

    public void run() {
        ok(new RoomCommand.ActivatePackage("node", EXAM, 1, "digest-1"));
        for (RoomPhase phase : List.of(RoomPhase.READY, RoomPhase.CHECK_IN, RoomPhase.RUNNING)) {
            ok(new RoomCommand.ChangePhase(PROCTOR, EXAM, phase));
        }
        ok(
                new RoomCommand.OpenPaper(
                        PROCTOR,
                        EXAM,
                        "P-1",
                        "release-code",
                        now().wallMillis(),
                        List.of(),
                        "",
                        "i"));
    }

    public void sit(long sitting) {
        ok(new RoomCommand.CheckIn(PROCTOR, sitting, CheckInWay.DESK_NUMBER));
        var granted =
                ok(
                        new RoomCommand.TakeWriter(
                                "candidate:" + sitting, sitting, "d" + sitting, true));
        long lease = ((RoomReply.WriterGranted) granted.reply()).lease();
        ok(new RoomCommand.Start("candidate:" + sitting, sitting, lease, sitting));
    }

    public CompletableFuture<Outcome> save(long sitting, String item, long revision, String value) {
        return engine.submit(
                new RoomCommand.SaveAnswer(
                        "candidate:" + sitting,
                        sitting,
                        1,
                        item,
                        "op-" + item + "-" + revision,
                        revision,
                        Map.of("RESPONSE", List.of(value))));
    }

    @Override
    public void close() {
        engine.close();
        if (!ledgerGone) {
            ledger.close();
        }
    }
}
