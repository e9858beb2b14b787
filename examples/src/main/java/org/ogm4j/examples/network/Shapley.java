package org.ogm4j.examples.network;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

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
    public static PerModality of(
            ComputationGraph graph, MultiDataSetIterator examples, double both) {
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
    private static double withoutInputs(ComputationGraph graph, MultiDataSetIterator examples) {
        examples.reset();
        int answer = -1;
        long hits = 0;
        long count = 0;
        while (examples.hasNext()) {
            MultiDataSet batch = Feed.of(graph, examples.next());
            if (answer < 0) {
                for (INDArray input : batch.getFeatures()) {
                    input.assign(0);
                }
                answer = graph.output(batch.getFeatures())[0].argMax(1).getInt(0);
            }
            for (int truth : batch.getLabels(0).argMax(1).toIntVector()) {
                hits += truth == answer ? 1 : 0;
                count++;
            }
        }
        return hits / (double) count;
    }

    private static double accuracy(
            ComputationGraph graph, MultiDataSetIterator examples, Modality present) {
        examples.reset();
        int absent = graph.getConfiguration().getNetworkInputs().indexOf(present.other().input());
        long hits = 0;
        long count = 0;
        while (examples.hasNext()) {
            MultiDataSet batch = Feed.of(graph, examples.next());
            batch.getFeatures(absent).assign(0);
            INDArray fused = graph.output(batch.getFeatures())[0];
            hits += ModalityLogits.hitsOf(fused, batch.getLabels(0));
            count += fused.size(0);
        }
        return hits / (double) count;
    }
}
