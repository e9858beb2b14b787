package org.ogm4j.examples.network;

import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.ogm4j.examples.signal.Examples;

/**
 * How much of the fused accuracy is owed to each modality: its Shapley value in the game whose
 * players are the modalities and whose gain v(S) is the accuracy with all inputs outside S set to
 * 0, the mean of the standardised training inputs.
 *
 * <pre>
 * phi(u) = ( v(u) - v() + v(u, w) - v(w) ) / 2        phi(audio) + phi(visual) = v(both) - v()
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/2205.00302">Hu, Li, Zhou: SHAPE, IJCAI 2022</a>
 */
public final class Shapley {

    private Shapley() {}

    /**
     * In units of accuracy; NaN for both if the network reads one modality only.
     *
     * @param both the accuracy with all inputs
     */
    public static PerModality of(ComputationGraph graph, Examples examples, double both) {
        if (graph.getNumInputArrays() < 2) {
            return new PerModality(Double.NaN, Double.NaN);
        }
        return of(
                withoutInputs(graph, examples),
                accuracy(graph, examples, Modality.AUDIO),
                accuracy(graph, examples, Modality.VISUAL),
                both);
    }

    static PerModality of(double none, double audio, double visual, double both) {
        return new PerModality(
                (audio - none + both - visual) / 2, (visual - none + both - audio) / 2);
    }

    /** Its one answer, whatever the example, is found once. */
    private static double withoutInputs(ComputationGraph graph, Examples examples) {
        MultiDataSet any = Feed.of(graph, examples.inOrder().iterator().next());
        for (INDArray input : any.getFeatures()) {
            input.assign(0);
        }
        int answer = graph.output(any.getFeatures())[0].argMax(1).getInt(0);
        long hits =
                IntStream.range(0, examples.size())
                        .filter(i -> examples.digit(i) == answer)
                        .count();
        return hits / (double) examples.size();
    }

    private static double accuracy(ComputationGraph graph, Examples examples, Modality present) {
        long hits = 0;
        for (MultiDataSet batch : examples.inOrder()) {
            MultiDataSet own = Feed.of(graph, batch);
            List<String> inputs = graph.getConfiguration().getNetworkInputs();
            own.getFeatures(inputs.indexOf(present.other().input())).assign(0);
            INDArray fused = graph.output(own.getFeatures())[0];
            hits += ModalityLogits.hitsOf(fused, own.getLabels(0));
        }
        return hits / (double) examples.size();
    }
}
