package io.invigil.appliance.layout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with a sent form, field by field, in the order of the form. Used by one thread. */
public final class FormErrors {
    public static final int ERRORS_MAX = 200;

    private final Map<String, String> texts = new LinkedHashMap<>();

    /** Notes an error; the first one of a field stays, and more than the most are not shown. */
    public FormErrors add(String field, String text) {
        if (texts.size() < ERRORS_MAX) {
            texts.putIfAbsent(field, text);
        }
        return this;
    }

    public boolean isEmpty() {
        return texts.isEmpty();
    }

    public boolean has(String field) {
        return texts.containsKey(field);
    }

    /** The field's error, or an empty text. */
    public String text(String field) {
        return texts.getOrDefault(field, "");
    }

    /** For {@link Page#errors}. */
    public List<Page.FieldError> list() {
        List<Page.FieldError> list = new ArrayList<>();
        texts.forEach((field, text) -> list.add(new Page.FieldError(field, text)));
        return list;
    }
}
