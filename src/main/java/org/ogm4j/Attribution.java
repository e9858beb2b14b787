package org.ogm4j;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of the output and of the parameter gradient of every layer downstream of a fusion comes
 * from the tokens of each modality, on one batch.
 *
 * <p>Output and gradient are split into one part for each modality, and the parts sum to the whole:
 * {@code Y = sum_u Y^u}. The share of a modality is {@code <Y^u, Y> / ||Y||^2}, so shares sum to 1.
 * A share is negative where its part points against the whole.
 *
 * <p>Example: how much of each shared layer comes from sound.
 *
 * <pre>{@code
 * Attribution shares = ModulatedOptimizer.builder().build().attribution(net, batch);
 * for (Attribution.Layer layer : shares.layers()) {
 *     System.out.printf("%s: output %.2f, gradient %.2f%n", layer.name(),
 *             layer.output().get("audio"), layer.gradient().getOrDefault("audio", 0.0));
 * }
 * }</pre>
 *
 * @param modalities their names
 * @param layers in the order that data flows: those downstream of the fusion whose output is a
 *     sequence
 * @since 0.1.0
 */
public record Attribution(List<String> modalities, List<Layer> layers) {

    /** The owner of tokens that belong to more than one modality. */
    public static final String SEVERAL = "several";

    /** Copies the lists. */
    public Attribution {
        modalities = List.copyOf(modalities);
        layers = List.copyOf(layers);
    }

    /**
     * One layer.
     *
     * @param name its name
     * @param tokens whose the tokens of its output are
     * @param output the share of each modality in the output; of attention by the tokens that are
     *     read, else by the place of the token
     * @param gradient the share of each modality in the gradient of its parameters; empty for a
     *     layer without any
     * @param exact whether each part of the gradient comes from tokens of its modality alone, as in
     *     attention and in layers that work token by token. If not, the layer mixes tokens in a way
     *     that cannot be followed, and the gradient is split by the place of its output
     */
    public record Layer(
            String name,
            List<Tokens> tokens,
            Map<String, Double> output,
            Map<String, Double> gradient,
            boolean exact) {

        /** Copies lists and maps, and keeps the order of the modalities. */
        public Layer {
            tokens = List.copyOf(tokens);
            output = Collections.unmodifiableMap(new LinkedHashMap<>(output));
            gradient = Collections.unmodifiableMap(new LinkedHashMap<>(gradient));
        }
    }

    /**
     * Neighbouring tokens of one owner.
     *
     * @param modality its name, or {@link Attribution#SEVERAL}
     * @param from the first token, counted from 0
     * @param to one after the last token
     */
    public record Tokens(String modality, long from, long to) {}
}
