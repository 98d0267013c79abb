package io.invigil.hub.registration;

import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.SiteId;

/**
 * Where and when a sitting takes place.
 *
 * @param seat from 1
 * @param pin six digits, on the desk sticker; saves typing, proves nothing
 * @param admissionNumber one per candidate and plan, never changed
 */
public record Seating(
        SlotId slot, SiteId site, RoomId room, int seat, String pin, String admissionNumber) {}
