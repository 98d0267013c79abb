package io.invigil.hub.plan;

/**
 * One line of a plan's task list.
 *
 * @param text what is to be done, in the visitor's language
 * @param path where it is done
 * @param status how far it is
 * @param hint figures and when it closes, in the visitor's language; may be empty
 */
public record PlanTask(String text, String path, Status status, String hint) {

    /** Few states, told apart by text and colour. */
    public enum Status {
        DONE("tag-good"),
        NEXT("tag-info"),
        PARTLY("tag-warn"),
        NOT_OPEN(""),
        CLOSED("");

        private final String style;

        Status(String style) {
            this.style = style;
        }

        /** The tag's style class. */
        public String style() {
            return style;
        }
    }
}
