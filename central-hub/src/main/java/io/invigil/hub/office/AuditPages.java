package io.invigil.hub.office;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditAction;
import io.invigil.hub.audit.AuditAnchor;
import io.invigil.hub.audit.AuditCheck;
import io.invigil.hub.audit.AuditEntry;
import io.invigil.hub.audit.AuditExport;
import io.invigil.hub.audit.AuditFilter;
import io.invigil.hub.audit.AuditLog;
import io.invigil.hub.audit.AuditSeal;
import io.invigil.hub.audit.AuditSealer;
import io.invigil.hub.listing.ListQuery;
import io.invigil.hub.listing.ListSheet;
import io.invigil.hub.listing.ListView;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.protocol.crypto.VerifyKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The audit's page with filters and export, its verification, and the whole chain as a file
 * (domain, section 17). A school sees what was done in its name, a body all but other bodies'
 * doings, the authority everything. Thread-safe.
 */
public final class AuditPages implements HttpService {
    static final String PATH = "/audit";
    private static final String[] FIELDS = {"login", "subject", "key", "action", "from", "to"};
    private static final StaffRole[] WIDE = {StaffRole.BODY_STAFF, StaffRole.AUTHORITY_READER};
    private static final StaffRole[] READERS =
            Stream.concat(
                            Arrays.stream(StaffRole.ofExams()),
                            Arrays.stream(StaffRole.administrators()))
                    .toArray(StaffRole[]::new);

    private final StaffDesk desk;
    private final AuditLog log;
    private final AuditSealer sealer;
    private final AuditAnchor anchor;
    private final VerifyKey key;
    private final ZoneId zone;
    private final Audit audit = new Audit();
    private final Organisations organisations = new Organisations();

    /**
     * @param key that verifies the hub's seals
     * @param zone in which days of the filter are meant
     */
    public AuditPages(
            StaffDesk desk,
            AuditLog log,
            AuditSealer sealer,
            AuditAnchor anchor,
            VerifyKey key,
            ZoneId zone) {
        this.desk = desk;
        this.log = log;
        this.sealer = sealer;
        this.anchor = anchor;
        this.key = key;
        this.zone = zone;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(PATH, desk.page(this::list, READERS))
                .post(PATH + "/export", desk.page(this::export, READERS))
                .get(PATH + "/verify", desk.page(this::verify, WIDE))
                .get(PATH + "/chain", desk.page(this::chain, StaffRole.AUTHORITY_READER));
    }

    private AuditFilter filter(StaffScope scope, ListQuery query) {
        AuditFilter asked =
                new AuditFilter(
                        given(query.text("login")),
                        given(query.text("subject")),
                        given(query.text("key")),
                        query.choice("action", AuditAction.class),
                        day(query.text("from")).map(day -> start(day)),
                        day(query.text("to")).map(day -> start(day.plusDays(1))),
                        Optional.empty(),
                        Set.of(),
                        new HashSet<>(query.ticked()));
        long own = scope.organisation().id().value();
        return switch (scope.role()) {
            case SCHOOL_CLERK, PROVINCE_STAFF, TEACHER, UNIT_STAFF, COLLEGE_STAFF -> asked.of(own);
            case SCHOOL_ADMIN, AUTHORITY_ADMIN, PROVINCE_ADMIN, UNIT_ADMIN, COLLEGE_ADMIN ->
                    asked.of(own);
            case BODY_STAFF, BODY_ADMIN -> asked.without(otherBodies(scope));
            case AUTHORITY_READER -> asked;
        };
    }

    private Set<Long> otherBodies(StaffScope scope) {
        Set<Long> others = new HashSet<>();
        List<Organisation> bodies =
                desk.inTransaction(
                        tx -> organisations.ofKind(tx, scope.tenant(), OrganisationKind.BODY));
        for (Organisation body : bodies) {
            if (!body.id().equals(scope.organisation().id())) {
                others.add(body.id().value());
            }
        }
        return others;
    }

    private static Optional<String> given(String text) {
        return Optional.of(text.strip()).filter(one -> !one.isEmpty());
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return given(text).map(LocalDate::parse);
        } catch (DateTimeParseException notADay) {
            return Optional.empty();
        }
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    private Reply list(Visit visit, StaffScope scope) {
        sealer.round();
        ListQuery query = ListQuery.of(visit, FIELDS);
        AuditFilter filter = filter(scope, query);
        long tenant = scope.tenant().value();
        List<AuditEntry> rows = log.find(tenant, filter, query.offset(), ListView.ROWS_PER_PAGE);
        long total = log.count(tenant, filter);
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("wide", List.of(WIDE).contains(scope.role()));
        view.put("scope", scope);
        view.put("list", new ListView(query, PATH, total, rows.size(), true));
        view.put("rows", rows.stream().map(entry -> AuditRow.of(visit, entry)).toList());
        view.put("subjects", log.subjects(tenant));
        view.put("waiting", log.waiting(tenant));
        return Reply.page(
                Page.titled(visit.text("audit.nav"))
                        .width(Page.Width.FULL)
                        .style("hub/office.css")
                        .module("hub/listing.js"),
                desk.content("office/audit.jte", view));
    }

    private Reply export(Visit visit, StaffScope scope) {
        ListQuery query = ListQuery.sent(visit, FIELDS);
        long tenant = scope.tenant().value();
        AuditFilter filter = filter(scope, query);
        long total = log.count(tenant, filter);
        record(scope, Map.of("rows", total, "filter", query.address()));
        return new ListSheet<AuditEntry>("操作日志")
                .column("序号", 10, one -> Long.toString(one.number()))
                .column("时间", 20, one -> AuditRow.of(visit, one).at())
                .column("操作人", 16, one -> AuditRow.of(visit, one).login())
                .column("角色", 16, one -> AuditRow.of(visit, one).role())
                .column("来源地址", 18, one -> AuditRow.of(visit, one).address())
                .column("操作", 10, one -> AuditRow.of(visit, one).action())
                .column("对象", 16, one -> AuditRow.of(visit, one).subject())
                .column("编号", 16, one -> AuditRow.of(visit, one).key())
                .column("修改前", 50, one -> AuditRow.of(visit, one).before())
                .column("修改后", 50, one -> AuditRow.of(visit, one).after())
                .column("校验值", 66, one -> AuditRow.of(visit, one).hash())
                .reply(total, (last, limit) -> log.after(tenant, filter, last, limit));
    }

    private void record(StaffScope scope, Map<String, ?> what) {
        desk.inTransaction(
                tx -> {
                    audit.exported(tx, scope.actor(), "audit", scope.tenant(), what);
                    return Boolean.TRUE;
                });
    }

    private Reply verify(Visit visit, StaffScope scope) {
        sealer.round();
        long tenant = scope.tenant().value();
        Optional<AuditSeal> newest = anchor.newest(tenant);
        AuditCheck.Result result = log.verify(tenant, key, newest);
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("result", result);
        view.put("key", key.hex());
        view.put("mayTakeChain", scope.role() == StaffRole.AUTHORITY_READER);
        return Reply.page(
                Page.titled(visit.text("audit.verify")).under(visit.text("audit.nav"), PATH),
                desk.content("office/audit-verify.jte", view));
    }

    private Reply chain(Visit visit, StaffScope scope) {
        sealer.round();
        record(scope, Map.of("what", "chain"));
        long tenant = scope.tenant().value();
        return Reply.download(
                "audit-chain.jsonl",
                "application/x-ndjson",
                out -> new AuditExport().write(out, log, tenant));
    }
}
