package io.invigil.appliance.config;

import java.util.Collection;
import java.util.Comparator;

/** "did you mean": the closest known name by edit distance, if it is close at all. */
final class Suggestion {
    private Suggestion() {}

    /** A clause to append to an error, or an empty text. */
    static String among(String wrong, Collection<String> known) {
        int farthest = Math.max(2, wrong.length() / 3);
        return known.stream()
                .filter(name -> distance(wrong, name) <= farthest)
                .min(Comparator.comparingInt(name -> distance(wrong, name)))
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse("; known here: " + String.join(", ", known));
    }

    /** Levenshtein distance. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
