package io.invigil.exam.paper;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether one item and its key fit together. */
final class KeyFit {
    private KeyFit() {}

    static void problems(Item item, Optional<AnswerKey.ItemKey> key, List<String> problems) {
        if (key.isEmpty()) {
            if (item.objective() && !item.informational()) {
                problems.add(item.id() + ": objective but without key");
            }
            return;
        }
        AnswerKey.ItemKey itemKey = key.get();
        for (Interaction interaction : item.interactions()) {
            AnswerKey.ResponseKey response =
                    itemKey.responses().get(interaction.responseIdentifier());
            if (response == null) {
                if (item.objective() && interaction.asks()) {
                    problems.add(place(item, interaction) + ": objective but without key");
                }
            } else if (response.baseType() != interaction.baseType()
                    || response.cardinality() != interaction.cardinality()) {
                problems.add(place(item, interaction) + ": type differs from the interaction's");
            } else if (interaction instanceof Interaction.Choice choice
                    && !choice.options().stream()
                            .map(Interaction.Option::id)
                            .toList()
                            .containsAll(response.correct())) {
                problems.add(place(item, interaction) + ": correct value is no option");
            } else if (interaction instanceof PictureInteraction.Hotspots hotspots
                    && !hotspots.spots().stream()
                            .map(PictureInteraction.Spot::id)
                            .toList()
                            .containsAll(response.correct())) {
                problems.add(place(item, interaction) + ": correct value is no area");
            } else if (interaction.byHand() || !interaction.asks()) {
                problems.add(place(item, interaction) + ": keyed and marked by hand");
            } else if (interaction instanceof Interaction.Ordering ordering
                    && (response.correct().size() != ordering.options().size()
                            || !Set.copyOf(response.correct()).equals(ids(ordering)))) {
                problems.add(place(item, interaction) + ": correct order is not all options");
            } else if (interaction instanceof Interaction.Matching matching
                    && !response.correct().stream().allMatch(matching::isPair)) {
                problems.add(place(item, interaction) + ": correct value is no pair");
            }
        }
        for (String identifier : itemKey.responses().keySet()) {
            if (item.interaction(identifier).isEmpty()) {
                problems.add(item.id() + "/" + identifier + ": no such interaction");
            }
        }
        if (itemKey.maximum().compareTo(item.maximum()) > 0) {
            problems.add(item.id() + ": key gives more than the item's maximum");
        }
    }

    private static Set<String> ids(Interaction.Ordering ordering) {
        return ordering.options().stream().map(Interaction.Option::id).collect(Collectors.toSet());
    }

    private static String place(Item item, Interaction interaction) {
        return item.id() + "/" + interaction.responseIdentifier();
    }
}
