package io.invigil.protocol.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.ledger.segment.SegmentIdentity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The {@code ctl} facts the ledger itself writes; {@code at} is wall time in ms, evidence only. */
public final class LedgerFacts {
    public static final String EPOCH_OPENED = "epoch-opened";
    public static final String DEVICE_DEGRADED = "device-degraded";
    public static final String LEDGER_ALARM = "ledger-alarm";
    public static final String DEVICE_RESTORED = "device-restored";

    private LedgerFacts() {}

    /**
     * First record of every epoch (XSP/1 section 3).
     *
     * @param parent epoch continued, empty for the first of a ledger
     * @param parentPosition position up to which the parent's records are continued
     * @param parentHeads lane code to head of the parent, as far as this process found it
     * @param parked branches known to have lost, so that they alarm once
     * @param generation membership under which the epoch was opened
     * @param devices roles of the devices relied on
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record EpochOpened(
            String t,
            String epoch,
            String parent,
            long parentPosition,
            Map<String, Head> parentHeads,
            List<Branch> parked,
            String reason,
            long generation,
            List<String> devices,
            long at) {
        public EpochOpened {
            Objects.requireNonNull(epoch);
            Objects.requireNonNull(parent);
            parentHeads = Map.copyOf(new TreeMap<>(parentHeads));
            parked = List.copyOf(parked);
            devices = List.copyOf(devices);
        }

        /** Stands in for a fact that damage took. */
        static EpochOpened lost(SegmentIdentity identity, long parentPosition) {
            return new EpochOpened(
                    EPOCH_OPENED,
                    identity.epoch().hex(),
                    identity.parent().map(EpochId::hex).orElse(""),
                    parentPosition,
                    Map.of(),
                    List.of(),
                    "lost",
                    0,
                    List.of(),
                    0);
        }
    }

    /** Head of a lane: number and record hash in hexadecimal. */
    public record Head(long seq, String hash) {}

    /** Records of an epoch from a position on that are not part of the main branch. */
    public record Branch(String epoch, long from) {}

    /** A device is relied on no longer, or again. */
    public record DeviceChanged(String t, String device, String cause, long generation, long at) {}

    /**
     * What recovery found when the epoch was opened.
     *
     * @param device {@code A}, {@code B} or empty
     */
    public record Alarmed(String t, String kind, String device, String detail, long at) {
        static final int DETAIL_CHARS_MAX = 500;

        static Alarmed of(LedgerAlarm alarm, long at) {
            String detail = alarm.detail();
            int length = Math.min(detail.length(), DETAIL_CHARS_MAX);
            return new Alarmed(
                    LEDGER_ALARM,
                    alarm.kind().name(),
                    alarm.device().map(DeviceRole::name).orElse(""),
                    detail.substring(0, length),
                    at);
        }
    }

    static FactDraft draft(Object fact) {
        return new FactDraft(Lane.CTL, Json.write(fact));
    }

    static Optional<EpochOpened> epochOpened(byte[] json) {
        return Json.read(json, EpochOpened.class).filter(fact -> EPOCH_OPENED.equals(fact.t()));
    }

    static Map<String, Head> heads(Map<Lane, LaneHead> heads) {
        Map<String, Head> out = new TreeMap<>();
        new EnumMap<>(heads)
                .forEach(
                        (lane, head) ->
                                out.put(lane.code(), new Head(head.seq(), head.hash().hex())));
        return out;
    }
}
