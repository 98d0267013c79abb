package io.invigil.hub.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.hub.declaration.Declaration.State;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Declaring certificates: the year's window at both edges, states, limits (issue 4 part 2; source
 * 002, foreword: 证书申报; domain, sections 1 and 2).
 */
class DeclarationsTest {
    @Nested
    class OnDerby extends Contract {
        OnDerby() {
            super(Dialect.DERBY);
        }
    }

    @Nested
    class OnPostgresql extends Contract {
        OnPostgresql() {
            super(Dialect.POSTGRESQL);
        }
    }

    abstract static class Contract extends DeclarationContract {
        Contract(Dialect dialect) {
            super(dialect);
        }

        @Test
        void schoolsDeclareFromTheFirstMomentOfTheYearsWindowToItsLast() {
            LocalDate first = HubWorld.DAY.plusDays(1);
            LocalDate last = HubWorld.DAY.plusDays(2);
            assertThat(opened(world.province, YEAR, first, last)).isEmpty();
            world.clock.set(midnight(first).minusMillis(1));
            DeclarationDecision early = tx(tx -> declarations.add(tx, world.clerk, YEAR, CONTENT));
            assertRefused(early, DeclarationRefusal.DECLARATION_WINDOW_CLOSED);
            assertThat(((DeclarationDecision.Refused) early).issues().getFirst().detail())
                    .isEqualTo(first + " – " + last);
            world.clock.set(midnight(first));
            Declaration draft = drafted();
            world.clock.set(midnight(last.plusDays(1)));
            assertRefused(
                    tx(tx -> declarations.submit(tx, world.clerk, draft)),
                    DeclarationRefusal.DECLARATION_WINDOW_CLOSED);
            assertRefused(
                    tx(tx -> declarations.change(tx, world.clerk, draft, CONTENT, 1)),
                    DeclarationRefusal.DECLARATION_WINDOW_CLOSED);
            world.clock.set(midnight(last.plusDays(1)).minusMillis(1));
            assertSaved(tx(tx -> declarations.submit(tx, world.clerk, draft)));
        }

        @Test
        void eachCertificateOnceAYearAndOnlyOneThatSomePlanHas() {
            assertRefused(
                    tx(tx -> declarations.add(tx, world.clerk, YEAR, CONTENT)),
                    DeclarationRefusal.DECLARATION_YEAR_NOT_OPENED);
            open();
            assertThat(drafted().content().name()).isEqualTo("网店运营推广职业技能等级证书");
            assertRefused(
                    tx(tx -> declarations.add(tx, world.clerk, YEAR, CONTENT)),
                    DeclarationRefusal.DECLARATION_EXISTS);
            assertSaved(tx(tx -> declarations.add(tx, world.otherClerk, YEAR, CONTENT)));
            Declaration.Content strange = new Declaration.Content("C9", "自拟名称", "专业", 1, "");
            assertRefused(
                    tx(tx -> declarations.add(tx, world.clerk, YEAR, strange)),
                    DeclarationRefusal.DECLARATION_CERTIFICATE_UNKNOWN);
            assertRefused(
                    tx(tx -> declarations.add(tx, world.province, YEAR, CONTENT)),
                    DeclarationRefusal.DECLARATION_NOT_ALLOWED);
        }

        @Test
        void whatIsEnteredHasLimits() {
            open();
            Declaration draft = drafted();
            record Case(String majors, int candidates, String statement, int issues) {}
            String longest = "字".repeat(Declarations.MAJORS_CHARS_MAX);
            String statement = "字".repeat(Declarations.STATEMENT_CHARS_MAX);
            for (Case one :
                    List.of(
                            new Case(longest + "字", 1, "", 1),
                            new Case(" ", 1, "", 1),
                            new Case("专业", 0, "", 1),
                            new Case("专业", Declarations.CANDIDATES_MAX + 1, "", 1),
                            new Case("专业", 1, statement + "字", 1),
                            new Case(longest, Declarations.CANDIDATES_MAX, statement, 0))) {
                Declaration.Content content =
                        new Declaration.Content(
                                "C100", "", one.majors(), one.candidates(), one.statement());
                DeclarationDecision decision =
                        tx(tx -> declarations.change(tx, world.clerk, draft, content, 1));
                assertThat(
                                decision instanceof DeclarationDecision.Refused refused
                                        ? refused.issues().size()
                                        : 0)
                        .as(one.toString())
                        .isEqualTo(one.issues());
            }
        }

