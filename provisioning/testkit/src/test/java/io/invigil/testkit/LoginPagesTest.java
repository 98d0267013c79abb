package io.invigil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.account.LoginEvent;
import io.invigil.appliance.account.LoginPages;
import io.invigil.appliance.account.Logins;
import io.invigil.appliance.account.NewAccount;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.layout.Chrome;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Listener;
import io.invigil.appliance.web.PagesSettings;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.WebServers;
import io.invigil.appliance.web.asset.Assets;
import io.invigil.appliance.web.session.SqlSessions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door of a server, through HTTPS, with accounts in Derby. */
class LoginPagesTest {
    private static final TestCertificates CERTIFICATES = new TestCertificates();
    private static final ClassLoader LOADER = LoginPagesTest.class.getClassLoader();
    private static final String CHOSEN = "crisp blue kettle";

    @TempDir Path directory;
    private final TestClock clock = TestClock.examMorning();
    private final List<LoginEvent.Kind> audit = new ArrayList<>();
    private final List<HttpsBrowser> browsers = new ArrayList<>();
    private Database database;
    private WebServers servers;
    private String initial;

    @BeforeEach
    void start() {
        SeededEntropy entropy = new SeededEntropy(5);
        database = StoreContract.fresh(Dialect.DERBY, directory.resolve("db"));
        new Migrations(database, clock).apply(MigrationSource.appliance());
        SqlSessions sessions = new SqlSessions(database);
        StaffAccounts accounts = new StaffAccounts(database, sessions, clock, entropy);
        StaffAccounts.InitialPassword password = accounts.newPassword();
        initial = password.password().reveal();
        database.useTransaction(
                tx ->
                        accounts.create(
                                tx,
                                1,
                                new NewAccount("li", "李敏", Set.of("boss"), Optional.empty()),
                                password));
        HttpPages pages =
                new HttpPages(
                        PagesSettings.of("test", new byte[32]),
                        sessions,
                        I18n.load(LOADER, ZoneId.of("Asia/Shanghai"), List.of()),
                        new Chrome("appliance.account", List.of()),
                        new Assets(LOADER),
                        clock,
                        entropy);
        Logins logins = new Logins(accounts, clock, entropy, event -> audit.add(event.kind()));
        servers =
                WebServers.builder(pages, entropy)
                        .https(Listener.loopback(0), CERTIFICATES.server())
                        .routes(
                                new LoginPages(pages, logins, visit -> 1),
                                rules ->
                                        rules.get(
                                                "/work",
                                                pages.page(
                                                        Access.roles("boss"),
                                                        v -> Reply.text("work"))))
                        .start();
    }

    @AfterEach
    void stop() {
        browsers.forEach(HttpsBrowser::close);
        servers.close();
        database.close();
    }

    private HttpsBrowser browser() {
        HttpsBrowser browser = HttpsBrowser.at(servers.httpsPort(), CERTIFICATES.authority());
        browsers.add(browser);
        browser.get("/login?next=%2Fwork");
        return browser;
    }

    private static int login(HttpsBrowser browser, String password) {
        return browser.post("/login", "login", "li", "password", password, "next", "/work")
                .statusCode();
    }

    private static void choosePassword(HttpsBrowser browser, String from) {
        browser.get("/account/password");
        var changed =
                browser.post(
                        "/account/password", "current", from, "fresh", CHOSEN, "again", CHOSEN);
        assertThat(changed.headers().firstValue("Location")).contains("/account");
    }

    @Test
    void letsNobodyWorkBeforeTheInitialPasswordIsChanged() {
        HttpsBrowser browser = browser();
        assertThat(login(browser, initial)).isEqualTo(303);
        assertThat(browser.get("/work").headers().firstValue("Location"))
                .contains("/account/password");
        choosePassword(browser, initial);
        assertThat(browser.get("/work").body()).isEqualTo("work");
        assertThat(browser.get("/account").body()).contains("密码已修改").contains("当前设备");
        assertThat(audit).contains(LoginEvent.Kind.SIGNED_IN, LoginEvent.Kind.PASSWORD_CHANGED);
    }

    @Test
    void showsWhatIsWrongWithANewPasswordFieldByField() {
        HttpsBrowser browser = browser();
        login(browser, initial);
        browser.get("/account/password");
        var refused =
                browser.post(
                        "/account/password", "current", "wrong", "fresh", "short", "again", "x");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("href=\"#f-current\"")
                .contains("href=\"#f-fresh\"")
                .contains("href=\"#f-again\"");
    }

    @Test
    void refusesAWrongPasswordWithAFormThatKeepsTheLogin() {
        HttpsBrowser browser = browser();
        var refused = browser.post("/login", "login", "li", "password", "wrong", "next", "//evil");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("value=\"li\"")
                .contains("登录名或密码不正确")
                .doesNotContain("//evil")
                .doesNotContain("value=\"wrong\"");
        assertThat(browser.get("/work").statusCode()).isEqualTo(303);
    }

    @Test
    void answersAFloodOfWrongPasswordsWith429() {
        HttpsBrowser browser = browser();
        int last = 0;
        for (int i = 0; i < 15; i++) {
            last = login(browser, "wrong");
        }
        assertThat(last).isEqualTo(429);
        assertThat(login(browser, initial)).isEqualTo(429);
        clock.advance(Duration.ofHours(1));
        assertThat(login(browser, initial)).as("locked by then").isEqualTo(422);
        assertThat(audit).contains(LoginEvent.Kind.LOCKED);
    }

    @Test
    void endsAnotherDevicesSessionAndThisOneByLogout() {
        HttpsBrowser first = browser();
        login(first, initial);
        choosePassword(first, initial);
        HttpsBrowser second = browser();
        login(second, CHOSEN);
        assertThat(second.get("/work").statusCode()).isEqualTo(200);
        String page = first.get("/account").body();
        String end = page.replaceAll("(?s).*action=\"(/account/sessions/[0-9a-f]+/end)\".*", "$1");
        assertThat(first.post(end).statusCode()).isEqualTo(303);
        assertThat(second.get("/work").statusCode()).isEqualTo(303);
        assertThat(first.post("/logout").statusCode()).isEqualTo(303);
        assertThat(first.get("/work").statusCode()).isEqualTo(303);
    }
}
