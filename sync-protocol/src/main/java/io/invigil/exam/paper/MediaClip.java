package io.invigil.exam.paper;

/**
 * Something to hear or watch (QTI mediaInteraction, or an audio or video object in the body); asks
 * nothing itself. Plays are counted by the node when they begin, so that neither a reload nor
 * another machine gives more of them.
 *
 * @param asset name of an asset of the paper
 * @param maxPlays 0 for any number
 */
public record MediaClip(
        String responseIdentifier, Xhtml prompt, String asset, boolean video, int maxPlays)
        implements Interaction {
    public static final int PLAYS_MAX = 20;

    public MediaClip {
        Identifier.checked("response", responseIdentifier);
        if (prompt == null
                || !Identifier.isAssetName(asset)
                || maxPlays < 0
                || maxPlays > PLAYS_MAX) {
            throw new IllegalArgumentException("audio or video out of range");
        }
    }

    /** How a clip is named where its plays are counted. */
    public static String place(String item, String clip) {
        return item + "/" + clip;
    }

    @Override
    public boolean asks() {
        return false;
    }

    /** As QTI declares it; no response ever holds it. */
    @Override
    public BaseType baseType() {
        return BaseType.INTEGER;
    }

    @Override
    public Cardinality cardinality() {
        return Cardinality.SINGLE;
    }
}
