package io.invigil.site.delivery;

import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.live.Broadcast;
import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.IdentityFact;
import io.invigil.exam.room.ProctorFact;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.room.RoomListener;
import io.invigil.site.room.core.RoomState;
import java.util.List;
import java.util.Optional;

/**
 * Events to candidates' pages: {@code state} when something of theirs changed that they did not do
 * themselves (the page loads its state anew), {@code message} with words of the proctor. Data begin
 * with whom it concerns, so that nobody hears of another: {@code s<sitting>} or {@code e<exam>},
 * then a line feed and the text.
 */
public final class CandidateLive implements RoomListener {
    private final Broadcast broadcast;
    private final ActivePackages packages;

    public CandidateLive(Broadcast broadcast, ActivePackages packages) {
        this.broadcast = broadcast;
        this.packages = packages;
    }

    Reply events(long sitting) {
        String own = "s" + sitting + "\n";
        String exam = packages.sitting(sitting).map(l -> "e" + l.exam().exam() + "\n").orElse(own);
        return Reply.live(
                broadcast, event -> event.data().startsWith(own) || event.data().startsWith(exam));
    }

    /** Words of the proctor, once they are durable. */
    private void message(ProctorFact.Told told) {
        String to = told.sitting().map(CandidateLive::seat).orElse("e" + told.exam());
        broadcast.publish("message", to + "\n" + told.text());
    }

    @Override
    public void published(RoomState state, List<StampedFact> facts, boolean gap) {
        if (gap) {
            packages.all().forEach(pack -> broadcast.publish("state", "e" + pack.exam() + "\n"));
        }
        for (StampedFact fact : facts) {
            concerned(fact.fact()).ifPresent(whom -> broadcast.publish("state", whom + "\n"));
            if (fact.fact() instanceof ProctorFact.Told told) {
                message(told);
            }
        }
    }

    private static Optional<String> seat(RoomFact fact) {
        return Optional.of(seat(fact.aboutSitting().orElseThrow()));
    }

    /** Every attempt of a sitting is at the same seat. */
    private static String seat(long number) {
        return "s" + AttemptKey.sittingOf(number);
    }

    private static Optional<String> concerned(RoomFact fact) {
        return switch (fact) {
            case RoomFact.PhaseChanged f -> Optional.of("e" + f.exam());
            case RoomFact.PaperOpened f -> Optional.of("e" + f.exam());
            case RoomFact.CheckedIn f -> seat(f);
            case RoomFact.CheckInUndone f -> seat(f);
            case RoomFact.MarkedAbsent f -> seat(f);
            case RoomFact.SeatChanged f -> seat(f);
            case RoomFact.WriterChanged f -> seat(f);
            case RoomFact.TimeGranted f -> seat(f);
            case RoomFact.Paused f -> seat(f);
            case RoomFact.Resumed f -> seat(f);
            case RoomFact.HandedIn f -> seat(f);
            case RoomFact.ScoredProvisionally f -> seat(f);
            case IdentityFact f -> seat(f);
            case ProctorFact.Readmitted f -> seat(f);
            case ProctorFact.OutageCompensated f -> seat(f);
            case ProctorFact f -> Optional.empty();
            case RoomFact.AnswerKeptApart f -> seat(f);
            case RoomFact.ApartDecided f -> seat(f);
            case RoomFact.PageSignalled f -> Optional.empty();
            case RoomFact.MediaPlayed f -> Optional.empty();
            case RoomFact.PackageActivated f -> Optional.empty();
            case RoomFact.Tick f -> Optional.empty();
            case RoomFact.BlobLost f -> Optional.empty();
            case RoomFact.PinReset f -> Optional.empty();
            case RoomFact.IncidentReported f -> Optional.empty();
            case RoomFact.AttemptOpened f -> seat(f);
            case RoomFact.SittingStarted f -> Optional.empty();
            case RoomFact.AnswerSaved f -> Optional.empty();
        };
    }
}
