package org.ogm4j.study;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.study.baseline.Blending;
import org.ogm4j.study.baseline.LossWeights;
import org.ogm4j.study.baseline.Training;

/**
 * Courses of methods that need networks with more outputs than the plain one: those of a head, or
 * of the features, of each encoder.
 *
 * @since 0.1.0
 */
public final class Baselines {

    private Baselines() {}

    /**
     * Trains a network as long as the run does, on the run's data.
     *
     * @param trial the run
     * @param graph the network; it has some inputs of the plain one, or all
     * @param task what it is for, in a few words
     */
    public static void train(Trial trial, ComputationGraph graph, String task) {
        for (int epoch = 0; epoch < trial.epochs(); epoch++) {
            Training.epoch(trial, graph, trial.split().training(epoch), task);
        }
    }

    /**
     * Gives the losses of outputs, cross-entropies of classes, their weights from the next step on.
     *
     * @param graph the network
     * @param classes how many classes each has
     * @param weights by the names of outputs
     */
    public static void weigh(ComputationGraph graph, long classes, Map<String, Double> weights) {
        LossWeights.set(graph, classes, weights);
    }

    /**
     * Gradient-Blending: the sum of the losses with weights by how fast each generalises and how
     * fast it overfits.
     *
     * @param trial the run
     * @param graph the plain network with a head on each encoder as further outputs
     * @param superEpoch how many epochs a set of weights serves; that of all epochs is the offline
     *     version
     * @return the course
     * @see <a href="https://arxiv.org/abs/1905.12681">Wang, Tran, Feiszli: What Makes Training
     *     Multi-modal Classification Networks Hard?, CVPR 2020</a>
     */
    public static Course blended(Trial trial, ComputationGraph graph, int superEpoch) {
        return new Blending(trial, graph, superEpoch);
    }
}
