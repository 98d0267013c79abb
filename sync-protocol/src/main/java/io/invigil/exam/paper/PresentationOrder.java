package io.invigil.exam.paper;

import io.invigil.protocol.crypto.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The order in which one sitting sees items and options. It follows from the seed of the fact
 * {@code sitting-started} alone, so node, another machine and the centre show the same page.
 */
public final class PresentationOrder {
    private PresentationOrder() {}

    /** Items of a section for the sitting with this seed. */
    public static List<Item> items(Paper.Section section, long seed) {
        return section.shuffle()
                ? shuffled(section.items(), Item::id, item -> false, seed, section.id())
                : section.items();
    }

    /** Options of a choice; fixed ones keep their place (QTI {@code fixed}). */
    public static List<Interaction.Option> options(
            Item item, Interaction.Choice choice, long seed) {
        return choice.shuffle()
                ? shuffled(
                        choice.options(),
                        Interaction.Option::id,
                        Interaction.Option::fixed,
                        seed,
                        item.id() + "/" + choice.responseIdentifier())
                : choice.options();
    }

    /** The order in which the options of an ordering stand before the candidate moves any. */
    public static List<Interaction.Option> options(
            Item item, Interaction.Ordering order, long seed) {
        return options(order.shuffle(), order.options(), seed, place(item, order));
    }

    /** Sources of a matching. */
    public static List<Interaction.Option> sources(
            Item item, Interaction.Matching match, long seed) {
        return options(match.shuffle(), match.sources(), seed, place(item, match) + "/sources");
    }

    /** Targets of a matching. */
    public static List<Interaction.Option> targets(
            Item item, Interaction.Matching match, long seed) {
        return options(match.shuffle(), match.targets(), seed, place(item, match) + "/targets");
    }

    private static String place(Item item, Interaction interaction) {
        return item.id() + "/" + interaction.responseIdentifier();
    }

    private static List<Interaction.Option> options(
            boolean shuffle, List<Interaction.Option> options, long seed, String scope) {
        return shuffle
                ? shuffled(options, Interaction.Option::id, Interaction.Option::fixed, seed, scope)
                : options;
    }

    private static <T> List<T> shuffled(
            List<T> all, Function<T, String> id, Predicate<T> fixed, long seed, String scope) {
        Iterator<T> moving =
                all.stream()
                        .filter(fixed.negate())
                        .sorted(Comparator.comparing(each -> rank(seed, scope, id.apply(each))))
                        .iterator();
        List<T> out = new ArrayList<>(all.size());
        for (T each : all) {
            out.add(fixed.test(each) ? each : moving.next());
        }
        return List.copyOf(out);
    }

    private static Digest rank(long seed, String scope, String id) {
        return Digest.sha256(
                ByteBuffer.allocate(Long.BYTES).putLong(seed).array(),
                (scope + "\n" + id).getBytes(StandardCharsets.UTF_8));
    }
}
