package io.invigil.hub.paper.sample;

import java.util.List;

/** An item of a sample paper, version-free. */
sealed interface SampleItem {

    String id();

    String title();

    /** Points the test gives it. */
    int points();

    /**
     * @param correct indexes of the right options, one for a single choice
     * @param picture whether the item shows the sample's drawing
     */
    record Choice(
            String id,
            String title,
            String question,
            boolean multiple,
            List<String> options,
            List<Integer> correct,
            boolean picture,
            int points)
            implements SampleItem {
        public Choice {
            options = List.copyOf(options);
            correct = List.copyOf(correct);
        }
    }

    /**
     * @param before text before the box, {@code after} behind it
     * @param type base type: string, integer or float
     * @param answers accepted answers, the first in full
     */
    record Entry(
            String id,
            String title,
            String before,
            String after,
            String type,
            List<String> answers,
            int points)
            implements SampleItem {
        public Entry {
            answers = List.copyOf(answers);
        }
    }

    /** A written answer that a teacher marks. */
    record Written(String id, String title, String question, int lines, int points)
            implements SampleItem {}

    static Choice single(String id, String question, int correct, int points, String... options) {
        return new Choice(
                id, "单选题", question, false, List.of(options), List.of(correct), false, points);
    }

    static Choice multiple(
            String id, String question, List<Integer> correct, int points, String... options) {
        return new Choice(id, "多选题", question, true, List.of(options), correct, false, points);
    }

    static Choice trueFalse(String id, String question, boolean correct, int points) {
        return new Choice(
                id,
                "判断题",
                question,
                false,
                List.of("正确", "错误"),
                List.of(correct ? 0 : 1),
                false,
                points);
    }
}
