package io.invigil.hub.certificate;

import io.invigil.hub.print.PdfCanvas;
import io.invigil.hub.print.PdfCanvas.Align;
import io.invigil.hub.print.PdfCanvas.Ink;
import io.invigil.hub.print.PdfFonts;
import io.invigil.hub.print.PdfSheet;
import java.awt.Color;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;

/** Draws a certificate: one A4 page, upright. Pure but for the fonts. */
final class CertificatePdf {
    private static final Color INK = new Color(0x22, 0x22, 0x2a);
    private static final Color SOFT = new Color(0x6b, 0x66, 0x5c);
    private static final Color GOLD = new Color(0xa8, 0x85, 0x3c);
    private static final Color PALE = new Color(0xf3, 0xeb, 0xd8);
    private static final Color RED = new Color(0x9b, 0x1c, 0x20);
    private static final double CENTRE = PdfCanvas.WIDTH_MM / 2;
    private static final double LEFT = 38;
    private static final double RIGHT = PdfCanvas.WIDTH_MM - 38;
    private static final double PHOTO_WIDTH = 27;
    private static final double PHOTO_HEIGHT = 37.8;

    private final PdfFonts fonts;

    CertificatePdf(PdfFonts fonts) {
        this.fonts = fonts;
    }

    byte[] draw(Certificate certificate, Optional<byte[]> photo, String qrContent) {
        Certificate.Issue issue = certificate.issue().orElseThrow();
        return PdfSheet.of(
                fonts,
                issue.number(),
                issue.at(),
                sheet -> {
                    PdfCanvas page = sheet.page();
                    background(page);
                    border(page);
                    heading(page, certificate.face());
                    person(page, certificate, photo);
                    statement(page, certificate.face());
                    foot(page, certificate, qrContent);
                });
    }

    /** A rosette of fine lines, as on banknotes: hard to copy by hand, quiet to look at. */
    private static void background(PdfCanvas page) throws IOException {
        for (int ring = 0; ring < 6; ring++) {
            double radius = 34 + ring * 7.5;
            int points = 720;
            double[] curve = new double[2 * (points + 1)];
            for (int i = 0; i <= points; i++) {
                double angle = 2 * Math.PI * i / points;
                double r = radius + 6 * Math.sin((18 + 2 * ring) * angle + ring);
                curve[2 * i] = CENTRE + r * Math.cos(angle);
                curve[2 * i + 1] = 160 + r * Math.sin(angle);
            }
            page.curve(curve, 0.18, PALE);
        }
    }

    private static void border(PdfCanvas page) throws IOException {
        page.frame(12, 12, 186, 273, 1.1, GOLD);
        page.frame(14.2, 14.2, 181.6, 268.6, 0.25, GOLD);
        band(page, 12, 12, 186, 273, 4.6);
        page.frame(19.4, 19.4, 171.2, 258.2, 0.25, GOLD);
        for (double x : new double[] {19.4, 190.6}) {
            for (double y : new double[] {19.4, 277.6}) {
                corner(page, x, y);
            }
        }
    }

    /** Two waves between the frame's lines, along all four sides. */
    private static void band(PdfCanvas page, double x, double y, double w, double h, double inset)
            throws IOException {
        double amplitude = 1.5;
        for (int phase = 0; phase < 2; phase++) {
            for (int side = 0; side < 2; side++) {
                double row = side == 0 ? y + inset : y + h - inset;
                double column = side == 0 ? x + inset : x + w - inset;
                page.curve(wave(x + 8, w - 16, row, amplitude, phase, true), 0.16, GOLD);
                page.curve(wave(y + 8, h - 16, column, amplitude, phase, false), 0.16, GOLD);
            }
        }
    }

    private static double[] wave(
            double from, double length, double at, double amplitude, int phase, boolean level) {
        int points = (int) (length * 4);
        int waves = (int) Math.round(length / 6);
        double[] curve = new double[2 * (points + 1)];
        for (int i = 0; i <= points; i++) {
            double along = from + length * i / points;
            double across =
                    at + amplitude * Math.sin(2 * Math.PI * waves * i / points + phase * Math.PI);
            curve[2 * i] = level ? along : across;
            curve[2 * i + 1] = level ? across : along;
        }
        return curve;
    }

    private static void corner(PdfCanvas page, double x, double y) throws IOException {
        int points = 240;
        double[] curve = new double[2 * (points + 1)];
        for (int i = 0; i <= points; i++) {
            double angle = 2 * Math.PI * i / points;
            double r = 3.2 + 1.6 * Math.cos(8 * angle);
            curve[2 * i] = x + r * Math.cos(angle);
            curve[2 * i + 1] = y + r * Math.sin(angle);
        }
        page.filled(x - 4.9, y - 4.9, 9.8, 9.8, Color.WHITE);
        page.curve(curve, 0.35, GOLD);
    }

