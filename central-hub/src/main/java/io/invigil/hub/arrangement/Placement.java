package io.invigil.hub.arrangement;

import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.RoomId;

/**
 * Where and when a sitting takes place.
 *
 * @param seat from 1
 */
public record Placement(WantedSitting sitting, SlotId slot, RoomId room, int seat) {}
