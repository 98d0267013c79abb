package io.invigil.site.delivery;

import static io.invigil.site.delivery.ItemHtml.attribute;
import static io.invigil.site.delivery.ItemHtml.escape;

import io.invigil.exam.paper.FileUpload;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.ItemBody;
import java.util.function.Function;

/** Files as answers: the browser's own control, and a list of what was chosen. Pure. */
final class FileHtml {
    private static final long KIB = 1024;

    private final Function<String, String> assetUrl;
    private final Words words;

    /**
     * Words in the candidate's language.
     *
     * @param limits with {@code {0}} files of {@code {1}} at most, {@code {2}} endings
     * @param remove with {@code {0}} for the file's name
     */
    record Words(
            String answer,
            String choose,
            String limits,
            String remove,
            String tooLarge,
            String tooMany,
            String empty) {}

    FileHtml(Function<String, String> assetUrl, Words words) {
        this.assetUrl = assetUrl;
        this.words = words;
    }

    String control(Item item, FileUpload upload) {
        String id = item.id() + "/" + upload.responseIdentifier();
        String limits =
                words.limits()
                        .replace("{0}", Integer.toString(upload.filesMax()))
                        .replace("{1}", size(upload.bytesMax()))
                        .replace("{2}", upload.endings().replace(",", " "));
        return "<fieldset class=\"file-answer\""
                + attribute("data-files", upload.responseIdentifier())
                + attribute("data-files-max", Integer.toString(upload.filesMax()))
                + attribute("data-bytes-max", Long.toString(upload.bytesMax()))
                + attribute("data-remove", words.remove())
                + attribute("data-too-large", words.tooLarge())
                + attribute("data-too-many", words.tooMany())
                + attribute("data-empty", words.empty())
                + "><legend>"
                + (upload.prompt().isEmpty()
                        ? "<span class=\"visually-hidden\">" + escape(words.answer()) + "</span>"
                        : ItemBody.withAssets(upload.prompt(), assetUrl))
                + "</legend><p class=\"hint\""
                + attribute("id", id + "/limits")
                + ">"
                + escape(limits)
                + "</p><p class=\"row\"><label"
                + attribute("for", id)
                + ">"
                + escape(words.choose())
                + "</label><input type=\"file\""
                + (upload.filesMax() > 1 ? " multiple" : "")
                + attribute("id", id)
                + attribute("accept", upload.endings())
                + attribute("aria-describedby", id + "/limits")
                + "></p><ul class=\"file-list plain-list\"></ul>"
                + "<output class=\"file-said\" aria-live=\"polite\"></output></fieldset>";
    }

    /** In whole units that people know. */
    private static String size(long bytes) {
        return bytes >= KIB * KIB ? bytes / KIB / KIB + " MB" : Math.max(1, bytes / KIB) + " KB";
    }
}
