package io.invigil.hub.marking;

import io.invigil.exam.paper.Interaction;
import io.invigil.exam.paper.Item;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a candidate wrote in the written parts of an item. */
final class WrittenText {
    private WrittenText() {}

    static String of(Item item, Map<String, List<String>> response) {
        return item.interactions().stream()
                .filter(Interaction.ExtendedText.class::isInstance)
                .map(i -> response.getOrDefault(i.responseIdentifier(), List.of()))
                .map(values -> String.join("\n", values))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n\n"));
    }
}
