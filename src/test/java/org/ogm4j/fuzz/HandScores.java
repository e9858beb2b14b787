package org.ogm4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.ogm4j.ModalityStep;
import org.ogm4j.host.Vertices;
import org.ogm4j.plan.ModalityPlan;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.score.FeatureSlice;
import org.ogm4j.score.HeadReadout;
import org.ogm4j.score.Readout;
import org.ogm4j.testing.Alone;

/**
 * The scores of a network a second time: features multiplied out by plain loops, or another network
 * run on features of which those of other modalities are 0, and then labels of every kind by hand.
 */
final class HandScores {

    private final ComputationGraph graph;
    private final ComputationGraphConfiguration conf;
    private final ModulationPlan plan;
    private final MultiDataSet batch;
    private final Map<String, INDArray> activations;

    /**
     * Of a network in the state before a step.
     *
     * @param batch with features of 0 where an example lacks a modality
     */
    HandScores(ComputationGraph graph, MultiDataSet batch) {
        this.graph = graph;
        conf = graph.getConfiguration();
        plan = Rewrite.planOf(conf).orElseThrow();
        this.batch = batch;
        activations = new LinkedHashMap<>(graph.feedForward(batch.getFeatures(), true));
        activations.replaceAll((name, array) -> array.dup());
    }

    /**
     * Whether the second way knows all that the network does: no masked input, and where a shared
     * part runs again, at inference, no batch norm and one output.
     */
    static boolean canCheck(ComputationGraphConfiguration modulated, MultiDataSet batch) {
        boolean runsAgain = !Rewrite.planOf(modulated).orElseThrow().zeroOutputs().isEmpty();
        return modulated.getDataType() == DataType.DOUBLE
                && batch.getFeaturesMaskArrays() == null
                && !(runsAgain && modulated.getNetworkOutputs().size() > 1)
                && !(runsAgain && modulated.toJson().contains("BatchNormalization"));
    }

    /**
     * Compares the scores that a step had.
     *
     * @param lacks whether the first example of the batch lacks the first modality
     */
    void check(Map<String, ModalityStep> steps, boolean lacks) {
        Map<String, Double> expected = scores(lacks);
        for (Map.Entry<String, ModalityStep> step : steps.entrySet()) {
            double score = expected.get(step.getKey());
            double tolerance = Double.isNaN(score) ? 0 : 1e-8 * score;
            assertEquals(score, step.getValue().score(), tolerance, "score by hand");
        }
    }

    private Map<String, Double> scores(boolean lacks) {
        // by output and modality the loss of each example, NaN for one that does not count
        Map<String, Map<String, double[]>> losses = new LinkedHashMap<>();
        for (ModalityPlan modality : plan.modalities()) {
            for (Readout readout : modality.readouts()) {
                double[][] predictions =
                        readout instanceof HeadReadout head
                                ? activated(head)
                                : rows(alone(modality.name(), readout.output()));
                double[] ofExamples = ofExamples(readout.output(), predictions);
                if (lacks && modality.name().equals("m0")) {
                    ofExamples[0] = Double.NaN;
                }
                losses.computeIfAbsent(readout.output(), output -> new LinkedHashMap<>())
                        .put(modality.name(), ofExamples);
            }
        }
        Map<String, Double> scores = new LinkedHashMap<>();
        for (ModalityPlan modality : plan.modalities()) {
            scores.put(modality.name(), score(modality.name(), losses));
        }
        return scores;
    }

