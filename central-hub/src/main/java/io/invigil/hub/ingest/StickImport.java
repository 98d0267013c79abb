package io.invigil.hub.ingest;

import io.invigil.protocol.carrier.stick.StickReader;
import io.invigil.protocol.carrier.stick.StickWrite;
import io.invigil.protocol.carrier.stick.StickWriter;
import io.invigil.protocol.hub.HubEffect;
import io.invigil.protocol.hub.HubInput;
import io.invigil.protocol.hub.HubStoreUnavailable;
import io.invigil.protocol.hub.HubSync;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.SignedMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes what nodes put onto a stick through the same state machine and store as MQTT, and writes
 * the receipts back (XSP/1 section 9): purging at the node then needs no network. One import at a
 * time; the content decides, never a file's name.
 */
public final class StickImport {
    /** Receipts are made one per node and quarter second; ticks until all are out. */
    private static final int TICKS_MAX = 2_000;

    private final Supplier<HubSync> machines;
    private final IngestListener listener;
    private final Clock clock;

    public StickImport(Supplier<HubSync> machines, IngestListener listener, Clock clock) {
        this.machines = machines;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * What came of a stick.
     *
     * @param files taken from it, whatever was in them
     * @param foreign files that are none of ours, too long or unreadable
     * @param alarms raised meanwhile
     * @param receipts written onto the stick
     * @param failed messages to nodes that could not be written onto it
     */
    public record Outcome(int files, int foreign, int alarms, int receipts, int failed) {}

    /**
     * Imports a stick.
     *
     * @param root where it is mounted
     * @throws IOException when it cannot be read at all, or holds nothing of ours
     * @throws HubStoreUnavailable when nothing could be stored; the stick stays as it was
     */
    public synchronized Outcome run(Path root) throws IOException {
        StickReader reader = new StickReader(root);
        if (!reader.isPresent()) {
            throw new IOException("no directory " + StickWriter.DIRECTORY + " on the stick");
        }
        HubSync machine = machines.get();
        List<HubEffect.Send> sends = new ArrayList<>();
        int[] alarms = {0};
        long[] time = {0};
        StickReader.Found found =
                reader.read(
                        bytes -> {
                            if (!isWordOfAHub(bytes)) {
                                carryOut(
                                        machine.handle(
                                                ++time[0],
                                                clock.millis(),
                                                new HubInput.FromStick(bytes)),
                                        sends,
                                        alarms);
                            }
                        });
        for (int i = 0; i < TICKS_MAX; i++) {
            int before = sends.size();
            time[0] += HubSync.RECEIPT_MILLIS;
            carryOut(machine.handle(time[0], clock.millis(), new HubInput.Tick()), sends, alarms);
            if (sends.size() == before && i > 0) {
                break;
            }
        }
        StickWriter writer = StickWriter.open(root);
        int written = 0;
        for (HubEffect.Send send : sends) {
            if (writer.write(send.bytes()) instanceof StickWrite.Done) {
                written++;
            }
        }
        int files = found.given().values().stream().mapToInt(Integer::intValue).sum();
        return new Outcome(
                files,
                found.foreign() + found.unreadable(),
                alarms[0],
                written,
                sends.size() - written);
    }

    /** Receipts and commands of an earlier import, on their way back to the node. */
    private static boolean isWordOfAHub(byte[] bytes) {
        return SignedMessage.decode(bytes)
                .map(
                        message ->
                                switch (message.type()) {
                                    case HELLO, OFFLINE, BLOB_OFFER, BUNDLE -> false;
                                    case RECEIPT,
                                            CURSOR,
                                            GAP_REQUEST,
                                            HELLO_REQUEST,
                                            BLOB_BITMAP,
                                            KEY_RELEASE,
                                            CENTRE_WORD,
                                            PORTAL_CLAIM,
                                            ROTATE ->
                                            true;
                                })
                .orElse(false);
    }

    private static boolean isBitmap(byte[] bytes) {
        return SignedMessage.decode(bytes)
                .filter(message -> message.type() == MessageType.BLOB_BITMAP)
                .isPresent();
    }

    private void carryOut(List<HubEffect> effects, List<HubEffect.Send> sends, int[] alarms) {
        for (HubEffect effect : effects) {
            switch (effect) {
                case HubEffect.Send send -> {
                    // a bitmap asks for the next chunk; whoever carries the stick brings them all
                    if (!isBitmap(send.bytes())) {
                        sends.add(send);
                    }
                }
                case HubEffect.Apply apply -> listener.stored(apply.node());
                case HubEffect.Alarm alarm -> {
                    alarms[0]++;
                    listener.alarm(alarm);
                }
                case HubEffect.HubEpochOpened opened -> listener.hubEpochOpened(opened.hubEpoch());
                case HubEffect.BlobComplete complete -> listener.stored(complete.node());
                case HubEffect.ClosePipe closed ->
                        throw new HubStoreUnavailable(
                                closed.reason(), new IllegalStateException(closed.reason()));
                // a Hello on a stick is no sign that the node is there now
                case HubEffect.NodeSeen seen -> {}
                case HubEffect.NodeGone gone -> {}
                case HubEffect.Complete complete -> {}
            }
        }
    }
}
