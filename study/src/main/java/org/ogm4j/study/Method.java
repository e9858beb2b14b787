package org.ogm4j.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.Balance;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.study.method.Alone;
import org.ogm4j.study.method.Averaged;
import org.ogm4j.study.method.Blended;
import org.ogm4j.study.method.FromTeachers;
import org.ogm4j.study.method.Modulated;

/**
 * How a network is trained. A method of one's own is a lambda:
 *
 * <pre>{@code
 * Method mine = trial -> Course.of(myChange(trial.plain()));
 * }</pre>
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Method {

    /**
     * Prepares a run. Methods that start from the weights of {@link Trial#plain()} are compared on
     * equal weights.
     *
     * @param trial the run
     * @return the network to train, and what else there is to do
     */
    Course start(Trial trial);

    /**
     * What about this method decides on the result and is not in the trial, such as its options, by
     * name. It becomes part of the names of runs, and is listed in the report: other settings are
     * other runs. Of a lambda nothing is known but its name in the study.
     *
     * @param trial of the run; its data must not be asked for
     * @return names and values
     */
    default Map<String, String> settings(Trial trial) {
        return Map.of();
    }

    /**
     * The modality that the network of this method reads alone, so that others are measured against
     * it and it is no rival.
     *
     * @return empty if it reads several
     */
    default Optional<String> only() {
        return Optional.empty();
    }

    /**
     * Gives it a name, and points to choose from.
     *
     * @param name in tables
     * @param grid learning rates and strengths; none: the network's and the method's own
     * @return a rival for the study
     */
    default Rival named(String name, List<Point> grid) {
        return new Rival(name, this, grid);
    }

    /**
     * Gives it a name.
     *
     * @param name in tables
     * @return a rival for the study
     */
    default Rival named(String name) {
        return named(name, List.of());
    }

    /**
     * As DL4J trains the network.
     *
     * @return the method
     */
    static Method plain() {
        return trial -> Course.of(trial.plain());
    }

    /**
     * A change of the plain network, with its weights.
     *
     * @param change gives the network to train
     * @return the method
     */
    static Method of(UnaryOperator<ComputationGraph> change) {
        return trial -> Course.of(change.apply(trial.plain()));
    }

    /**
     * Modulated by the library. The seed of its noise is the run's.
     *
     * @param strength what it is without a grid, such as alpha
     * @param optimizer the options, for a strength; new ones at each call
     * @return the method
     */
    static Method modulated(double strength, DoubleFunction<ModulatedOptimizer.Builder> optimizer) {
        return new Modulated(strength, optimizer);
    }

    /**
     * The sum of the joint loss and of one of each modality, of a classifier of its own, with a
     * weight that is the method's strength: {@link Balance#uniform}.
     *
     * @return the method; without a grid the weight is 1
     */
    static Method uniform() {
        return modulated(1, Balance::uniform);
    }

    /**
     * The network of one modality alone: its encoder, from the plain network's weights, and a
     * linear classifier, as {@link ModulatedOptimizer#unimodal} makes it. Others are measured
     * against it.
     *
     * @param modality its name
     * @return the method
     */
    static Method alone(String modality) {
        return new Alone(modality);
    }

    /**
     * The networks of single modalities, as {@link #alone} makes them, and the mean of what they
     * put out: {@code p = 1/M sum_u p_u}. They share nothing in training. The network must have one
     * output layer.
     *
     * @return the method
     */
    static Method lateAverage() {
        return new Averaged();
    }

    /**
     * Distillation: every encoder is drawn to the features of a network of its modality alone,
     * which is trained first, as long as the run. Strength: lambda.
     *
     * @return the method; without a grid lambda is 1
     * @see <a href="https://arxiv.org/abs/2305.01233">Du et al.: On Uni-Modal Feature Learning in
     *     Supervised Multi-Modal Learning, ICML 2023</a>
     */
    static Method distillation() {
        return fromTeachers(1, Balance::distillation);
    }

    /**
     * Modulated with teachers: networks of one modality each, which are trained first, as long as
     * the run. Such as {@code Method.fromTeachers(1, (strength, teachers) ->
     * Balance.g2d(teachers))}.
     *
     * @param strength what it is without a grid
     * @param optimizer the options, for a strength and with the teachers by modality
     * @return the method
     */
    static Method fromTeachers(
            double strength,
            BiFunction<Double, Map<String, ComputationGraph>, ModulatedOptimizer.Builder>
                    optimizer) {
        return new FromTeachers(strength, optimizer);
    }

    /**
     * Gradient-Blending: the sum of the joint loss and of one of each modality, of a classifier of
     * its own, with weights by how fast each generalises and how fast it overfits. Outputs must be
     * classes with cross-entropy.
     *
     * @param superEpoch how many epochs a set of weights serves: the online version; 0 for all, the
     *     offline version
     * @return the method
     * @see <a href="https://arxiv.org/abs/1905.12681">Wang, Tran, Feiszli: What Makes Training
     *     Multi-modal Classification Networks Hard?, CVPR 2020</a>
     */
    static Method blending(int superEpoch) {
        return new Blended(superEpoch);
    }
}
