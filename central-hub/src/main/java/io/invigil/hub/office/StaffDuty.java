package io.invigil.hub.office;

import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.StaffRole;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an account is for; with the kind of its organisation that is a role (domain, section 1:
 * every organisation has administrators and clerks). One person may be both.
 */
public enum StaffDuty {
    /** The organisation's daily work. */
    CLERK("业务人员"),
    /** The organisation's accounts. */
    ADMINISTRATOR("管理员");

    private final String cell;

    StaffDuty(String cell) {
        this.cell = cell;
    }

    /** The word in sheets. */
    public String cell() {
        return cell;
    }

    StaffRole of(OrganisationKind kind) {
        return this == CLERK ? StaffRole.clerkOf(kind) : StaffRole.administratorOf(kind);
    }

    /** The duties that these roles mean in such an organisation. */
    static Set<StaffDuty> among(Set<String> roles, OrganisationKind kind) {
        Set<StaffDuty> duties = EnumSet.noneOf(StaffDuty.class);
        for (StaffDuty duty : values()) {
            if (roles.contains(duty.of(kind).code())) {
                duties.add(duty);
            }
        }
        return duties;
    }

    static Set<String> codes(Set<StaffDuty> duties, OrganisationKind kind) {
        Set<String> codes = new TreeSet<>();
        duties.forEach(duty -> codes.add(duty.of(kind).code()));
        return codes;
    }
}
