package io.invigil.hub.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.code.CertificateCode;
import io.invigil.exam.code.CertificateFacts;
import io.invigil.hub.ScoredExam;
import io.invigil.hub.ScoringWorld.Person;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.print.PdfFonts;
import io.invigil.hub.registration.RegistrationId;
import io.invigil.hub.violation.Bans;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.testkit.StoreContract;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CertificatesTest {
    private static final PdfFonts FONTS = new PdfFonts();

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

    abstract static class Contract extends StoreContract {
        private static final Instant FINAL = Instant.parse("2026-11-29T02:00:00Z");
        private final SigningKey key = SigningKey.ofSeed(new byte[32]);

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Certificates.class));
        }

        /** One passed candidate, scores entered and locked. */
        private final class Passed {
            final ScoredExam exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, true);
            final Certificates certificates =
                    new Certificates(
                            exam.clock,
                            new CertificateKeys(key, List.of()),
                            "https://exam.example.org/verify",
                            FONTS,
                            exam.world.plans);
            final Person person;
            final RegistrationId registration;

            Passed(String name, String photo) {
                person = exam.world.person(name, photo);
                registration = new RegistrationId(person.registration());
                exam.sit(person.theorySitting(), exam.theory, 1.0);
                exam.sit(person.practiceSitting(), exam.practice, 1.0);
                exam.clock.set(Instant.parse("2026-11-21T00:00:00Z"));
                exam.enter();
                exam.clock.set(FINAL);
            }

            CertificateDecision record() {
                return exam.tx(tx -> certificates.record(tx, exam.world.staff, exam.plan(tx)));
            }

            CertificateDecision confirm(StaffScope scope) {
                Collection<RegistrationId> wanted = List.of(registration);
                return exam.tx(tx -> certificates.confirm(tx, scope, exam.plan(tx), wanted));
            }

            CertificateDecision revoke(StaffScope scope, String reason) {
                return exam.tx(
                        tx -> certificates.revoke(tx, scope, exam.plan(tx), registration, reason));
            }

            Passed issue() {
                record();
                confirm(exam.world.staff);
                assertThat(confirm(exam.world.school))
                        .isEqualTo(new CertificateDecision.Done(1, 1));
                return this;
            }

            Certificate certificate() {
                Optional<Certificate> found =
                        exam.tx(tx -> certificates.find(tx, exam.world.tenant, registration));
                return found.orElseThrow();
            }

            Verification byNumber(String number) {
                return exam.tx(tx -> certificates.verifyNumber(tx, exam.world.tenant, number));
            }

            Verification byCode(String code) {
                return exam.tx(tx -> certificates.verifyCode(tx, exam.world.tenant, code));
            }

            byte[] pdf() {
                return certificates.pdf(database(), certificate()).orElseThrow();
            }
        }

        @Test
        void existsOnlyWhenBodyAndSiteHaveConfirmedALockedPass() {
            Passed passed = new Passed("王小二", "");
            passed.exam.clock.set(Instant.parse("2026-11-28T15:59:59Z"));
            assertThat(passed.record())
                    .isEqualTo(
                            CertificateDecision.Refused.of(
                                    CertificateDecision.Code.CERTIFICATE_NOT_FINAL));
            passed.exam.clock.set(FINAL);
            assertThat(passed.record()).isEqualTo(new CertificateDecision.Done(1, 0));
            assertThat(passed.record()).isEqualTo(new CertificateDecision.Done(0, 0));
            assertThat(passed.confirm(passed.exam.world.staff))
                    .isEqualTo(new CertificateDecision.Done(1, 0));
            assertThat(passed.confirm(passed.exam.world.second))
                    .isEqualTo(new CertificateDecision.Done(0, 0));
            assertThat(passed.certificate().state()).isEqualTo(Certificate.State.RECORDED);
            assertThat(passed.confirm(passed.exam.world.otherBody))
                    .isEqualTo(
                            CertificateDecision.Refused.of(
                                    CertificateDecision.Code.CERTIFICATE_NOT_ALLOWED));
            assertThat(passed.confirm(passed.exam.world.school))
                    .isEqualTo(new CertificateDecision.Done(1, 1));
            Certificate certificate = passed.certificate();
            assertThat(certificate.state()).isEqualTo(Certificate.State.ISSUED);
            assertThat(certificate.issue().orElseThrow().number()).isEqualTo("NEV2026100011000001");
            assertThat(passed.confirm(passed.exam.world.school))
                    .isEqualTo(new CertificateDecision.Done(0, 0));
        }

        /** Domain section 12: bans are checked at certification. */
        @Test
        void whoIsBannedFromTheExamGetsNoCertificate() {
            Passed early = new Passed("王小二", "");
            early.record();
            ban(early);
            assertThat(early.confirm(early.exam.world.staff)).isEqualTo(banned("王小二", early));
            Passed late = new Passed("王小三", "");
            ban(late);
            assertThat(late.record()).isEqualTo(banned("王小三", late));
        }

        private void ban(Passed passed) {
            LocalDate day = LocalDate.of(2026, 11, 20);
            Bans.Draft draft =
                    new Bans.Draft(
                            passed.person.idNumber(),
                            Optional.empty(),
                            Optional.of(day),
                            Optional.of(day),
                            ZoneId.of("Asia/Shanghai"),
                            "替考");
            StaffScope staff = passed.exam.world.staff;
            StaffScope authority =
                    new StaffScope(
                            staff.tenant(),
                            "authority",
                            staff.organisation(),
                            StaffRole.AUTHORITY_READER);
            List<FieldIssue> issues =
                    passed.exam.tx(tx -> new Bans(passed.exam.clock).add(tx, authority, draft));
            assertThat(issues).isEmpty();
        }

        private static CertificateDecision banned(String name, Passed passed) {
            return CertificateDecision.Refused.of(
                    CertificateDecision.Code.CERTIFICATE_BANNED,
                    name + " C" + passed.person.candidate());
        }

        @Test
        void anyoneVerifiesByNumberAndByTheCodeAlone() {
            Passed passed = new Passed("欧阳䶮", "").issue();
            Certificate certificate = passed.certificate();
            String number = certificate.issue().orElseThrow().number();
            assertThat(passed.byNumber(" " + number.toLowerCase(java.util.Locale.ROOT) + " "))
                    .isInstanceOfSatisfying(
                            Verification.Valid.class,
                            valid -> {
                                assertThat(valid.facts().holder()).isEqualTo("欧阳䶮");
                                assertThat(valid.facts().maskedId()).startsWith("370*****");
                                assertThat(valid.facts().maskedId())
                                        .doesNotContain(passed.person.idNumber().substring(6, 14));
                            });
            String qr = passed.certificates.qrContent(certificate);
            assertThat(qr).startsWith("https://exam.example.org/verify#IVC1.");
            assertThat(passed.byCode(qr)).isInstanceOf(Verification.Valid.class);
            assertThat(CertificateCode.verify(qr, List.of(key.verifyKey())))
                    .isInstanceOf(CertificateCode.Outcome.Genuine.class);
            assertThat(passed.byNumber("NEV0000")).isInstanceOf(Verification.Unknown.class);
            assertThat(passed.byCode("https://x/verify#IVC1.AAAA"))
                    .isInstanceOf(Verification.NotGenuine.class);
            CertificateFacts other =
                    new CertificateFacts(
                            "OLD1", "甲", "", "证书", "初级", "机构", java.time.LocalDate.EPOCH);
            assertThat(passed.byCode(CertificateCode.sign(other, key)))
                    .isInstanceOf(Verification.SignedOnly.class);
        }

        @Test
        void aRevokedCertificateSaysWhy() {
            Passed passed = new Passed("王小二", "").issue();
            String number = passed.certificate().issue().orElseThrow().number();
            assertThat(passed.revoke(passed.exam.world.staff, " "))
                    .isInstanceOf(CertificateDecision.Refused.class);
            assertThat(passed.revoke(passed.exam.world.school, "x"))
                    .isInstanceOf(CertificateDecision.Refused.class);
            assertThat(passed.revoke(passed.exam.world.staff, "经查替考"))
                    .isEqualTo(new CertificateDecision.Done(1, 0));
            assertThat(passed.byNumber(number))
                    .isInstanceOfSatisfying(
                            Verification.Revoked.class,
                            revoked -> assertThat(revoked.reason()).isEqualTo("经查替考"));
            assertThat(passed.certificates.pdf(database(), passed.certificate())).isEmpty();
        }

        @Test
        void namesTheCharacterThatCannotBePrinted() {
            Passed passed = new Passed("李𠮷", "");
            passed.record();
            assertThat(passed.confirm(passed.exam.world.staff))
                    .isEqualTo(
                            CertificateDecision.Refused.of(
                                    CertificateDecision.Code.CERTIFICATE_GLYPH_MISSING,
                                    "李𠮷",
                                    "𠮷"));
        }

        @Test
        void thePdfIsTheSameEachTimeAndItsQrReads() throws Exception {
            String photo = photo();
            Passed passed = new Passed("欧阳䶮", photo);
            passed.exam.tx(
                    tx ->
                            tx.update(
                                            """
                                            insert into photo (tenant, sha256, content)
                                            values (:t, :sha, :content)
                                            """)
                                    .bind("t", passed.exam.world.tenant.value())
                                    .bind("sha", photo)
                                    .bind("content", portrait())
                                    .execute());
            passed.issue();
            byte[] pdf = passed.pdf();
            assertThat(passed.pdf()).isEqualTo(pdf);
            Files.write(Path.of("target", "certificate-sample.pdf"), pdf);
            try (PDDocument document = Loader.loadPDF(pdf)) {
                assertThat(document.getNumberOfPages()).isEqualTo(1);
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setSortByPosition(true);
                assertThat(stripper.getText(document).lines().map(String::strip).toList())
                        .containsSubsequence(
                                "智能新能源汽车职业技能等级证书",
                                "C E R T I F I C A T E",
                                "初 级",
                                "姓　　名 欧阳䶮",
                                "身份证号 " + passed.person.idNumber(),
                                "证书编号 NEV2026100011000001",
                                "兹证明上述持证人于2026年11月参加“智能新能源汽车职",
                                "业技能等级证书”（初级）考核，成绩合格，特发此证。",
                                "颁证机构 海岳车辆技术评价中心",
                                "考核站点 北方交通职业学院新能源考核站点",
                                "签发日期 2026年11月29日");
                BufferedImage image = new PDFRenderer(document).renderImageWithDPI(0, 200);
                BufferedImage corner = image.getSubimage(0, image.getHeight() / 2, 700, 1000);
                String read =
                        new QRCodeReader()
                                .decode(
                                        new BinaryBitmap(
                                                new HybridBinarizer(
                                                        new BufferedImageLuminanceSource(corner))))
                                .getText();
                assertThat(read).isEqualTo(passed.certificates.qrContent(passed.certificate()));
            }
        }

        private static String photo() {
            return "ab".repeat(32);
        }

        /** A drawn figure on red ground, of the size photos are kept in. */
        private static byte[] portrait() {
            BufferedImage image = new BufferedImage(295, 413, BufferedImage.TYPE_INT_RGB);
            Graphics2D pen = image.createGraphics();
            pen.setColor(new Color(0xc0, 0x1f, 0x2e));
            pen.fillRect(0, 0, 295, 413);
            pen.setColor(new Color(0x2b, 0x2f, 0x3a));
            pen.fillOval(30, 270, 235, 300);
            pen.setColor(new Color(0xe8, 0xc3, 0xa4));
            pen.fillOval(85, 90, 125, 165);
            pen.dispose();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                ImageIO.write(image, "jpg", out);
            } catch (IOException impossible) {
                throw new java.io.UncheckedIOException(impossible);
            }
            return out.toByteArray();
        }
    }
}
