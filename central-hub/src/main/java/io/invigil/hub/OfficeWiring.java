package io.invigil.hub;

import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.account.LoginGate;
import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.i18n.Language;
import io.invigil.appliance.i18n.Texts;
import io.invigil.hub.audit.AuditAnchor;
import io.invigil.hub.audit.AuditLog;
import io.invigil.hub.audit.AuditSealer;
import io.invigil.hub.importjob.ImportJobs;
import io.invigil.hub.importjob.ImportUploads;
import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.message.Carrier;
import io.invigil.hub.message.MailCarrier;
import io.invigil.hub.message.OutboxSender;
import io.invigil.hub.message.SmsCarrier;
import io.invigil.hub.office.AuditPages;
import io.invigil.hub.office.OrganisationPages;
import io.invigil.hub.office.OutboxPages;
import io.invigil.hub.office.StaffAccountPages;
import io.invigil.hub.office.StaffImport;
import io.invigil.hub.office.StaffImportPages;
import io.invigil.hub.office.StaffLetter;
import io.invigil.hub.office.StaffOffice;
import io.invigil.hub.office.StaffPages;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.secondfactor.SecondFactorPages;
import io.invigil.hub.secondfactor.SecondFactorRulePages;
import io.invigil.hub.secondfactor.SecondFactors;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The hub's own office, wired: organisations, accounts, the outbox, the audit. */
public final class OfficeWiring implements FeatureWiring {
    /** Message bundles of these features. */
    public static final List<String> MESSAGES =
            List.of("audit", "staff", "message", "organisation", "secondfactor");

    /** The newest seals, in the data directory. */
    public static final String SEALS_FILE = "audit-seals.json";

    private static final int INSTANCE_BYTES = 8;

    private final HubParts parts;
    private final AuditLog log;
    private final AuditAnchor anchor;
    private final AuditSealer sealer;
    private final OutboxSender sender;
    private final List<SmsCarrier> carriers = new ArrayList<>();
    private final StaffDesk desk;
    private final StaffOffice office;
    private final ImportUploads uploads;
    private final SecondFactors factors;
    private final SecondFactorPages factorPages;

    private OfficeWiring(HubParts parts, ImportJobs jobs) {
        this.parts = parts;
        this.log = new AuditLog(parts.database());
        this.anchor = new AuditAnchor(parts.data().file(SEALS_FILE));
        String instance = HexFormat.of().formatHex(parts.entropy().bytes(INSTANCE_BYTES));
        this.sealer = new AuditSealer(parts.database(), instance, parts.realm().receipt(), anchor);
        this.sender = new OutboxSender(parts.database(), carriers(parts));
        this.desk =
                new StaffDesk(
                        parts.pages(),
                        parts.database(),
                        parts.templates(),
                        parts.data().directory("uploads"));
        this.office = new StaffOffice(parts.accounts());
        // a job knows no visitor: its messages are in the language that every organisation reads
        Texts texts =
                I18n.load(getClass().getClassLoader(), parts.zone(), MESSAGES)
                        .texts(Language.ZH_CN);
        jobs.register(
                ImportKind.STAFF,
                new StaffImport(
                        parts.database(),
                        parts.clock(),
                        office,
                        new StaffLetter(texts, parts.publicUrl())));
        this.uploads = new ImportUploads(desk, jobs);
        this.factors =
                new SecondFactors(
                        parts.accounts(),
                        parts.dataKey().derive("second-factors"),
                        parts.clock(),
                        parts.entropy());
        this.factorPages = new SecondFactorPages(parts.pages(), desk, parts.accounts(), factors);
    }

    private List<Carrier> carriers(HubParts hub) {
        List<Carrier> all = new ArrayList<>();
        hub.messages()
                .flatMap(HubSettings.Messages::mail)
                .ifPresent(
                        mail ->
                                all.add(
                                        new MailCarrier(
                                                new MailCarrier.Server(
                                                        mail.host(),
                                                        mail.port(),
                                                        mail.startTls(),
                                                        mail.from(),
                                                        mail.user(),
                                                        mail.password()),
                                                hub.clock())));
        hub.messages()
                .flatMap(HubSettings.Messages::sms)
                .ifPresent(
                        sms -> {
                            SmsCarrier carrier = new SmsCarrier(sms.gateway(), sms.token());
                            carriers.add(carrier);
                            all.add(carrier);
                        });
        return all;
    }

    static OfficeWiring of(HubParts parts, ImportJobs jobs) {
        return new OfficeWiring(parts, jobs);
    }

    public AuditLog log() {
        return log;
    }

    public AuditSealer sealer() {
        return sealer;
    }

    /** What a right password leads to. */
    LoginGate gate() {
        return factorPages;
    }

    @Override
    public List<HttpService> routes() {
        return List.of(
                factorPages,
                new SecondFactorRulePages(desk, factors),
                new OrganisationPages(desk),
                new StaffPages(desk, office, sender, parts.publicUrl()),
                // before single accounts, whose addresses would take /staff/import
                new StaffImportPages(desk, office, uploads),
                new StaffAccountPages(desk, office, parts.accounts(), factors, parts.publicUrl()),
                new OutboxPages(desk, sender),
                new AuditPages(
                        desk,
                        log,
                        sealer,
                        anchor,
                        parts.realm().receipt().verifyKey(),
                        parts.zone()));
    }

    @Override
    public void start() {
        sealer.start();
        sender.start();
    }

    @Override
    public void stop() {
        sender.close();
        carriers.forEach(SmsCarrier::close);
        sealer.close();
    }
}
