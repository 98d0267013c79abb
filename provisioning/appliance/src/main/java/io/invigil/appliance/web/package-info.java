/**
 * The web chassis: listeners, sessions, CSRF, security headers, problem pages. No exam rule.
 *
 * <p>A feature's pages are a Helidon {@code HttpService} whose routes are readable at a glance:
 *
 * <pre>{@code
 * public final class PlanPages implements HttpService {
 *     public void routing(HttpRules rules) {
 *         rules.get("/plans", pages.page(Access.roles("registrar"), this::list))
 *              .get("/plans/{id}", pages.page(Access.roles("registrar"), this::show))
 *              .post("/plans/{id}", pages.page(Access.roles("registrar"), this::save))
 *              .put("/plans/{id}/import", pages.page(Access.roles("registrar"), this::upload));
 *     }
 *
 *     private Reply show(Visit visit) {
 *         Optional<Plan> plan = plans.find(visit.tenant(), visit.pathNumber("id"));
 *         return plan.map(p -> Reply.page(
 *                         Page.titled(p.name()).under(visit.text("plan.nav"), "/plans"),
 *                         templates.content("plan/show.jte", Map.of("visit", visit, "plan", p))))
 *                 .orElseGet(Reply::notFound);
 *     }
 *
 *     private Reply save(Visit visit) {
 *         return switch (plans.change(visit.person(), visit.form())) {
 *             case PlanDecision.Accepted accepted -> {
 *                 visit.flash(Flash.Kind.SUCCESS, visit.text("plan.saved"));
 *                 yield Reply.seeOther("/plans/" + accepted.id().value());
 *             }
 *             case PlanDecision.Refused refused -> Reply.problem(Problem.of(409, refused.reason()));
 *         };
 *     }
 * }
 * }</pre>
 *
 * <p>{@code pages.page} checks the session, the roles, and for every method but GET, HEAD and
 * OPTIONS the Origin and the CSRF token, before the handler runs. {@code pages.api} is the same for
 * programs (401 instead of the login page, always problem+json); {@code pages.stateless} has
 * neither session nor CSRF: for clients with certificates and for the plain HTTP listener.
 */
package io.invigil.appliance.web;
