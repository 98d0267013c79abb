package io.invigil.hub.review;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.RoomFact;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.ingest.IngestedFact;

/** Keeps that a room's picture is gone for ever, so that its place shows a gap (fault row 70). */
public final class LostPictures implements FactProjection {
    private final LostPictureStore store = new LostPictureStore();

    @Override
    public String name() {
        return "lost-pictures";
    }

    @Override
    public void apply(Tx tx, IngestedFact fact) {
        fact.room()
                .filter(stamped -> stamped.fact() instanceof RoomFact.BlobLost)
                .ifPresent(
                        stamped ->
                                store.add(
                                        tx,
                                        fact,
                                        ((RoomFact.BlobLost) stamped.fact()).sha256(),
                                        stamped.stamp().at()));
    }
}
