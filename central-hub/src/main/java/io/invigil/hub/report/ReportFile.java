package io.invigil.hub.report;

/**
 * A file that belongs to a report.
 *
 * @param number within the report, from 1
 */
public record ReportFile(int number, Kind kind, String name, String sha256, int bytes) {
    public static final int BYTES_MAX = 10 * 1024 * 1024;
    public static final int FILES_MAX = 10;

    /** What the file is. Names stand in the database. */
    public enum Kind {
        /** 签名盖章的扫描件: a picture or PDF. */
        SIGNED_SCAN,
        /** 其他资料. */
        OTHER
    }
}
