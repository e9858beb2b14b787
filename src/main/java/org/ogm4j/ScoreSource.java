package org.ogm4j;

import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * Where the logits of one modality alone come from, which its score is computed with.
 *
 * <table>
 * <caption>Sources</caption>
 * <tr><th>source</th><th>logits of modality u alone</th></tr>
 * <tr><td>{@link #head()}</td><td>the head's own rows for u, {@code W^u phi^u + b/M}, or u's own
 * head in a sum of heads</td></tr>
 * <tr><td>{@link #zeroOut()}</td><td>those of the network with the features of all other modalities
 * set to 0</td></tr>
 * <tr><td>{@link #probe()}</td><td>those of a small classifier on u's path, trained alongside with
 * its gradient stopped</td></tr>
 * <tr><td>{@link #automatic()}</td><td>the head where it can be split, else zero-out</td></tr>
 * </table>
 *
 * <p>Example: zero-out for all modalities, but a probe with a hidden layer for sound.
 *
 * <pre>{@code
 * ScoreSource probe = ScoreSource.probe()
 *         .at("audio_conv2")
 *         .through(new DenseLayer.Builder().nOut(32).activation(Activation.RELU).build());
 * ModulatedOptimizer ogm = ModulatedOptimizer.builder()
 *         .score(ScoreSource.zeroOut()).score("audio", probe).scoreEvery(4)
 *         .build();
 * }</pre>
 *
 * @param kind which source
 * @param vertex of a probe: the vertex it reads; null: the end of the encoder
 * @param layers of a probe: layers upstream of its linear classifier
 * @since 0.1.0
 */
public record ScoreSource(Kind kind, String vertex, List<Layer> layers) {

    /** The kinds of sources. */
    public enum Kind {
        /** See {@link ScoreSource#automatic()}. */
        AUTOMATIC,
        /** See {@link ScoreSource#head()}. */
        HEAD,
        /** See {@link ScoreSource#zeroOut()}. */
        ZERO_OUT,
        /** See {@link ScoreSource#probe()}. */
        PROBE
    }

    /** Checks that only a probe has a vertex and layers. */
    public ScoreSource {
        Objects.requireNonNull(kind, "kind");
        layers = List.copyOf(layers);
        if (kind != Kind.PROBE && (vertex != null || !layers.isEmpty())) {
            throw new IllegalArgumentException(
                    "vertex and layers must be of a probe, got a source of kind " + kind);
        }
    }

    /**
     * The default: the head where it can be split between the modalities, which is after a
     * concatenation or a sum of heads; everywhere else zero-out.
     *
     * @return the source
     */
    public static ScoreSource automatic() {
        return of(Kind.AUTOMATIC);
    }

    /**
     * The head, which costs next to nothing: with concatenation {@code W^u phi^u + b/M} with the
     * rows of its weights that read modality u, with a sum of heads the modality's own head.
     *
     * @return the source
     * @see <a href="https://arxiv.org/abs/2203.15332">Peng et al., CVPR 2022, eq. 8</a>
     */
    public static ScoreSource head() {
        return of(Kind.HEAD);
    }

    /**
     * The shared part of the network, run once more for each modality with the features of the
     * others set to 0, at inference settings. It works with any fusion.
     *
     * @return the source
     */
    public static ScoreSource zeroOut() {
        return of(Kind.ZERO_OUT);
    }

    /**
     * A small classifier of the modality's own: a linear layer on the end of its encoder, or on
     * another vertex of its path. Sequences and images are averaged over their places first. It is
     * trained with the network on the same labels, and its gradient does not reach the network.
     *
     * @return the source
     */
    public static ScoreSource probe() {
        return of(Kind.PROBE);
    }

    /**
     * The same probe on another vertex.
     *
     * @param vertex a vertex that the modality alone reaches
     * @return the source
     * @throws IllegalArgumentException if this is no probe
     */
    public ScoreSource at(String vertex) {
        return new ScoreSource(kind, Objects.requireNonNull(vertex, "vertex"), layers);
    }

    /**
     * The same probe with layers upstream of its linear classifier, for example the first few of
     * another network.
     *
     * @param layers configurations, first to last; the number of their inputs is computed. A layer
     *     without an updater of its own gets that of the output layer
     * @return the source
     * @throws IllegalArgumentException if this is no probe
     */
    public ScoreSource through(Layer... layers) {
        return new ScoreSource(kind, vertex, List.of(layers));
    }

    private static ScoreSource of(Kind kind) {
        return new ScoreSource(kind, null, List.of());
    }
}
