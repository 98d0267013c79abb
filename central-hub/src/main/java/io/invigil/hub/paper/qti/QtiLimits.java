package io.invigil.hub.paper.qti;

/** Limits on everything a package can bring; each has a test at it. */
public final class QtiLimits {
    public static final int ARCHIVE_BYTES_MAX = 64 * 1024 * 1024;
    public static final int ENTRIES_MAX = 2_000;
    public static final int ENTRY_BYTES_MAX = 8 * 1024 * 1024;
    public static final long TOTAL_BYTES_MAX = 128L * 1024 * 1024;

    /** Uncompressed over compressed size of one entry; XML of real packages stays below 40. */
    public static final int RATIO_MAX = 200;

    /** Entries below this size may have any ratio: they harm nobody. */
    public static final int RATIO_FREE_BYTES = 64 * 1024;

    public static final int PATH_CHARS_MAX = 240;
    public static final int XML_BYTES_MAX = 2 * 1024 * 1024;
    public static final int XML_DEPTH_MAX = 60;
    public static final int XML_ELEMENTS_MAX = 20_000;
    public static final int XML_ATTRIBUTES_MAX = 64;
    public static final int ITEMS_MAX = 300;
    public static final int CHOICES_MAX = 30;
    public static final int INTERACTIONS_PER_ITEM_MAX = 20;
    public static final int BODY_CHARS_MAX = 64 * 1024;
    public static final int IMAGE_BYTES_MAX = 4 * 1024 * 1024;
    public static final int IMAGE_PIXELS_MAX = 16_000_000;

    /** As much as a paper's stored asset may have. */
    public static final int MEDIA_BYTES_MAX = 6 * 1024 * 1024;

    public static final int ISSUES_MAX = 200;

    private QtiLimits() {}
}
