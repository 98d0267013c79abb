package io.invigil.exam.paper;

import io.invigil.protocol.crypto.Digest;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A paper: sections of items, without key and without any time. Minutes belong to the roster's
 * subject, the key is an {@link AnswerKey}.
 *
 * @param id name of the paper, unique in the exam
 * @param titleZh may be empty, as {@code titleEn}
 * @param assets every picture that any markup of the paper shows
 */
public record Paper(
        String id, String titleZh, String titleEn, List<Section> sections, List<Asset> assets) {
    public static final int SECTIONS_MAX = 50;
    public static final int ITEMS_MAX = 500;
    public static final int ASSETS_MAX = 500;

    public Paper {
        Identifier.checked("paper", id);
        sections = List.copyOf(sections);
        assets = List.copyOf(assets);
        checkTitle(titleZh);
        checkTitle(titleEn);
        if (sections.isEmpty() || sections.size() > SECTIONS_MAX || assets.size() > ASSETS_MAX) {
            throw new IllegalArgumentException("paper has too few or many sections or assets");
        }
        List<Item> items = sections.stream().flatMap(s -> s.items().stream()).toList();
        Set<String> ids = new HashSet<>();
        if (items.isEmpty() || items.size() > ITEMS_MAX) {
            throw new IllegalArgumentException("a paper has 1 to " + ITEMS_MAX + " items");
        }
        if (!items.stream().allMatch(item -> ids.add(item.id()))) {
            throw new IllegalArgumentException("two items have one identifier");
        }
        Set<String> names = new HashSet<>();
        if (!assets.stream().allMatch(asset -> names.add(asset.name()))) {
            throw new IllegalArgumentException("two assets have one name");
        }
        if (!names.containsAll(shown(sections))) {
            throw new IllegalArgumentException("an item shows an asset that the paper lacks");
        }
    }

    /**
     * @param shuffle whether each sitting sees the items in its own order
     * @param rubric instructions above the items, may be empty
     */
    public record Section(
            String id,
            String titleZh,
            String titleEn,
            Xhtml rubric,
            boolean shuffle,
            List<Item> items) {
        public Section {
            Identifier.checked("section", id);
            checkTitle(titleZh);
            checkTitle(titleEn);
            items = List.copyOf(items);
            if (!ItemBody.placesExactly(rubric, List.of())) {
                throw new IllegalArgumentException("a rubric holds no interaction");
            }
        }
    }

    /**
     * A picture, sound or film of the paper; its bytes are a part of the package or sealed beside
     * the paper.
     *
     * @param sha256 hex digest of the bytes
     */
    public record Asset(String name, String sha256, String mediaType, long bytes) {
        public static final long BYTES_MAX = 16L * 1024 * 1024;
        private static final Set<String> MEDIA_TYPES =
                Set.of(
                        "image/png",
                        "image/jpeg",
                        "image/gif",
                        "image/webp",
                        "audio/mpeg",
                        "audio/ogg",
                        "audio/wav",
                        "audio/mp4",
                        "video/mp4",
                        "video/webm");

        public Asset {
            if (!Identifier.isAssetName(name)) {
                throw new IllegalArgumentException("not an asset name");
            }
            Digest.ofHex(sha256);
            if (!MEDIA_TYPES.contains(mediaType)) {
                throw new IllegalArgumentException("media type not allowed: " + name);
            }
            if (bytes < 1 || bytes > BYTES_MAX) {
                throw new IllegalArgumentException("asset size out of range: " + name);
            }
        }

        /** Whether it is to be heard or watched. */
        public boolean playable() {
            return mediaType.startsWith("audio/") || mediaType.startsWith("video/");
        }
    }

    /** Clips of the paper that play an asset, by item and response identifier. */
    public Map<String, MediaClip> clipsOf(String asset) {
        Map<String, MediaClip> clips = new HashMap<>();
        for (Item item : items()) {
            for (Interaction interaction : item.interactions()) {
                if (interaction instanceof MediaClip clip && clip.asset().equals(asset)) {
                    clips.put(MediaClip.place(item.id(), clip.responseIdentifier()), clip);
                }
            }
        }
        return clips;
    }

    /** All items in the paper's own order. */
    public List<Item> items() {
        return sections.stream().flatMap(section -> section.items().stream()).toList();
    }

    public Optional<Item> item(String itemId) {
        // loops, not streams: asked for every save
        for (Section section : sections) {
            for (Item item : section.items()) {
                if (item.id().equals(itemId)) {
                    return Optional.of(item);
                }
            }
        }
        return Optional.empty();
    }

    public Optional<Asset> asset(String name) {
        return assets.stream().filter(asset -> asset.name().equals(name)).findFirst();
    }

    /** Sum of the items' maxima. */
    public BigDecimal maximum() {
        return items().stream().map(Item::maximum).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Set<String> shown(List<Section> sections) {
        Set<String> names = new HashSet<>();
        for (Section section : sections) {
            names.addAll(ItemBody.assetsIn(section.rubric()));
            for (Item item : section.items()) {
                names.addAll(ItemBody.assetsIn(item.body()));
                item.interactions().stream()
                        .flatMap(Paper::markupOf)
                        .forEach(markup -> names.addAll(ItemBody.assetsIn(markup)));
                item.interactions().stream()
                        .filter(PictureInteraction.class::isInstance)
                        .map(each -> ((PictureInteraction) each).surface().asset())
                        .forEach(names::add);
                item.interactions().stream()
                        .filter(MediaClip.class::isInstance)
                        .map(each -> ((MediaClip) each).asset())
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static Stream<Xhtml> markupOf(Interaction interaction) {
        return switch (interaction) {
            case Interaction.Choice choice ->
                    Stream.concat(
                            Stream.of(choice.prompt()),
                            choice.options().stream().map(Interaction.Option::html));
            case Interaction.TextEntry entry -> Stream.empty();
            case Interaction.ExtendedText text -> Stream.of(text.prompt());
            case Interaction.Ordering order ->
                    Stream.concat(
                            Stream.of(order.prompt()),
                            order.options().stream().map(Interaction.Option::html));
            case Interaction.Matching match ->
                    Stream.of(
                                    Stream.of(match.prompt()),
                                    match.sources().stream().map(Interaction.Option::html),
                                    match.targets().stream().map(Interaction.Option::html))
                            .flatMap(each -> each);
            case PictureInteraction picture -> Stream.of(picture.prompt());
            case FileUpload upload -> Stream.of(upload.prompt());
            case MediaClip clip -> Stream.of(clip.prompt());
        };
    }

    private static void checkTitle(String title) {
        if (title.length() > Item.TITLE_CHARS_MAX) {
            throw new IllegalArgumentException("title too long");
        }
    }
}
