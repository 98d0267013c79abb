package io.invigil.hub.grid;

/**
 * A cell, or several merged into one.
 *
 * @param column first column, from 0
 * @param columns how many it spans
 * @param rows how many rows it spans, its own and those below
 */
public record GridCell(int column, int columns, int rows, Content content, Look look) {

    /** What stands in it. */
    public sealed interface Content {
        record Text(String text) implements Content {}

        /** A QR code of the text. */
        record Code(String text) implements Content {}

        /** A picture, JPEG or PNG. */
        @SuppressWarnings("ArrayRecordComponent")
        record Picture(byte[] bytes) implements Content {}
    }

    /**
     * How it looks.
     *
     * @param size of the text in points; made smaller where a text does not fit
     */
    public record Look(boolean bold, double size, boolean centred, boolean framed) {
        public static final Look LABEL = new Look(true, 10, true, true);
        public static final Look VALUE = new Look(false, 10, true, true);

        public Look ofSize(double points) {
            return new Look(bold, points, centred, framed);
        }

        public Look left() {
            return new Look(bold, size, false, framed);
        }

        public Look unframed() {
            return new Look(bold, size, centred, false);
        }

        public Look strong() {
            return new Look(true, size, centred, framed);
        }
    }

    public GridCell {
        if (column < 0 || columns < 1 || rows < 1) {
            throw new IllegalArgumentException("a cell stands in columns and rows");
        }
    }

    public static GridCell text(int column, String text, Look look) {
        return new GridCell(column, 1, 1, new Content.Text(text), look);
    }

    public static GridCell code(int column, String text) {
        return new GridCell(column, 1, 1, new Content.Code(text), Look.VALUE);
    }

    public static GridCell picture(int column, byte[] bytes) {
        return new GridCell(column, 1, 1, new Content.Picture(bytes), Look.VALUE);
    }

    /** The same over several columns and rows. */
    public GridCell over(int newColumns, int newRows) {
        return new GridCell(column, newColumns, newRows, content, look);
    }
}
