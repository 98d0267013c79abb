package io.invigil.site.sync;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.Lane;
import io.invigil.site.room.RoomView;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How far the centre's verified receipts reach; what pages call "received". Thread-safe. */
public final class CentreReceipts {
    private record Key(EpochId epoch, Lane lane) {}

    private final Map<Key, Long> received = new ConcurrentHashMap<>();

    /** The centre holds the lane up to this number. */
    public void advanced(EpochId epoch, Lane lane, long seq) {
        received.merge(new Key(epoch, lane), seq, Math::max);
    }

    public long upTo(EpochId epoch, Lane lane) {
        return received.getOrDefault(new Key(epoch, lane), 0L);
    }

    /** Whether the centre holds this record of lane {@code res} and all before it. */
    public boolean covers(RoomView.ResultMark mark) {
        return mark.seq() <= upTo(mark.epoch(), Lane.RES);
    }
}
