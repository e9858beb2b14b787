package org.ogm4j.gate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.host.Numbers;
import org.ogm4j.math.CounterGaussian;
import org.ogm4j.math.RowWeights;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;

/**
 * The factors on the error signals of one training step.
 *
 * @param coefficients k of each modality whose error signal is modulated
 * @param all k of every modality, wherever it acts
 * @param rows with noise the weight of each example, for each modality; empty without noise
 * @param present 1 for each example that has the modality, else 0; only of modalities that some
 *     example lacks
 */
record SignalFactors(
        Map<String, Double> coefficients,
        Map<String, Double> all,
        Map<String, double[]> rows,
        Map<String, double[]> present) {

    /**
     * The factors of those modalities whose coefficient acts on the error signal; with noise, from
     * the stream of this seed, step and modality.
     *
     * @param all k of every modality
     * @param has for each modality whether each example has it; null where all have it
     */
    static SignalFactors of(
            ComputationGraph graph, ModulationPlan plan, Map<String, Double> all, boolean[][] has) {
        Map<String, Double> coefficients = new HashMap<>();
        Map<String, double[]> rows = new HashMap<>();
        Map<String, double[]> present = new HashMap<>();
        int m = graph.batchSize();
        for (int u = 0; u < plan.modalities().size(); u++) {
            ModalityPlan modality = plan.modalities().get(u);
            if (!modality.inUpdaters()) {
                double k = all.get(modality.name());
                coefficients.put(modality.name(), k);
                if (plan.noise().active()) {
                    int step = graph.getIterationCount();
                    double[] z = CounterGaussian.draw(plan.seed(), step, u, m);
                    rows.put(modality.name(), RowWeights.of(k, plan.noise().scale(), z, has[u]));
                }
            }
            if (has[u] != null) {
                present.put(modality.name(), RowWeights.of(1, 0, new double[m], has[u]));
            }
        }
        return new SignalFactors(coefficients, all, rows, present);
    }

    /** Whether the modality's error signal stays as it is. */
    boolean leaveAlone(String modality) {
        return !present.containsKey(modality)
                && (!coefficients.containsKey(modality)
                        || (rows.isEmpty() && coefficients.get(modality) == 1));
    }

    /** Whether examples have factors of their own. */
    boolean perExample(String modality) {
        return rows.containsKey(modality) || present.containsKey(modality);
    }

    /**
     * Multiplies an error signal, row i by the weight of example i.
     *
     * @param modality whose signal it is
     * @param epsilon shape [m, ...], or with several rows for each example
     * @param exampleOf the example that each row is of; null or of another length: row r is of
     *     example r mod m, as with steps
     * @param result where to write, of the same shape
     * @param vertex named in the message of a failure
     * @return result
     * @throws IllegalStateException if examples have factors, and nothing tells which rows are
     *     whose
     */
    INDArray multiply(
            String modality, INDArray epsilon, int[] exampleOf, INDArray result, String vertex) {
        if (rows.containsKey(modality)) {
            return multiplyRows(epsilon, rows.get(modality), exampleOf, result, vertex);
        }
        double[] k = {coefficients.getOrDefault(modality, 1.0)};
        multiplyRows(epsilon, k, null, result, vertex);
        return present.containsKey(modality)
                ? multiplyRows(result, present.get(modality), exampleOf, result, vertex)
                : result;
    }

    /**
     * The signal of the examples that have the modality alone.
     *
     * @param modality whose signal it is
     * @param signal as in {@link #multiply}
     * @return the signal itself if all examples have it; else a copy with rows of 0
     */
    INDArray ofPresent(String modality, INDArray signal, int[] exampleOf, String vertex) {
        return present.containsKey(modality)
                ? multiplyRows(signal, present.get(modality), exampleOf, signal.ulike(), vertex)
                : signal;
    }

    /** Whether something tells which rows are whose: all as in {@link #multiplyRows}. */
    static boolean knows(INDArray array, double[] ofExamples, int[] exampleOf) {
        return isOfRows(exampleOf, array) || array.size(0) % ofExamples.length == 0;
    }

    private static boolean isOfRows(int[] exampleOf, INDArray array) {
        return exampleOf != null && exampleOf.length == array.size(0);
    }

    /**
     * Multiplies row i by the weight of example i.
     *
     * @param array features or an error signal
     * @param ofExamples one weight for each example
     * @param exampleOf as above
     * @param result where to write, of the same shape
     * @param vertex named in the message of a failure
     * @return result
     * @throws IllegalStateException if nothing tells which rows are whose
     */
    static INDArray multiplyRows(
            INDArray array, double[] ofExamples, int[] exampleOf, INDArray result, String vertex) {
        boolean known = isOfRows(exampleOf, array);
        double[] ofRows =
                known
                        ? Arrays.stream(exampleOf).mapToDouble(i -> ofExamples[i]).toArray()
                        : repeated(ofExamples, array.size(0), vertex);
        Numbers.multiplyRows(array, ofRows, result);
        return result;
    }

    private static double[] repeated(double[] weights, long rows, String vertex) {
        int m = weights.length;
        if (rows % m != 0) {
            throw new IllegalStateException(
                    "rows at \"%s\" must be one or more for each of the %d examples, got %d, made by a vertex that is not DL4J's: noise per example, dropped features and missing modalities have to know whose a row is. Use GradientNoise.none(), leave out dropFeatures(...), and give no example whose modality is missing"
                            .formatted(vertex, m, rows));
        }
        if (rows == m) {
            return weights;
        }
        double[] repeated = new double[(int) rows];
        Arrays.setAll(repeated, row -> weights[row % m]);
        return repeated;
    }
}
