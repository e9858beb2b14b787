package org.ogm4j.examples.training;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.ogm4j.examples.network.Feed;
import org.ogm4j.examples.network.LogitsReader;
import org.ogm4j.examples.network.Unimodal;
import org.ogm4j.examples.training.GradientBlending.Curve;

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
final class Blending implements Course {

    private static final int PARTS = 5;

    /** Fused, audio, visual: the order of the outputs. */
    private static final int LOSSES = 3;

    private final ComputationGraph graph;
    private final Source learned;
    private final Source heldOut;
    private final Settings settings;
    private final int superEpoch;
    private final LogitsReader reader;
    private final Monitor monitor;

    /**
     * Of a network with a head on each encoder.
     *
     * @param source with the whole training set
     * @param superEpoch how many epochs one set of weights serves
     */
    Blending(
            ComputationGraph graph,
            Source source,
            Settings settings,
            int superEpoch,
            LogitsReader reader,
            Monitor monitor) {
        this.graph = graph;
        this.learned = source.without(PARTS);
        this.heldOut = source.every(PARTS);
        this.settings = settings;
        this.superEpoch = superEpoch;
        this.reader = reader;
        this.monitor = monitor;
    }

    @Override
    public ComputationGraph graph() {
        return graph;
    }

    @Override
    public void begin(int epoch) {
        if (epoch % superEpoch == 0) {
            double[] weights = weights(epoch);
            Unimodal.weigh(graph, weights[0], weights[1], weights[2]);
        }
    }

    /** The weights of fused, audio and visual for the super-epoch that begins. */
    double[] weights(int epoch) {
        int last = Math.min(epoch + superEpoch, settings.epochs());
        List<Curve> curves = new ArrayList<>();
        for (int loss = 0; loss < LOSSES; loss++) {
            ComputationGraph copy = graph.clone();
            Unimodal.weigh(copy, loss == 0 ? 1 : 0, loss == 1 ? 1 : 0, loss == 2 ? 1 : 0);
            long seed = settings.epochSeed(epoch);
            Batches seen = learned.trainingInOrder(seed);
            Batches unseen = heldOut.trainingInOrder(seed);
            double trainBefore = crossEntropy(copy, loss, seen);
            double heldOutBefore = crossEntropy(copy, loss, unseen);
            for (int each = epoch; each < last; each++) {
                trainEpoch(copy, each);
            }
            curves.add(
                    new Curve(
                            trainBefore,
                            heldOutBefore,
                            crossEntropy(copy, loss, seen),
                            crossEntropy(copy, loss, unseen)));
        }
        return GradientBlending.weights(curves);
    }

    private void trainEpoch(ComputationGraph copy, int epoch) {
        Batches batches =
                learned.training(settings.batch(), settings.epochSeed(epoch))
                        .fedBy(batch -> Feed.of(copy, batch));
        try (Monitor.Epoch told = monitor.start("weights", batches.steps())) {
            copy.setListeners(new StepRecorder(reader, told::step));
            Quietly.run(() -> copy.fit(batches));
        }
    }

    /** Mean over the examples of {@code -log p(true class)} of one output, in inference mode. */
    static double crossEntropy(ComputationGraph graph, int output, Batches examples) {
        examples.reset();
        double sum = 0;
        long count = 0;
        while (examples.hasNext()) {
            MultiDataSet batch = Feed.of(graph, examples.next());
            INDArray p = graph.output(batch.getFeatures())[output];
            for (double each : p.mul(batch.getLabels(output)).sum(1).toDoubleVector()) {
                sum -= Math.log(Math.max(each, Double.MIN_NORMAL));
                count++;
            }
        }
        return sum / count;
    }
}
