package io.invigil.exam.room;

import java.util.Arrays;
import java.util.Optional;

/**
 * Categories of incidents with the article of S1 (section 1) that words them. Those without an
 * article are ours; facts carry the name, so a centre also understands categories it does not list.
 */
public enum IncidentCategory {
    /** 第五条（一）. */
    DRESS_OR_CAPTURE("5-1"),
    /** 第五条（二）. */
    SUPPORT_DISTURBED("5-2"),
    /** 第五条（三）. */
    THREAT_OR_INSULT("5-3"),
    /** 第六条（一）. */
    IMPERSONATION("6-1"),
    /** 第六条（二）. */
    PAPER_SPREAD("6-2"),
    /** 第六条（三）. */
    UNFAIR_MEANS("6-3"),
    DEVICE(""),
    HEALTH(""),
    IDENTITY(""),
    OTHER("");

    private final String article;

    IncidentCategory(String article) {
        this.article = article;
    }

    /** Article and number of S1, such as {@code 5-1}; empty for categories of ours. */
    public Optional<String> article() {
        return article.isEmpty() ? Optional.empty() : Optional.of(article);
    }

    /** Article 6: 取消该科成绩. */
    public boolean isCheating() {
        return article.startsWith("6");
    }

    public static Optional<IncidentCategory> of(String name) {
        return Arrays.stream(values()).filter(c -> c.name().equals(name)).findFirst();
    }
}
