package io.invigil.site.delivery;

import static io.invigil.site.delivery.ItemHtml.attribute;
import static io.invigil.site.delivery.ItemHtml.escape;

import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.ItemBody;
import io.invigil.exam.paper.MediaClip;
import java.util.function.Function;

/**
 * Audio and video with a button that plays from the beginning: the browser's own controls would
 * wind back without being counted. Pure.
 */
final class MediaHtml {
    private final Function<String, String> assetUrl;
    private final Words words;

    /**
     * Words in the candidate's language.
     *
     * @param left with {@code {0}} for how many plays are left
     */
    record Words(
            String play,
            String stop,
            String left,
            String none,
            String playing,
            String unreachable,
            String broken) {}

    MediaHtml(Function<String, String> assetUrl, Words words) {
        this.assetUrl = assetUrl;
        this.words = words;
    }

    String control(Item item, MediaClip clip) {
        String id = item.id() + "/" + clip.responseIdentifier();
        String player = clip.video() ? "video" : "audio";
        return "<div class=\"media-answer\""
                + attribute("data-media", clip.responseIdentifier())
                + attribute("data-place", MediaClip.place(item.id(), clip.responseIdentifier()))
                + attribute("data-most", Integer.toString(clip.maxPlays()))
                + attribute("data-src", assetUrl.apply(clip.asset()))
                + attribute("data-play", words.play())
                + attribute("data-stop", words.stop())
                + attribute("data-left", words.left())
                + attribute("data-none", words.none())
                + attribute("data-playing", words.playing())
                + attribute("data-unreachable", words.unreachable())
                + attribute("data-broken", words.broken())
                + "><div"
                + attribute("id", id + "/prompt")
                + ">"
                + ItemBody.withAssets(clip.prompt(), assetUrl)
                + "</div><"
                + player
                + " preload=\"none\" disablepictureinpicture"
                + " controlslist=\"nodownload\"></"
                + player
                + "><p class=\"row\"><button type=\"button\" class=\"button\" data-media-play"
                + attribute("aria-describedby", id + "/prompt")
                + ">"
                + escape(words.play())
                + "</button><output class=\"media-said hint\" aria-live=\"polite\"></output></p>"
                + "</div>";
    }
}
