package io.invigil.site.print;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.PageHandler;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.ledger.EpochHeads;
import io.invigil.protocol.ledger.Ledger;
import io.invigil.site.attendance.StaffRoster;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.room.RoomEngine;
import java.time.Clock;
import java.util.Optional;

/** The room's PDFs. */
public final class RoomPrints implements HttpService {
    private final HttpPages pages;
    private final ActivePackages packages;
    private final RoomEngine engine;
    private final Ledger ledger;
    private final String node;
    private final SigningKey key;
    private final Clock clock;
    private final SignInSheet signIn;
    private final ClosingReport closing;

    /**
     * @param key the node's key for records, which signs the heads
     */
    public RoomPrints(
            HttpPages pages,
            ActivePackages packages,
            RoomEngine engine,
            Ledger ledger,
            String node,
            SigningKey key,
            Clock clock) {
        this.pages = pages;
        this.packages = packages;
        this.engine = engine;
        this.ledger = ledger;
        this.node = node;
        this.key = key;
        this.clock = clock;
        RoomFonts fonts = new RoomFonts();
        this.signIn = new SignInSheet(fonts);
        this.closing = new ClosingReport(fonts);
    }

    @Override
    public void routing(HttpRules rules) {
        rules
                // 考场签到表, one page for each room and subject
                .get("/room/{exam}/sign-in.pdf", proctor(this::signIn))
                // counts, time given, cases, papers, signed heads
                .get("/room/{exam}/closing.pdf", proctor(this::closing));
    }

    private Handler proctor(PageHandler handler) {
        return pages.page(Access.roles(StaffRoster.PROCTOR), handler);
    }

    private Reply signIn(Visit visit) {
        return packages.exam(visit.path("exam"))
                .map(pack -> pdf(signIn.pdf(pack, engine.state(), visit.texts())))
                .orElseGet(Reply::notFound);
    }

    private Reply closing(Visit visit) {
        Optional<EpochHeads> heads =
                ledger.heads().stream().filter(h -> h.epoch().equals(ledger.epoch())).findFirst();
        var pack = packages.exam(visit.path("exam"));
        if (pack.isEmpty() || heads.isEmpty()) {
            return Reply.notFound();
        }
        LedgerWitness witness =
                LedgerWitness.of(node, pack.get().exam(), heads.get(), clock.millis(), key);
        return pdf(closing.pdf(pack.get(), engine.state(), visit.texts(), witness));
    }

    private static Reply pdf(byte[] bytes) {
        return Reply.bytes("application/pdf", bytes).header("Cache-Control", "no-store");
    }
}
