package org.ogm4j.examples.network;

/**
 * How often the answers were right.
 *
 * @param fused from both modalities
 * @param audio from the sound alone
 * @param visual from the image alone
 * @param examples how many there were
 */
public record Hits(long fused, long audio, long visual, long examples) {

    static final Hits NONE = new Hits(0, 0, 0, 0);

    Hits plus(Hits more) {
        return new Hits(
                fused + more.fused,
                audio + more.audio,
                visual + more.visual,
                examples + more.examples);
    }

    /** The three as shares of all examples. */
    public Accuracy accuracy() {
        double n = examples;
        return new Accuracy(fused / n, audio / n, visual / n);
    }
}
