package org.ogm4j.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.math.CounterUniform;

/**
 * A plain network that multiplies features with arrays that it is given, vertex by vertex: what
 * dropping them is by definition.
 */
public final class DroppedNets {

    private static final long EXAMPLES = (1L << 40) + 1;

    private DroppedNets() {}

    /** What a modality's features are multiplied with, by hand, for each example. */
    public record Factors(Map<String, double[]> byModality, Map<String, Double> rates) {

        /**
         * Of one step.
         *
         * @param ratios of the step before
         * @param widths d of each modality
         */
        public static Factors of(
                long seed,
                int step,
                int examples,
                double baseRate,
                double lambda,
                Map<String, Double> ratios,
                Map<String, Long> widths) {
            Map<String, Double> rates = new LinkedHashMap<>();
            double dropped = 0;
            double all = 0;
            for (Map.Entry<String, Double> ratio : ratios.entrySet()) {
                double rho = ratio.getValue();
                double q =
                        rho <= 1
                                ? 0
                                : Math.max(
                                        0,
                                        Math.min(1, baseRate * (1 + lambda * Math.tanh(rho - 1))));
                rates.put(ratio.getKey(), q);
                dropped += widths.get(ratio.getKey()) * q;
                all += widths.get(ratio.getKey());
            }
            double theta = dropped / all;
            Map<String, double[]> factors = new LinkedHashMap<>();
            for (String modality : ratios.keySet()) {
                double[] u = CounterUniform.draw(seed, step, EXAMPLES + factors.size(), examples);
                double q = rates.get(modality);
                factors.put(
                        modality,
                        Arrays.stream(u).map(x -> x <= q ? 0 : 1 / (1 - theta)).toArray());
            }
            return new Factors(factors, rates);
        }

        /** How many examples lose the features of a modality. */
        public long dropped(String modality) {
            return Arrays.stream(byModality.get(modality)).filter(f -> f == 0).count();
        }
    }

    /** The features at the ends of encoders, as a plain network makes them in training. */
    public static Map<String, INDArray> features(
            ComputationGraph plain, MultiDataSet batch, List<String> ends) {
        plain.setLayerMaskArrays(batch.getFeaturesMaskArrays(), batch.getLabelsMaskArrays());
        Nd4j.getRandom().setSeed(5);
        Map<String, INDArray> all = plain.feedForward(batch.getFeatures(), true);
        plain.clearLayerMaskArrays();
        Map<String, INDArray> features = new LinkedHashMap<>();
        ends.forEach(end -> features.put(end, all.get(end)));
        return features;
    }

    /** The network with an input for each end, with which it is multiplied for all its readers. */
    public static ComputationGraph network(ComputationGraph plain, List<String> ends) {
        // a copy that keeps the axis of a MergeVertex
        ComputationGraphConfiguration conf = ModulatedOptimizer.strip(plain).getConfiguration();
        for (String end : ends) {
            String input = "factors-of-" + end;
            String product = "left-of-" + end;
            conf.getVertexInputs()
                    .replaceAll(
                            (name, sources) ->
                                    sources.stream()
                                            .map(s -> s.equals(end) ? product : s)
                                            .toList());
            conf.getVertices().put(product, Nets.product());
            conf.getVertexInputs().put(product, List.of(end, input));
            conf.getNetworkInputs().add(input);
        }
        conf.setTopologicalOrder(null);
        conf.setTopologicalOrderStr(null);
        ComputationGraph graph = Nets.init(conf);
        Map<String, INDArray> own = graph.paramTable();
        plain.paramTable().forEach((name, values) -> own.get(name).assign(values));
        return graph;
    }

    /** A batch for it: row r of an end's features is of example r mod m. */
    public static MultiDataSet batch(
            MultiDataSet batch, Map<String, INDArray> features, Map<String, double[]> ofEnds) {
        List<INDArray> inputs = new ArrayList<>(List.of(batch.getFeatures()));
        INDArray[] given = batch.getFeaturesMaskArrays();
        List<INDArray> masks = given == null ? null : new ArrayList<>(Arrays.asList(given));
        for (Map.Entry<String, INDArray> end : features.entrySet()) {
            double[] factors = ofEnds.get(end.getKey());
            INDArray array = Nd4j.create(end.getValue().dataType(), end.getValue().shape());
            for (long row = 0; row < array.size(0); row++) {
                array.slice(row).assign(factors[(int) (row % factors.length)]);
            }
            if (masks != null) {
                masks.add(end.getValue().rank() == 3 ? given[masks.size() - given.length] : null);
            }
            inputs.add(array);
        }
        return new MultiDataSet(
                inputs.toArray(INDArray[]::new),
                batch.getLabels(),
                masks == null ? null : masks.toArray(INDArray[]::new),
                batch.getLabelsMaskArrays());
    }
}
