package io.invigil.site.diagnostics;

import io.invigil.exam.pack.Roster;
import io.invigil.site.pack.ExamPackage;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes out of free text what may name a person or open anything: everything that a roster in force
 * says of anybody, and whatever looks like a number or a key. Immutable.
 */
final class Redaction {
    static final String GONE = "[…]";
    private static final Pattern DIGITS = Pattern.compile("\\d{6,}[Xx]?");
    private static final Pattern HEX = Pattern.compile("(?i)\\b([0-9a-f]{8})[0-9a-f]{24,}\\b");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+_-]{40,}={0,2}");
    private static final Pattern USER_IN_ADDRESS = Pattern.compile("//[^/@\\s]*@");

    private final List<Pattern> known;

    private Redaction(List<Pattern> known) {
        this.known = known;
    }

    static Redaction of(Collection<ExamPackage> packages) {
        Set<String> known = new HashSet<>();
        for (ExamPackage pack : packages) {
            for (Roster.Entry entry : pack.roster().entries()) {
                known.addAll(
                        List.of(
                                entry.name(),
                                entry.idNumber(),
                                entry.admissionNumber(),
                                entry.candidateNumber(),
                                entry.pin()));
            }
            for (Roster.Staff staff : pack.roster().staff()) {
                known.addAll(List.of(staff.name(), staff.login(), staff.passwordHash()));
            }
        }
        known.removeIf(text -> text.length() < 2);
        // the longest first: a name may begin with another
        return new Redaction(
                known.stream()
                        .sorted(Comparator.comparing(String::length).reversed())
                        .map(Redaction::pattern)
                        .toList());
    }

    /** A login such as "li" is a word of its own; a Chinese name stands between letters. */
    private static Pattern pattern(String text) {
        boolean latin = text.chars().allMatch(c -> c < 128);
        String quoted = Pattern.quote(text);
        return Pattern.compile(latin ? "(?<![A-Za-z0-9])" + quoted + "(?![A-Za-z0-9])" : quoted);
    }

    String of(String text) {
        String clean = text;
        for (Pattern person : known) {
            clean = person.matcher(clean).replaceAll(GONE);
        }
        clean = USER_IN_ADDRESS.matcher(clean).replaceAll("//" + GONE + "@");
        clean = HEX.matcher(clean).replaceAll("$1" + GONE);
        clean = BASE64.matcher(clean).replaceAll(GONE);
        return DIGITS.matcher(clean).replaceAll(GONE);
    }
}
