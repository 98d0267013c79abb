package io.invigil.exam.paper;

import io.invigil.exam.file.FileKind;
import io.invigil.exam.file.FileValue;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hand in files (QTI uploadInteraction), marked by a person. The bytes are kept as blobs of the
 * room before the answer that names them is saved.
 *
 * @param kinds what is taken, told by the first bytes
 * @param bytesMax of one file
 * @param filesMax how many
 */
public record FileUpload(
        String responseIdentifier, Xhtml prompt, Set<FileKind> kinds, long bytesMax, int filesMax)
        implements Interaction {
    public static final int FILES_MAX = 10;

    public FileUpload {
        Identifier.checked("response", responseIdentifier);
        kinds = java.util.Collections.unmodifiableSet(new TreeSet<>(kinds));
        if (prompt == null
                || kinds.isEmpty()
                || bytesMax < 1
                || bytesMax > FileValue.BYTES_MAX
                || filesMax < 1
                || filesMax > FILES_MAX) {
            throw new IllegalArgumentException("upload of files out of range");
        }
    }

    @Override
    public boolean byHand() {
        return true;
    }

    @Override
    public BaseType baseType() {
        return BaseType.FILE;
    }

    @Override
    public Cardinality cardinality() {
        return Cardinality.MULTIPLE;
    }

    /** Usual endings of the names of all kinds, with commas. */
    public String endings() {
        List<String> endings = kinds.stream().map(FileKind::endings).toList();
        return String.join(",", endings);
    }

    /** Whether a value is a file of allowed size. */
    boolean takes(String value) {
        return FileValue.parse(value).filter(file -> file.bytes() <= bytesMax).isPresent();
    }

    /** Two values that are the same file. */
    static String digest(String value) {
        return FileValue.parse(value).map(FileValue::sha256).orElse("");
    }
}
