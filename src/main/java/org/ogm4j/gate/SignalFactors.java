package org.ogm4j.gate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;
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
 */
record SignalFactors(
        Map<String, Double> coefficients, Map<String, Double> all, Map<String, double[]> rows) {

    /**
     * The factors of those modalities whose coefficient acts on the error signal; with noise, from
     * the stream of this seed, step and modality.
     *
     * @param all k of every modality
     */
    static SignalFactors of(ComputationGraph graph, ModulationPlan plan, Map<String, Double> all) {
        Map<String, Double> coefficients = new HashMap<>();
        Map<String, double[]> rows = new HashMap<>();
        for (int u = 0; u < plan.modalities().size(); u++) {
            ModalityPlan modality = plan.modalities().get(u);
            if (!modality.inUpdaters()) {
                double k = all.get(modality.name());
                coefficients.put(modality.name(), k);
                if (plan.noise().active()) {
                    int step = graph.getIterationCount();
                    double[] z = CounterGaussian.draw(plan.seed(), step, u, graph.batchSize());
                    rows.put(modality.name(), RowWeights.of(k, plan.noise().scale(), z));
                }
            }
        }
        return new SignalFactors(coefficients, all, rows);
    }

    /** Whether the modality's error signal stays as it is. */
    boolean leaveAlone(String modality) {
        return !coefficients.containsKey(modality)
                || (rows.isEmpty() && coefficients.get(modality) == 1);
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
     * @throws IllegalStateException if there is noise, and the rows are not a multiple of the
     *     examples
     */
    INDArray multiply(
            String modality, INDArray epsilon, int[] exampleOf, INDArray result, String vertex) {
        if (rows.isEmpty()) {
            return epsilon.muli(coefficients.get(modality), result);
        }
        return multiplyRows(epsilon, rows.get(modality), exampleOf, result, vertex);
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
     * @throws IllegalStateException if the rows are not a multiple of the examples
     */
    static INDArray multiplyRows(
            INDArray array, double[] ofExamples, int[] exampleOf, INDArray result, String vertex) {
        boolean known = exampleOf != null && exampleOf.length == array.size(0);
        double[] ofRows =
                known
                        ? Arrays.stream(exampleOf).mapToDouble(i -> ofExamples[i]).toArray()
                        : repeated(ofExamples, array.size(0), vertex);
        INDArray weights = Nd4j.createFromArray(ofRows).castTo(array.dataType());
        return Nd4j.getExecutioner().exec(new BroadcastMulOp(array, weights, result, 0));
    }

    private static double[] repeated(double[] weights, long rows, String vertex) {
        int m = weights.length;
        if (rows % m != 0) {
            throw new IllegalStateException(
                    "rows of the error signal at \"%s\" must be a multiple of the %d examples for noise to be drawn per example, got %d: use GradientNoise.none(), and PredictionModulation.none()"
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
