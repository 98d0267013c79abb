package io.invigil.hub.staffing;

import io.invigil.hub.plan.SlotId;
import io.invigil.hub.site.RoomId;

/** Who does what in a room in a slot. */
public record Assignment(SlotId slot, RoomId room, ProctorId proctor, Duty duty) {

    /** 监考 or 巡考. Names stand in the database. */
    public enum Duty {
        PROCTOR(2),
        PATROL(1);

        private final int most;

        Duty(int most) {
            this.most = most;
        }

        /** How many a room has: two proctors and a patrol (domain, section 8). */
        public int most() {
            return most;
        }
    }
}
