package io.invigil.appliance.vision.model;

import java.util.List;

/** What is on the shelf of models. */
public sealed interface ShelfState {
    record Ready(InstalledModels models) implements ShelfState {}

    /** Nothing was installed: identity is checked by eye. */
    record Empty() implements ShelfState {}

    /** A needed file is missing, or a file is not what was pinned; {@code files} names them. */
    record Incomplete(List<String> missing, List<String> damaged) implements ShelfState {
        public Incomplete {
            missing = List.copyOf(missing);
            damaged = List.copyOf(damaged);
        }
    }
}
