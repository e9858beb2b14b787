package org.ogm4j.study.baseline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.study.Course;
import org.ogm4j.study.Split;
import org.ogm4j.study.Trial;
import org.ogm4j.study.baseline.GradientBlending.Curve;

/**
 * Gradient-Blending: the losses of the fused head and of a head on each encoder, summed with the
 * weights of {@link GradientBlending}.
 *
 * <p>The weights are estimated in front of every super-epoch, from the network as it is then: for
 * each loss a copy is trained with that loss alone for the length of the super-epoch, on four
 * fifths of the training set; the rest is the held-out part. With one super-epoch, as long as the
 * training, this is the offline version, else the online one.
 *
 * @see <a href="https://arxiv.org/abs/1905.12681">Wang, Tran, Feiszli: What Makes Training
 *     Multi-modal Classification Networks Hard?, CVPR 2020, algorithms 1 to 3</a>
 */
public final class Blending implements Course {

    private static final int PARTS = 5;

    private final Trial trial;
    private final ComputationGraph graph;
    private final int superEpoch;
    private final List<String> outputs;
    private final Split learned;
    private final Split heldOut;

    /**
     * Of a network with a head on each encoder; every output is one cross-entropy.
     *
     * @param superEpoch how many epochs one set of weights serves, at least 1
     */
    public Blending(Trial trial, ComputationGraph graph, int superEpoch) {
        if (superEpoch < 1) {
            throw new IllegalArgumentException(
                    "super-epoch must be at least 1 epoch, got " + superEpoch);
        }
        this.trial = trial;
        this.graph = graph;
        this.superEpoch = superEpoch;
        this.outputs = graph.getConfiguration().getNetworkOutputs();
        this.learned = trial.split().without(PARTS);
        this.heldOut = trial.split().every(PARTS);
    }

    @Override
    public ComputationGraph graph() {
        return graph;
    }

    @Override
    public void begin(int epoch) {
        if (epoch % superEpoch == 0) {
            weigh(graph, weights(epoch));
        }
    }

    private void weigh(ComputationGraph weighed, double... weights) {
        Map<String, Double> byOutput = new LinkedHashMap<>();
        for (int i = 0; i < weights.length; i++) {
            byOutput.put(outputs.get(i), weights[i]);
        }
        MultiDataSetIterator any = heldOut.trainingOnce(0);
        LossWeights.set(weighed, any.next().getLabels(0).size(1), byOutput);
    }

    /** The weights of the outputs for the super-epoch that begins. */
    double[] weights(int epoch) {
        int last = Math.min(epoch + superEpoch, trial.epochs());
        List<Curve> curves = new ArrayList<>();
        for (int loss = 0; loss < outputs.size(); loss++) {
            ComputationGraph copy = graph.clone();
            double[] alone = new double[outputs.size()];
            alone[loss] = 1;
            weigh(copy, alone);
            double trainBefore = crossEntropy(copy, loss, learned.trainingOnce(epoch));
            double heldOutBefore = crossEntropy(copy, loss, heldOut.trainingOnce(epoch));
            copy.setListeners();
            for (int each = epoch; each < last; each++) {
                Training.epoch(
                        trial, copy, learned.training(each), "weight of " + outputs.get(loss));
            }
            curves.add(
                    new Curve(
                            trainBefore,
                            heldOutBefore,
                            crossEntropy(copy, loss, learned.trainingOnce(epoch)),
                            crossEntropy(copy, loss, heldOut.trainingOnce(epoch))));
        }
        return GradientBlending.weights(curves);
    }

    /** Mean over the examples of {@code -log p(true class)} of one output, in inference mode. */
    private double crossEntropy(ComputationGraph of, int output, MultiDataSetIterator examples) {
        double sum = 0;
        long count = 0;
        while (examples.hasNext()) {
            MultiDataSet batch = trial.feed(of, examples.next());
            INDArray p = of.output(batch.getFeatures())[output];
            for (double each : p.mul(batch.getLabels(output)).sum(1).toDoubleVector()) {
                sum -= Math.log(Math.max(each, Double.MIN_NORMAL));
                count++;
            }
        }
        return sum / count;
    }
}
