package io.invigil.exam.paper;

import io.invigil.exam.paper.ResponseCheck.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a response to something on a picture may be saved, see {@link ResponseCheck}. Pure. */
final class PictureCheck {
    private PictureCheck() {}

    static Optional<Reason> of(PictureInteraction interaction, List<String> values) {
        return switch (interaction) {
            case PictureInteraction.Hotspots spots -> {
                Set<String> known =
                        spots.spots().stream()
                                .map(PictureInteraction.Spot::id)
                                .collect(Collectors.toSet());
                int most = spots.maxChoices() == 0 ? known.size() : spots.maxChoices();
                yield ResponseCheck.among(most, known::contains, value -> value, values);
            }
            case PictureInteraction.SelectPoint points -> {
                int most =
                        points.maxChoices() == 0
                                ? PictureInteraction.POINTS_MAX
                                : points.maxChoices();
                yield values.size() > most
                        ? Optional.of(Reason.RESPONSE_TOO_MANY_VALUES)
                        : off(
                                values.stream()
                                        .allMatch(
                                                value ->
                                                        Points.point(value)
                                                                .filter(p -> on(points, p))
                                                                .isPresent()));
            }
            case PictureInteraction.Drawing drawing ->
                    values.size() > PictureInteraction.STROKES_MAX
                            ? Optional.of(Reason.RESPONSE_TOO_MANY_VALUES)
                            : off(values.stream().allMatch(value -> drawn(drawing, value)));
        };
    }

    private static boolean drawn(PictureInteraction.Drawing drawing, String value) {
        List<Points.Point> stroke = Points.stroke(value);
        return !stroke.isEmpty() && stroke.stream().allMatch(point -> on(drawing, point));
    }

    private static boolean on(PictureInteraction interaction, Points.Point point) {
        return point.on(interaction.surface());
    }

    private static Optional<Reason> off(boolean all) {
        return all ? Optional.empty() : Optional.of(Reason.RESPONSE_OFF_PICTURE);
    }
}
