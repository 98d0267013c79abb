package io.invigil.site.attendance;

import io.invigil.exam.code.CheckInCode;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.room.PortalAnswer;
import io.invigil.exam.room.PortalClaim;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.DeskCommand;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Claims of candidates who signed in at the hub's portal (XSP-039): the code of the screen is
 * checked here, by the node's clock as the claim comes. A slow line may make a good code an old
 * one; then the candidate types the next. Never waits. Thread-safe.
 */
public final class PortalClaims implements Consumer<PortalClaim> {
    private static final System.Logger LOG = System.getLogger(PortalClaims.class.getName());

    private final ActivePackages packages;
    private final RoomEngine engine;
    private final CheckInCodes codes;

    public PortalClaims(ActivePackages packages, RoomEngine engine, CheckInCodes codes) {
        this.packages = packages;
        this.engine = engine;
        this.codes = codes;
    }

    @Override
    public void accept(PortalClaim claim) {
        Optional<ActivePackages.Listed> listed =
                packages.sitting(claim.sitting())
                        .filter(one -> one.exam().exam().equals(claim.exam()))
                        .filter(one -> one.entry().sitting() == claim.sitting());
        if (listed.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a claim of the portal is for a sitting that is not here: {0}",
                    claim.sitting());
            return;
        }
        engine.submit(
                new DeskCommand.AnswerPortal(
                        "candidate:" + claim.sitting(),
                        claim.sitting(),
                        claim.request(),
                        code(listed.get().exam().exam(), listed.get().entry(), claim.code()),
                        claim.leave()));
    }

    private PortalAnswer code(String exam, Roster.Entry entry, String typed) {
        return switch (codes.check(exam, entry.room(), typed)) {
            case VALID -> PortalAnswer.ARRIVED;
            case EXPIRED -> PortalAnswer.CODE_EXPIRED;
            case WRONG -> elsewhere(typed) ? PortalAnswer.OTHER_ROOM : PortalAnswer.CODE_WRONG;
        };
    }

    private boolean elsewhere(String typed) {
        return packages.all().stream()
                .anyMatch(
                        pack ->
                                pack.roster().rooms().stream()
                                        .anyMatch(
                                                room ->
                                                        codes.check(pack.exam(), room.name(), typed)
                                                                != CheckInCode.Outcome.WRONG));
    }
}