        @Test
        void aReturnedDeclarationIsChangedAndSentAgainAfterTheWindow() {
            open();
            Declaration sent = sent();
            assertRefused(
                    tx(tx -> declarations.change(tx, world.clerk, sent, CONTENT, sent.version())),
                    DeclarationRefusal.DECLARATION_NOT_EDITABLE);
            assertRefused(
                    tx(tx -> declarations.giveBack(tx, world.province, sent, " ")),
                    DeclarationRefusal.DECLARATION_REASON_MISSING);
            assertRefused(
                    tx(tx -> declarations.giveBack(tx, world.clerk, sent, "自审")),
                    DeclarationRefusal.DECLARATION_NOT_ALLOWED);
            assertSaved(tx(tx -> declarations.giveBack(tx, world.province, sent, "专业不符")));
            world.clock.set(midnight(HubWorld.DAY.plusDays(30)));
            Declaration returned = now(sent.id());
            assertSaved(
                    tx(
                            tx ->
                                    declarations.change(
                                            tx,
                                            world.clerk,
                                            returned,
                                            CONTENT,
                                            returned.version())));
            assertSaved(tx(tx -> declarations.submit(tx, world.clerk, now(tx, sent.id()))));
            assertSaved(tx(tx -> declarations.withdraw(tx, world.clerk, now(tx, sent.id()))));
            assertThat(now(sent.id()).state()).isEqualTo(State.RETURNED);
            assertSaved(tx(tx -> declarations.submit(tx, world.clerk, now(tx, sent.id()))));
            assertSaved(tx(tx -> declarations.approve(tx, world.province, now(tx, sent.id()))));
            List<DeclarationEvent> history =
                    database().inTransaction(tx -> declarations.history(tx, sent));
            assertThat(history)
                    .extracting(DeclarationEvent::step)
                    .containsExactly(
                            DeclarationEvent.Step.SUBMITTED,
                            DeclarationEvent.Step.RETURNED,
                            DeclarationEvent.Step.SUBMITTED,
                            DeclarationEvent.Step.WITHDRAWN,
                            DeclarationEvent.Step.SUBMITTED,
                            DeclarationEvent.Step.APPROVED);
            assertThat(history.get(1).reason()).isEqualTo("专业不符");
        }

        @Test
        void onlyDraftsAreDeletedAndTheSecondOfTwoEditorsIsTold() {
            open();
            Declaration draft = drafted();
            assertSaved(tx(tx -> declarations.change(tx, world.clerk, draft, CONTENT, 1)));
            assertRefused(
                    tx(tx -> declarations.change(tx, world.clerk, now(tx, draft.id()), CONTENT, 1)),
                    DeclarationRefusal.DECLARATION_CHANGED_MEANWHILE);
            assertRefused(
                    tx(tx -> declarations.submit(tx, world.clerk, draft)),
                    DeclarationRefusal.DECLARATION_CHANGED_MEANWHILE);
            assertSaved(tx(tx -> declarations.submit(tx, world.clerk, now(tx, draft.id()))));
            assertRefused(
                    tx(tx -> declarations.remove(tx, world.clerk, now(tx, draft.id()))),
                    DeclarationRefusal.DECLARATION_NOT_EDITABLE);
            assertSaved(tx(tx -> declarations.withdraw(tx, world.clerk, now(tx, draft.id()))));
            assertSaved(tx(tx -> declarations.remove(tx, world.clerk, now(tx, draft.id()))));
            assertThat(seen(world.clerk, draft)).isEmpty();
        }

        @Test
        void aYearIsOpenedByTheDepartmentForThisYearOrTheNext() {
            LocalDate day = HubWorld.DAY;
            assertThat(opened(world.clerk, YEAR, day, day))
                    .extracting(FieldIssue::code)
                    .containsExactly(DeclarationRefusal.DECLARATION_NOT_ALLOWED.name());
            for (int year : List.of(YEAR - 1, YEAR + 2)) {
                assertThat(opened(world.province, year, day, day))
                        .extracting(FieldIssue::code)
                        .containsExactly(DeclarationRefusal.DECLARATION_YEAR_RANGE.name());
            }
            assertThat(opened(world.province, YEAR, day, day.minusDays(1)))
                    .extracting(FieldIssue::code)
                    .containsExactly(DeclarationRefusal.DECLARATION_DAYS_REVERSED.name());
            assertThat(opened(world.province, YEAR, day, day)).isEmpty();
            assertThat(opened(world.province, YEAR, day, day.plusDays(9))).isEmpty();
            List<DeclarationYear> seen =
                    database().inTransaction(tx -> years.visible(tx, world.clerk));
            assertThat(seen).hasSize(1);
            assertThat(seen.getFirst().window().lastDay(HubWorld.ZONE)).isEqualTo(day.plusDays(9));
        }
    }
}
