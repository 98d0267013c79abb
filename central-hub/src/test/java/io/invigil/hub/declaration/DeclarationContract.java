package io.invigil.hub.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.RegistrationDecision;
import io.invigil.hub.registration.Registrations;
import io.invigil.testkit.StoreContract;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;

/** A school, its department and a plan with one certificate; for tests of declarations. */
abstract class DeclarationContract extends StoreContract {
    protected static final int YEAR = HubWorld.DAY.getYear();
    protected static final Declaration.Content CONTENT =
            new Declaration.Content("C100", "", "电子商务、市场营销", 120, "");

    protected HubWorld world;
    protected DeclarationYears years;
    protected Declarations declarations;
    protected Plan plan;
    protected LevelId level;
    protected List<CandidateId> people;

    DeclarationContract(Dialect dialect) {
        super(dialect, new MigrationSource("hub", Numbers.class));
    }

    @BeforeEach
    void makeWorld() {
        world = new HubWorld(database());
        years = new DeclarationYears(world.clock, HubWorld.ZONE);
        declarations = new Declarations(world.clock, years);
        plan = world.plan("K1");
        level = world.level(plan, List.of());
        world.subject(plan, level, "S1");
        people = world.candidates(world.clerk, 1, 1);
    }

    protected <T> T tx(Function<Tx, T> work) {
        return database().inTransaction(work);
    }

    protected List<FieldIssue> opened(StaffScope who, int year, LocalDate first, LocalDate last) {
        return database()
                .inTransaction(
                        tx -> years.open(tx, who, year, Optional.of(first), Optional.of(last)));
    }

    /** Today and tomorrow. */
    protected void open() {
        assertThat(opened(world.province, YEAR, HubWorld.DAY, HubWorld.DAY.plusDays(1))).isEmpty();
    }

    protected Declaration drafted() {
        DeclarationDecision added = tx(tx -> declarations.add(tx, world.clerk, YEAR, CONTENT));
        return now(((DeclarationDecision.Saved) added).declaration());
    }

    protected Declaration now(DeclarationId id) {
        return tx(tx -> now(tx, id));
    }

    protected Declaration now(Tx tx, DeclarationId id) {
        return declarations.findVisible(tx, world.clerk, id).orElseThrow().declaration();
    }

    protected Optional<Declarations.Listed> seen(StaffScope who, Declaration one) {
        return tx(tx -> declarations.findVisible(tx, who, one.id()));
    }

    protected Declaration sent() {
        Declaration draft = drafted();
        assertSaved(tx(tx -> declarations.submit(tx, world.clerk, draft)));
        return now(draft.id());
    }

    protected Declaration approved() {
        Declaration sent = sent();
        assertSaved(tx(tx -> declarations.approve(tx, world.province, sent)));
        return now(sent.id());
    }

    protected static void assertSaved(DeclarationDecision decision) {
        assertThat(decision).isInstanceOf(DeclarationDecision.Saved.class);
    }

    protected static void assertRefused(DeclarationDecision decision, DeclarationRefusal code) {
        assertThat(((DeclarationDecision.Refused) decision).issues())
                .extracting(FieldIssue::code)
                .containsExactly(code.name());
    }

    protected static Instant midnight(LocalDate day) {
        return day.atStartOfDay(HubWorld.ZONE).toInstant();
    }

    protected List<String> registering() {
        Registrations registrations = new Registrations(world.clock, BanCheck.none());
        RegistrationDecision decision =
                tx(tx -> registrations.register(tx, world.clerk, plan, level, people));
        return decision instanceof RegistrationDecision.Refused refused
                ? refused.issues().stream().map(FieldIssue::code).toList()
                : List.of();
    }
}
