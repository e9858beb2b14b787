package org.ogm4j;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Presets: published methods as a {@link ModulatedOptimizer.Builder} with their options set. What
 * they do not set has the builder's default, and every option may be set anew.
 *
 * <p>Published accuracies are on CREMA-D with two ResNet-18, in %, each of one paper, with that
 * paper's plain training. They cannot be compared between papers: plain training is 15 points apart
 * there. What the methods do on data of this project is in {@code docs/results.md}.
 *
 * <table>
 * <caption>Presets</caption>
 * <tr><th>preset</th><th>sets</th><th>published</th></tr>
 * <tr><td>{@link #recommended}</td><td>teachers, rule, noise, epochs</td><td></td></tr>
 * <tr><td>{@link #ogmGe}</td><td>rule</td><td>OGM 69.2 over 66.1, by the table of MMPareto</td></tr>
 * <tr><td>{@link #opm}</td><td>dropFeatures, rule, noise</td><td>with OGM 76.7, OGM alone
 * 74.6</td></tr>
 * <tr><td>{@link #uniform}</td><td>unimodal, score, rule, noise</td><td>71.1 over 66.1</td></tr>
 * <tr><td>{@link #mmPareto}</td><td>unimodal, score, rule, noise</td><td>75.1 over 66.1</td></tr>
 * <tr><td>{@link #dgl}</td><td>unimodal, score, rule, noise</td><td>78.1 over 65.1</td></tr>
 * <tr><td>{@link #agm}</td><td>rule, noise</td><td></td></tr>
 * <tr><td>{@link #distillation}</td><td>teachers, rule, noise</td><td></td></tr>
 * <tr><td>{@link #g2d}</td><td>teachers, rule, noise</td><td>85.9 over 67.5</td></tr>
 * </table>
 *
 * <p>Example:
 *
 * <pre>{@code
 * ComputationGraph net = Balance.uniform(1).build().modulate(plain);
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Balance {

    private Balance() {}

    /**
     * What this project recommends where a network can be trained for each modality first: {@link
     * #g2d} in all epochs, the leader at rest in the first half of them. It was chosen among 20
     * methods by their validation examples, of spoken letters with three levels of noise and of
     * digits with three settings of imbalance. What it gained, and where it gained nothing, is in
     * {@code docs/results.md}.
     *
     * <p>Example:
     *
     * <pre>{@code
     * Map<String, ComputationGraph> teachers =
     *         ModulatedOptimizer.builder().build().trainUnimodal(conf, train, 20);
     * ComputationGraphConfiguration balanced =
     *         Balance.recommended(20, teachers).build().modulate(conf);
     * }</pre>
     *
     * @param epochs how many epochs the network is trained for, at least 1
     * @param teachers a trained network for each modality, as {@link
     *     ModulatedOptimizer#trainUnimodal} trains them
     * @return a builder
     * @throws IllegalArgumentException if epochs is below 1
     */
    public static ModulatedOptimizer.Builder recommended(
            int epochs, Map<String, ComputationGraph> teachers) {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
        }
        return g2d(teachers).epochs(0, epochs - 1);
    }

    /**
     * OGM-GE, as {@code builder().alpha(alpha)}: the defaults of the builder. Published settings:
     * alpha 0.8 for CREMA-D and 0.1 for VGGSound, SGD with momentum, modulated in the first half of
     * the epochs: give that window with {@code epochs}. Different here: the noise is exact, drawn
     * per example, where the published code draws it from the spread inside each weight tensor.
     *
     * @param alpha how strongly to slow the leading modality, positive and finite
     * @return a builder
     * @throws IllegalArgumentException if alpha is not positive and finite
     * @see <a href="https://arxiv.org/abs/2203.15332">Peng, Wei, Deng, Wang, Hu: Balanced
     *     Multimodal Learning via On-the-fly Gradient Modulation, CVPR 2022</a>
     */
    public static ModulatedOptimizer.Builder ogmGe(double alpha) {
        return ModulatedOptimizer.builder().alpha(alpha);
    }

    /**
     * OPM: drops features of the modality that leads, and touches no gradient. Published settings:
     * base rate 0.5, lambda 0.5, in 70 % of the batches. For both halves of the journal paper add
     * {@code rule(CoefficientRule.tpami2024(alpha))}.
     *
     * @return a builder
     * @see <a href="https://arxiv.org/abs/2410.11582">Wei, Hu, Du, Wen: On-the-fly Modulation for
     *     Balanced Multimodal Learning, T-PAMI 2024</a>
     */
    public static ModulatedOptimizer.Builder opm() {
        return lossesAlone().dropFeatures(PredictionModulation.opm(0.5, 0.5));
    }

    /**
     * Uniform unimodal losses: every encoder also learns from a linear classifier of its own, which
     * is a probe here. The baseline that a method of balance has to be better than.
     *
     * @param gamma the weight of the unimodal losses, positive and finite; 1 is usual
     * @return a builder
     * @throws IllegalArgumentException if gamma is not positive and finite
     * @see <a href="https://arxiv.org/abs/2405.17730">Wei, Hu: MMPareto, ICML 2024, where it is the
     *     baseline "uniform"</a>
     */
    public static ModulatedOptimizer.Builder uniform(double gamma) {
        return ownHeads(UnimodalSignal.sum(gamma));
    }

    /**
     * Disentangled gradient learning: the encoders learn from their own classifiers alone, the
     * joint loss teaches the fusion and the head. Published: gamma from 2 to 5. Different here: the
     * classifiers are linear probes on the encoders' features.
     *
     * @param gamma the weight of the unimodal losses, positive and finite
     * @return a builder
     * @throws IllegalArgumentException if gamma is not positive and finite
     * @see "Boosting Multimodal Learning via Disentangled Gradient Learning, ICCV 2025"
     */
    public static ModulatedOptimizer.Builder dgl(double gamma) {
        return ownHeads(UnimodalSignal.replace(gamma));
    }

    /**
     * MMPareto: where the joint and the unimodal gradient of an encoder conflict, their min-norm
     * combination. Different here: of the error signals at the encoder's features, in one backward
     * pass, where the published code takes the gradients of its parameters, in three.
     *
     * @return a builder
     * @see <a href="https://arxiv.org/abs/2405.17730">Wei, Hu: MMPareto: Boosting Multimodal
     *     Learning with Innocent Unimodal Assistance, ICML 2024</a>
     */
    public static ModulatedOptimizer.Builder mmPareto() {
        return ownHeads(UnimodalSignal.pareto());
    }

    /**
     * Adaptive gradient modulation, without noise. Different here: see {@link BalanceRule#agm}.
     *
     * @param alpha how strongly to modulate, positive and at most 70; the published code's default
     *     is 1
     * @return a builder
     * @throws IllegalArgumentException if alpha is not positive, or above 70
     * @see <a href="https://arxiv.org/abs/2308.07686">Li, Li, Hu, Lei, Li, Zhou: Boosting
     *     Multi-modal Model Performance with Adaptive Gradient Modulation, ICCV 2023</a>
     */
    public static ModulatedOptimizer.Builder agm(double alpha) {
        return ModulatedOptimizer.builder()
                .rule(BalanceRule.agm(alpha))
                .noise(GradientNoise.none());
    }

    /**
     * Gradient-guided distillation: teachers' features and predictions, and the weakest modality
     * first, in the first half of the window, which must have an end: give it with {@code
     * epochs(first, last)}. Different here: both losses act at the gates, with weight 1, and the
     * ranking is that of the network itself; see {@link Distillation} and {@link
     * BalanceRule#weakestFirst(double, int)}.
     *
     * @param teachers a trained network for each modality, as {@link
     *     ModulatedOptimizer#trainUnimodal} trains them
     * @return a builder
     * @see <a href="https://arxiv.org/abs/2506.21514">Rakib, Bagavathi: G2D: Boosting Multimodal
     *     Learning with Gradient-Guided Distillation, ICCV 2025</a>
     */
    public static ModulatedOptimizer.Builder g2d(Map<String, ComputationGraph> teachers) {
        return taught(teachers, Distillation.features(1).andLogits(1))
                .rule(BalanceRule.weakestFirst());
    }

    /**
     * Distillation from unimodal teachers: the loss of the network plus {@code lambda} times the
     * mean squared distance of each encoder's features from those of a network that was trained on
     * this modality alone.
     *
     * @param lambda the weight of the distance, positive and finite
     * @param teachers a trained network for each modality, as {@link
     *     ModulatedOptimizer#trainUnimodal} trains them
     * @return a builder
     * @throws IllegalArgumentException if lambda is not positive and finite
     * @see <a href="https://arxiv.org/abs/2305.01233">Du, Teng, Li, Liu, Yuan, Wang, Yuan, Zhao: On
     *     Uni-Modal Feature Learning in Supervised Multi-Modal Learning, ICML 2023, uni-modal
     *     teacher</a>
     */
    public static ModulatedOptimizer.Builder distillation(
            double lambda, Map<String, ComputationGraph> teachers) {
        return taught(teachers, Distillation.features(lambda));
    }

    private static ModulatedOptimizer.Builder taught(
            Map<String, ComputationGraph> teachers, Distillation distillation) {
        ModulatedOptimizer.Builder builder = lossesAlone();
        for (Map.Entry<String, ComputationGraph> teacher : teachers.entrySet()) {
            builder.teacher(teacher.getKey(), teacher.getValue(), distillation);
        }
        return builder;
    }

    private static ModulatedOptimizer.Builder ownHeads(UnimodalSignal signal) {
        return lossesAlone().score(ScoreSource.probe()).unimodal(signal);
    }

    /** Neither coefficient nor noise. */
    private static ModulatedOptimizer.Builder lossesAlone() {
        return ModulatedOptimizer.builder().rule(BalanceRule.none()).noise(GradientNoise.none());
    }
}