    private static void heading(PdfCanvas page, CertificateFace face) throws IOException {
        Ink title = Ink.bold(27).colour(RED).spacing(2.6);
        page.fitted(CENTRE, 58, 158, face.certificate(), title, Align.CENTRE);
        page.line(CENTRE - 46, 66, CENTRE - 17, 66, 0.3, GOLD);
        page.line(CENTRE + 17, 66, CENTRE + 46, 66, 0.3, GOLD);
        Ink english = Ink.regular(9.5).colour(SOFT).spacing(2.2);
        page.text(CENTRE, 67.2, "CERTIFICATE", english, Align.CENTRE);
        Ink level = Ink.bold(20).colour(INK).spacing(8);
        page.text(CENTRE, 82, face.level(), level, Align.CENTRE);
    }

    private static void person(PdfCanvas page, Certificate certificate, Optional<byte[]> photo)
            throws IOException {
        CertificateFace face = certificate.face();
        double top = 100;
        row(page, top + 5, "姓　　名", "Name", face.holder(), true);
        row(page, top + 16.5, "性　　别", "Sex", face.gender().chinese(), false);
        row(page, top + 28, "身份证号", "ID number", face.idNumber(), false);
        row(
                page,
                top + 39.5,
                "证书编号",
                "Certificate No.",
                certificate.issue().orElseThrow().number(),
                false);
        double x = RIGHT - PHOTO_WIDTH;
        if (photo.isPresent()) {
            page.image(x, top, PHOTO_WIDTH, PHOTO_HEIGHT, photo.get());
        } else {
            Ink hint = Ink.regular(9).colour(SOFT);
            page.text(x + PHOTO_WIDTH / 2, top + 20, "照　片", hint, Align.CENTRE);
        }
        page.frame(x, top, PHOTO_WIDTH, PHOTO_HEIGHT, 0.25, GOLD);
    }

    private static void row(
            PdfCanvas page, double y, String label, String english, String value, boolean strong)
            throws IOException {
        page.text(LEFT, y, label, Ink.regular(12).colour(SOFT), Align.LEFT);
        page.text(LEFT, y + 3.6, english, Ink.regular(6.5).colour(SOFT), Align.LEFT);
        Ink ink = (strong ? Ink.bold(16) : Ink.regular(13)).colour(INK);
        double room = RIGHT - PHOTO_WIDTH - 6 - (LEFT + 26);
        page.fitted(LEFT + 26, y + 0.6, room, value, ink, Align.LEFT);
        page.line(LEFT + 25, y + 2.6, LEFT + 25 + room, y + 2.6, 0.15, GOLD);
    }

    private static void statement(PdfCanvas page, CertificateFace face) throws IOException {
        String text =
                "　　兹证明上述持证人于%d年%d月参加“%s”（%s）考核，成绩合格，特发此证。"
                        .formatted(
                                face.examDay().getYear(),
                                face.examDay().getMonthValue(),
                                face.certificate(),
                                face.level());
        double y =
                page.paragraph(LEFT, 166, RIGHT - LEFT, 9.5, text, Ink.regular(13.5).colour(INK));
        String english =
                "This is to certify that the person named above has passed the assessment for this"
                        + " certificate and level, and is awarded this certificate.";
        page.paragraph(LEFT, y + 1.5, RIGHT - LEFT, 4.6, english, Ink.regular(8.5).colour(SOFT));
    }

    private static void foot(PdfCanvas page, Certificate certificate, String qrContent)
            throws IOException {
        CertificateFace face = certificate.face();
        double side = 36;
        double top = 219;
        page.filled(LEFT - 2.5, top - 2.5, side + 5, side + 5, Color.WHITE);
        page.qr(LEFT, top, side, qrContent);
        Ink hint = Ink.regular(8).colour(SOFT);
        page.text(LEFT + side / 2, top + side + 5.5, "扫码验证 · Scan to verify", hint, Align.CENTRE);
        double x = LEFT + side + 14;
        signature(page, x, top + 5, "颁证机构", "Issued by", face.issuer());
        signature(page, x, top + 19, "考核站点", "Assessed at", face.site());
        signature(page, x, top + 33, "签发日期", "Date of issue", chinese(certificate));
    }

    private static void signature(
            PdfCanvas page, double x, double y, String label, String english, String value)
            throws IOException {
        page.text(x, y, label, Ink.regular(10.5).colour(SOFT), Align.LEFT);
        page.text(x, y + 3.4, english, Ink.regular(6.5).colour(SOFT), Align.LEFT);
        double room = RIGHT - x - 22;
        page.fitted(x + 22, y + 0.4, room, value, Ink.bold(12).colour(INK), Align.LEFT);
    }

    private static String chinese(Certificate certificate) {
        LocalDate day = certificate.issuedOn().orElseThrow();
        return "%d年%d月%d日".formatted(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
    }
}
