package io.invigil.site.room;

import io.invigil.site.room.core.CoreTime;

/** Where the engine's time comes from; thread-safe. */
@FunctionalInterface
public interface RoomTimeSource {
    CoreTime now();
}
