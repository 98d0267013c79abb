package io.invigil.hub.casefile;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.fleet.SiteNode;
import io.invigil.hub.fleet.SiteNodes;
import io.invigil.hub.pack.ExamPackage;
import io.invigil.hub.pack.PackageRegister;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.PlanStage;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.plan.Window;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Payments;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.Sites;
import io.invigil.protocol.fact.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Lines up to the door of the room: ban, registration, fee, seat, ticket, package. */
final class BeforeTheExam {
    private final BanCheck bans;
    private final PackageRegister packages;
    private final SiteNodes nodes = new SiteNodes();
    private final PlanContent content = new PlanContent();
    private final Sittings sittings = new Sittings();
    private final Rooms rooms = new Rooms();
    private final Sites sites = new Sites();

    BeforeTheExam(BanCheck bans, PackageRegister packages) {
        this.bans = bans;
        this.packages = packages;
    }

    CaseLine ban(Tx tx, CasePlace place) {
        return Optional.ofNullable(
                        bans.banned(tx, place.plan(), Set.of(place.candidate().id()))
                                .get(place.candidate().id()))
                .map(until -> CaseLine.of(CaseCode.BAN_IN_FORCE, "/bans", until))
                .orElseGet(() -> CaseLine.of(CaseCode.BAN_NONE, ""));
    }

    /** Why the candidate is not registered. */
    CaseLine unregistered(Tx tx, CasePlace place) {
        Plan plan = place.plan();
        Window window = plan.windows().of(PlanStage.REGISTRATION);
        String path = place.path("registrations");
        String first = place.day(window.from());
        String last = window.lastDay(plan.zone()).toString();
        if (window.isAfter(place.now())) {
            return CaseLine.of(CaseCode.REGISTRATION_NOT_OPEN, path, first, last);
        }
        if (window.isOver(place.now())) {
            return CaseLine.of(CaseCode.REGISTRATION_OVER, path, first, last);
        }
        List<CertificateLevel> levels = content.levels(tx, plan.tenant(), plan.id());
        String major = place.candidate().major();
        boolean eligible =
                levels.isEmpty()
                        || levels.stream()
                                .anyMatch(
                                        level ->
                                                level.majors().isEmpty()
                                                        || level.majors().contains(major));
        return eligible
                ? CaseLine.of(CaseCode.REGISTRATION_MISSING, path, first, last)
                : CaseLine.of(CaseCode.REGISTRATION_MAJOR, path, major);
    }

    CaseLine fee(CasePlace place, Payments.Payment payment) {
        if (!place.plan().options().fees()) {
            return CaseLine.of(CaseCode.FEE_NOT_USED, "");
        }
        return switch (payment) {
            case PAID -> CaseLine.of(CaseCode.FEE_PAID, "/fees");
            case REQUESTED -> CaseLine.of(CaseCode.FEE_REQUESTED, "/fees");
            case UNPAID -> CaseLine.of(CaseCode.FEE_UNPAID, "/fees");
        };
    }

    CaseLine special(CasePlace place, Sitting sitting) {
        return sitting.extraMinutes() == 0 && !sitting.accessible()
                ? CaseLine.of(CaseCode.ARRANGEMENT_USUAL, "")
                : CaseLine.of(
                        CaseCode.ARRANGEMENT_SPECIAL,
                        place.path("accommodations"),
                        Integer.toString(sitting.extraMinutes()),
                        sitting.accessible() ? "✓" : "—");
    }

    CaseLine seat(Tx tx, CasePlace place, Sitting sitting, Payments.Payment payment) {
        Plan plan = place.plan();
        String path = place.path("arrangement");
        if (sitting.seating().isPresent()) {
            Seating seat = sitting.seating().get();
            Room room = rooms.find(tx, plan.tenant(), seat.room()).orElseThrow();
            String site = sites.find(tx, plan.tenant(), seat.site()).orElseThrow().name();
            return CaseLine.of(
                    CaseCode.SEAT_GIVEN,
                    path + "/" + seat.slot() + "/" + seat.room(),
                    site,
                    room.name(),
                    Integer.toString(seat.seat()),
                    place.minute(slot(tx, place, sitting).orElseThrow().from()));
        }
        boolean unpaid = plan.options().fees() && payment != Payments.Payment.PAID;
        if (unpaid) {
            return CaseLine.of(CaseCode.SEAT_AFTER_FEE, "");
        }
        Window window = plan.windows().of(PlanStage.ARRANGEMENT);
        String days = place.day(window.from()) + " – " + window.lastDay(plan.zone());
        if (window.isAfter(place.now())) {
            return CaseLine.of(CaseCode.SEAT_NOT_OPEN, path, days);
        }
        return window.isOver(place.now())
                ? CaseLine.of(CaseCode.SEAT_OVER, path, days)
                : CaseLine.of(CaseCode.SEAT_NOT_ARRANGED, path, days);
    }

    /** The slot's time, once there is a seat. */
    Optional<Window> slot(Tx tx, CasePlace place, Sitting sitting) {
        return sitting.seating()
                .flatMap(seat -> content.slot(tx, place.plan().tenant(), seat.slot()))
                .map(Slot::time);
    }

    CaseLine ticket(Tx tx, CasePlace place, Sitting sitting) {
        if (sitting.seating().isEmpty()) {
            return CaseLine.of(CaseCode.TICKET_AFTER_SEAT, "");
        }
        Set<SubjectId> subject = Set.of(sitting.subject());
        Plan plan = place.plan();
        return sittings.areArranged(tx, plan.tenant(), plan.id(), subject)
                ? CaseLine.of(
                        CaseCode.TICKET_READY,
                        place.path("prints/tickets/" + place.candidate().id()),
                        sitting.seating().get().admissionNumber())
                : CaseLine.of(CaseCode.TICKET_OTHERS_WITHOUT_SEAT, place.path("arrangement"));
    }

    CaseLine pack(Tx tx, CasePlace place, Sitting sitting) {
        Seating seat = sitting.seating().orElseThrow();
        Plan plan = place.plan();
        String room = rooms.find(tx, plan.tenant(), seat.room()).orElseThrow().name();
        Set<NodeId> serving =
                nodes.inForceAt(tx, plan.tenant(), seat.site()).stream()
                        .filter(node -> node.serves(room))
                        .map(SiteNode::id)
                        .collect(Collectors.toSet());
        Optional<ExamPackage> found =
                packages.of(tx, plan.id(), seat.slot(), seat.site()).stream()
                        .filter(one -> serving.contains(one.node()))
                        .findFirst();
        String path = "/packages/plans/" + plan.id();
        return found.map(
                        one ->
                                CaseLine.of(
                                        one.activeVersion() >= one.version()
                                                ? CaseCode.PACKAGE_ACTIVE
                                                : CaseCode.PACKAGE_PUBLISHED,
                                        path,
                                        one.node().value(),
                                        place.minute(one.publishedAt())))
                .orElseGet(() -> CaseLine.of(CaseCode.PACKAGE_MISSING, path, room));
    }
}
