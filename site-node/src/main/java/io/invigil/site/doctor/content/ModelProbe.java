package io.invigil.site.doctor.content;

import io.invigil.appliance.vision.model.ShelfState;
import io.invigil.site.doctor.Check;
import io.invigil.site.doctor.Measured;
import io.invigil.site.doctor.Probe;
import io.invigil.site.doctor.Symptom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The face models on the shelf, each hashed again; none is well when no exam asks for faces. */
public final class ModelProbe implements Probe {
    private final Supplier<ShelfState> shelf;
    private final BooleanSupplier wanted;

    /**
     * @param shelf looks at the files, hashing each
     * @param wanted whether a package in force compares faces
     */
    public ModelProbe(Supplier<ShelfState> shelf, BooleanSupplier wanted) {
        this.shelf = shelf;
        this.wanted = wanted;
    }

    @Override
    public Check check() {
        return Check.MODELS;
    }

    @Override
    public Measured look() {
        return switch (shelf.get()) {
            case ShelfState.Ready ready ->
                    Measured.of(Symptom.MODELS_READY, ready.models().scale().model());
            case ShelfState.Empty empty ->
                    Measured.of(
                            wanted.getAsBoolean()
                                    ? Symptom.MODELS_WANTED
                                    : Symptom.MODELS_NOT_NEEDED);
            case ShelfState.Incomplete incomplete -> {
                List<String> files = new ArrayList<>(incomplete.damaged());
                files.addAll(incomplete.missing());
                yield Measured.of(Symptom.MODELS_DAMAGED, String.join(", ", files));
            }
        };
    }
}
