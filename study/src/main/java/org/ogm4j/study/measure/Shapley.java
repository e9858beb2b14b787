package org.ogm4j.study.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * How much of the fused measure is owed to each modality: its Shapley value in the game whose
 * players are the M modalities and whose gain v(S) is the measure with all inputs outside S set to
 * 0, the mean of standardised inputs.
 *
 * <pre>
 * phi(u) = sum over S without u of  |S|! (M - |S| - 1)! / M!  ( v(S and u) - v(S) )
 * sum over u of phi(u) = v(all) - v(none)
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/2205.00302">Hu, Li, Zhou: SHAPE, IJCAI 2022</a>
 */
public final class Shapley {

    /** With more the 2^M passes over the examples would take longer than training. */
    private static final int MOST = 6;

    private Shapley() {}

    /**
     * In units of the measure; NaN for all if the network does not read all modalities, or if there
     * are more than six.
     *
     * @param examples a new iterator at each call
     * @param all the measure with all inputs
     */
    public static Map<String, Double> of(
            ComputationGraph graph,
            Supplier<MultiDataSetIterator> examples,
            double all,
            Layout layout) {
        List<String> players = layout.modalities();
        int full = (1 << players.size()) - 1;
        boolean some =
                graph.getNumInputArrays() < layout.networkInputs().size()
                        || players.size() < 2
                        || players.size() > MOST;
        double[] gains = new double[full + 1];
        for (int present = 0; present < full && !some; present++) {
            gains[present] = measure(graph, examples.get(), layout, present);
        }
        gains[full] = all;
        Map<String, Double> values = new LinkedHashMap<>();
        for (int u = 0; u < players.size(); u++) {
            values.put(players.get(u), some ? Double.NaN : of(u, players.size(), s -> gains[s]));
        }
        return values;
    }

    /**
     * The value of one player.
     *
     * @param gain v of a set; player u is in it if its bit u is set
     */
    static double of(int u, int players, IntToDoubleFunction gain) {
        double sum = 0;
        for (int others = 0; others < 1 << players; others++) {
            if ((others >> u & 1) == 0) {
                double more = gain.applyAsDouble(others | 1 << u) - gain.applyAsDouble(others);
                sum += weight(Integer.bitCount(others), players) * more;
            }
        }
        return sum;
    }

    /** {@code s! (M - s - 1)! / M!}, which is {@code 1 / (M binomial(M - 1, s))}. */
    private static double weight(int s, int players) {
        double binomial = 1;
        for (int i = 1; i <= s; i++) {
            binomial = binomial * (players - i) / i;
        }
        return 1 / (players * binomial);
    }

    private static double measure(
            ComputationGraph graph, MultiDataSetIterator examples, Layout layout, int present) {
        return Quality.first(graph, new Without(examples, layout, present), layout);
    }

    /** The batches with the inputs of absent modalities set to 0. */
    private static final class Without extends BatchView {

        private static final long serialVersionUID = 1L;

        private final transient Layout layout;
        private final int present;

        Without(MultiDataSetIterator all, Layout layout, int present) {
            super(all);
            this.layout = layout;
            this.present = present;
        }

        @Override
        protected MultiDataSet seen(MultiDataSet batch) {
            INDArray[] features = batch.getFeatures().clone();
            for (int u = 0; u < layout.modalities().size(); u++) {
                for (String input : layout.inputs(layout.modalities().get(u))) {
                    int index = layout.networkInputs().indexOf(input);
                    if ((present >> u & 1) == 0) {
                        features[index] = features[index].ulike().assign(0);
                    }
                }
            }
            return new org.nd4j.linalg.dataset.MultiDataSet(
                    features,
                    batch.getLabels(),
                    batch.getFeaturesMaskArrays(),
                    batch.getLabelsMaskArrays());
        }
    }
}
