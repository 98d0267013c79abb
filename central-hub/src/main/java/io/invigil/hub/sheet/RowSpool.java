package io.invigil.hub.sheet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Rows of a workbook in packed blocks, so that a hundred thousand of them are a few megabytes and a
 * few hundred at a time are objects. Used by one thread.
 */
public final class RowSpool {
    /** Packed bytes of all rows; a workbook of real people needs a tenth of it. */
    public static final int BYTES_MAX = 64 * 1024 * 1024;

    static final int BLOCK_ROWS = 500;

    private static final int ABSENT = 0xFF;
    private static final SheetCell.Kind[] KINDS = SheetCell.Kind.values();

    private final List<String> columns;
    private final List<byte[]> blocks = new ArrayList<>();
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
    private final DataOutputStream open = new DataOutputStream(raw);
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private int size;
    private long packedBytes;

    public RowSpool(List<SheetColumn> columns) {
        this.columns = columns.stream().map(SheetColumn::name).toList();
    }

    /** Adds a row; false when all rows together are too large. */
    public boolean add(SheetRow row) {
        try {
            open.writeInt(row.number());
            for (String column : columns) {
                SheetCell cell = row.hasColumn(column) ? row.cell(column) : null;
                open.writeByte(cell == null ? ABSENT : cell.kind().ordinal());
                if (cell != null) {
                    open.writeUTF(cell.text());
                }
            }
            size++;
            if (size % BLOCK_ROWS == 0) {
                pack();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory cannot be written", impossible);
        }
        return packedBytes <= BYTES_MAX;
    }

    private void pack() throws IOException {
        deflater.reset();
        ByteArrayOutputStream packed = new ByteArrayOutputStream(raw.size() / 3 + 64);
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            raw.writeTo(out);
        }
        raw.reset();
        blocks.add(packed.toByteArray());
        packedBytes += packed.size();
    }

    public int size() {
        return size;
    }

    /** The rows from one position to before another, counted from 0. */
    public List<SheetRow> read(int from, int to) {
        List<SheetRow> rows = new ArrayList<>(to - from);
        int block = from / BLOCK_ROWS;
        while (block * BLOCK_ROWS < to) {
            int first = block * BLOCK_ROWS;
            int held = Math.min(BLOCK_ROWS, size - first);
            try (DataInputStream in = block(block)) {
                for (int at = first; at < first + held && at < to; at++) {
                    SheetRow row = row(in);
                    if (at >= from) {
                        rows.add(row);
                    }
                }
            } catch (IOException impossible) {
                throw new UncheckedIOException("memory cannot be read", impossible);
            }
            block++;
        }
        return rows;
    }

    private DataInputStream block(int block) {
        return block < blocks.size()
                ? new DataInputStream(
                        new InflaterInputStream(new ByteArrayInputStream(blocks.get(block))))
                : new DataInputStream(new ByteArrayInputStream(raw.toByteArray()));
    }

    private SheetRow row(DataInputStream in) throws IOException {
        int number = in.readInt();
        Map<String, SheetCell> cells = new HashMap<>();
        for (String column : columns) {
            int kind = in.readUnsignedByte();
            if (kind != ABSENT) {
                String text = in.readUTF();
                SheetCell.Kind known = KINDS[kind];
                cells.put(
                        column,
                        known == SheetCell.Kind.BLANK
                                ? SheetCell.BLANK
                                : new SheetCell(known, text));
            }
        }
        return new SheetRow(number, cells);
    }
}
