package io.invigil.hub.casefile;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.session.MemorySessions;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.fee.Fees;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.pack.PackageRegister;
import io.invigil.hub.portal.PortalAccounts;
import io.invigil.hub.print.PdfFonts;
import io.invigil.hub.violation.Bans;
import io.invigil.testkit.StoreContract;
import java.time.Clock;
import java.util.function.Function;

/** What both halves of the case page's tests stand on. */
abstract class CaseFileContract extends StoreContract {
    static final PdfFonts FONTS = new PdfFonts();

    CaseFileContract(Dialect dialect) {
        super(dialect, new MigrationSource("hub", CaseFiles.class));
    }

    <T> T in(Function<Tx, T> work) {
        return database().inTransaction(work);
    }

    Candidate candidate(TenantId tenant, CandidateId id) {
        return in(tx -> new Candidates().find(tx, tenant, id)).orElseThrow();
    }

    CaseFiles files(TenantId tenant, Clock clock, CaseFiles.Evaluation evaluation) {
        return new CaseFiles(
                clock,
                new Bans(clock),
                new Fees(clock),
                new PortalAccounts(database(), new MemorySessions()),
                new PackageRegister(tenant),
                evaluation);
    }
}