    private double score(String modality, Map<String, Map<String, double[]>> losses) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < batch.getFeatures(0).size(0); i++) {
            double own = 0;
            int outputs = 0;
            for (String output : losses.keySet()) {
                double[] loss = losses.get(output).get(modality);
                if (loss != null && !Double.isNaN(loss[i])) {
                    own += Math.exp(-loss[i] / unit(output, losses.get(output)));
                    outputs++;
                }
            }
            sum += outputs == 0 ? 0 : own / outputs;
            count += outputs == 0 ? 0 : 1;
        }
        return sum / count;
    }

    /** tau of regression; 1 of all others. */
    private double unit(String output, Map<String, double[]> losses) {
        double sum = 0;
        int count = 0;
        for (double[] ofModality : losses.values()) {
            for (double loss : ofModality) {
                sum += Double.isNaN(loss) ? 0 : loss;
                count += Double.isNaN(loss) ? 0 : 1;
            }
        }
        return lossOf(output) instanceof LossMSE ? sum / count : 1;
    }

    /** The mean over the unmasked rows of each example. */
    private double[] ofExamples(String output, double[][] predictions) {
        int index = conf.getNetworkOutputs().indexOf(output);
        int m = (int) batch.getFeatures(0).size(0);
        double[][] labels = rows(batch.getLabels(index));
        INDArray masks =
                batch.getLabelsMaskArrays() == null ? null : batch.getLabelsMaskArray(index);
        double[] sum = new double[m];
        int[] count = new int[m];
        for (int row = 0; row < predictions.length; row++) {
            boolean counts = masks == null || masks.getDouble(row % m, row / m) != 0;
            double loss = loss(lossOf(output), labels[row], predictions[row]);
            if (counts && !Double.isNaN(loss)) {
                sum[row % m] += loss;
                count[row % m]++;
            }
        }
        for (int i = 0; i < m; i++) {
            sum[i] = count[i] == 0 ? Double.NaN : sum[i] / count[i];
        }
        return sum;
    }

    private static double loss(ILossFunction kind, double[] y, double[] p) {
        double total = 0;
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            double label = kind instanceof LossSparseMCXENT ? (y[0] == c ? 1 : 0) : y[c];
            total += label;
            if (kind instanceof LossBinaryXENT) {
                sum -= (label * Math.log(p[c]) + (1 - label) * Math.log(1 - p[c])) / p.length;
            } else if (kind instanceof LossMSE) {
                sum += (p[c] - label) * (p[c] - label) / p.length;
            } else {
                sum += label * p[c];
            }
        }
        boolean classes = !(kind instanceof LossBinaryXENT || kind instanceof LossMSE);
        return classes ? -Math.log(sum / total) : sum;
    }

    private ILossFunction lossOf(String output) {
        Layer layer = Vertices.layerOf(conf.getVertices().get(output));
        return layer instanceof LossLayer loss
                ? loss.getLossFn()
                : ((BaseOutputLayer) layer).getLossFn();
    }

    /** The logits of a head's own rows, multiplied out, and what its loss makes of them. */
    private double[][] activated(HeadReadout head) {
        double[][] w = graph.getVertex(head.head()).paramTable(false).get("W").toDoubleMatrix();
        double[] b = graph.getVertex(head.head()).paramTable(false).get("b").dup().toDoubleVector();
        double[][] z = null;
        int first = 0;
        for (FeatureSlice slice : head.slices()) {
            String source = conf.getVertexInputs().get(slice.vertex()).get(slice.input());
            double[][] x = rows(activations.get(source));
            z = z == null ? new double[x.length][b.length] : z;
            for (int row = 0; slice.own() && row < x.length; row++) {
                for (int d = 0; d < x[row].length; d++) {
                    for (int c = 0; c < b.length; c++) {
                        z[row][c] += x[row][d] * w[first + d][c];
                    }
                }
            }
            first += x[0].length;
        }
        ILossFunction loss = lossOf(head.output());
        for (double[] row : z) {
            double all = 0;
            for (int c = 0; c < b.length; c++) {
                row[c] += head.biasShare() * b[c];
                all += Math.exp(row[c]);
            }
            for (int c = 0; c < b.length && !(loss instanceof LossMSE); c++) {
                row[c] =
                        loss instanceof LossBinaryXENT
                                ? 1 / (1 + Math.exp(-row[c]))
                                : Math.exp(row[c]) / all;
            }
        }
        return z;
    }

    /** What the output predicts of one modality: another network, run on zeros for the others. */
    private INDArray alone(String modality, String output) {
        Set<String> ends = new LinkedHashSet<>();
        Set<String> kept = new LinkedHashSet<>();
        plan.shared()
                .forEach(
                        (vertex, owners) -> {
                            for (int i = 0; i < owners.size(); i++) {
                                String source = conf.getVertexInputs().get(vertex).get(i);
                                if (owners.get(i) != null) {
                                    ends.add(source);
                                }
                                if (modality.equals(owners.get(i))) {
                                    kept.add(source);
                                }
                            }
                        });
        INDArray[] predictions = Alone.predictions(graph, batch, new ArrayList<>(ends), kept, null);
        return predictions[conf.getNetworkOutputs().indexOf(output)];
    }

    /** Row t m + i is step t of example i; feature maps are flattened. */
    private static double[][] rows(INDArray array) {
        int m = (int) array.size(0);
        if (array.rank() != 3) {
            return array.dup('c').reshape(m, array.length() / m).toDoubleMatrix();
        }
        double[][] rows = new double[(int) (m * array.size(2))][(int) array.size(1)];
        for (int row = 0; row < rows.length; row++) {
            for (int d = 0; d < rows[row].length; d++) {
                rows[row][d] = array.getDouble(row % m, d, row / m);
            }
        }
        return rows;
    }
}
