package io.invigil.site.doctor.content;

import io.invigil.site.device.CameraDriver;
import io.invigil.site.device.Cameras;
import io.invigil.site.doctor.Check;
import io.invigil.site.doctor.Measured;
import io.invigil.site.doctor.Probe;
import io.invigil.site.doctor.Symptom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** A picture from every camera of the node, now. */
public final class CameraProbe implements Probe {
    private final Supplier<Cameras.Listed> cameras;
    private final IntFunction<Optional<byte[]>> picture;

    /**
     * @param picture of the camera with this number, now; empty when it gives none
     */
    public CameraProbe(Supplier<Cameras.Listed> cameras, IntFunction<Optional<byte[]>> picture) {
        this.cameras = cameras;
        this.picture = picture;
    }

    @Override
    public Check check() {
        return Check.CAMERAS;
    }

    @Override
    public Measured look() {
        Cameras.Listed listed = cameras.get();
        List<String> seeing = new ArrayList<>();
        List<String> blind =
                new ArrayList<>(listed.missing().stream().map(CameraProbe::shown).toList());
        for (int number = 0; number < listed.names().size(); number++) {
            String name = listed.names().get(number);
            Optional<byte[]> jpeg = picture.apply(number);
            if (jpeg.isPresent()) {
                seeing.add("%s %d KiB".formatted(name, Math.max(1, jpeg.get().length / 1024)));
            } else {
                blind.add(name);
            }
        }
        if (!blind.isEmpty()) {
            return Measured.of(
                    Symptom.CAMERAS_BLIND, String.join(", ", blind), String.join(", ", seeing));
        }
        return seeing.isEmpty()
                ? Measured.of(Symptom.CAMERAS_NONE)
                : Measured.of(Symptom.CAMERAS_SEE, seeing.size(), String.join(", ", seeing));
    }

    private static String shown(CameraDriver.Missing missing) {
        return missing.name() + " (" + missing.want() + ")";
    }
}
