package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;

/** DL4J's optimizers with a line search: what they do, and that modulation goes with them. */
class LineSearchTest {

    private static ComputationGraphConfiguration conf(
            IUpdater updater, OptimizationAlgorithm algorithm) {
        return Nets.dense(Nets.base(updater).optimizationAlgo(algorithm));
    }

    private static ComputationGraph modulated(
            OptimizationAlgorithm algorithm, GradientNoise noise) {
        return Nets.init(
                ModulatedOptimizer.builder()
                        .noise(noise)
                        .build()
                        .modulate(conf(new Sgd(0.1), algorithm)));
    }

    /** The step is that of the updater where it lowers the loss: no longer one is tried. */
    @ParameterizedTest
    @EnumSource(names = {"LINE_GRADIENT_DESCENT", "CONJUGATE_GRADIENT"})
    void withoutNoiseItIsModulatedSgd(OptimizationAlgorithm algorithm) {
        GradientNoise none = GradientNoise.none();
        ComputationGraph searching = modulated(algorithm, none);
        ComputationGraph sgd = modulated(OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT, none);
        for (int step = 0; step < 5; step++) {
            searching.fit(Nets.batch(16, step));
            sgd.fit(Nets.batch(16, step));
            assertEquals(
                    ModulatedOptimizer.lastModulation(sgd).orElseThrow().iteration(),
                    ModulatedOptimizer.lastModulation(searching).orElseThrow().iteration());
        }
        Compare.close(sgd.params(), searching.params(), 1e-9, 1e-12, "parameters");
    }

    /** In a plain network too: three passes for a step, and two updates of the momentum. */
    @Test
    void aStepUpdatesTheMomentumTwice() {
        ComputationGraph searching =
                Nets.init(
                        conf(new Nesterovs(0.1, 0.9), OptimizationAlgorithm.LINE_GRADIENT_DESCENT));
        int[] passes = {0};
        searching.setListeners(
                new BaseTrainingListener() {
                    @Override
                    public void onForwardPass(Model model, Map<String, INDArray> activations) {
                        passes[0]++;
                    }
                });
        searching.fit(Nets.batch(16, 1));
        assertEquals(1, searching.getIterationCount());
        assertEquals(3, passes[0]);

        ComputationGraph sgd = Nets.init(Nets.dense(new Nesterovs(0.1, 0.9)));
        sgd.fit(Nets.batch(16, 1));
        sgd.fit(Nets.batch(16, 1));
        Compare.close(sgd.updaterState(), searching.updaterState(), 1e-9, 1e-12, "momentum");
    }

    /** It stops moving after a few steps, without this library. */
    @Test
    void lbfgsStandsStillInAPlainNetwork() {
        ComputationGraph plain = Nets.init(conf(new Sgd(0.1), OptimizationAlgorithm.LBFGS));
        int still = 0;
        for (int step = 0; step < 20; step++) {
            INDArray before = plain.params().dup();
            plain.fit(Nets.batch(16, 1));
            still += Compare.differ(before, plain.params()) ? 0 : 1;
        }
        assertTrue(still >= 10, still + " of 20");
    }

    /** The search takes no step that raises this batch's loss, so not all noise comes through. */
    @Test
    void noiseThatRaisesTheLossIsNotTaken() {
        GradientNoise loud = GradientNoise.sgdCovariance().scaledBy(4);
        ComputationGraph searching = modulated(OptimizationAlgorithm.LINE_GRADIENT_DESCENT, loud);
        ComputationGraph sgd = modulated(OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT, loud);
        assertEquals(0, raised(searching));
        assertTrue(raised(sgd) > 0);
    }

    private static int raised(ComputationGraph graph) {
        int raised = 0;
        for (int step = 0; step < 40; step++) {
            double before = graph.score(Nets.batch(16, step));
            graph.fit(Nets.batch(16, step));
            raised += graph.score(Nets.batch(16, step)) > before ? 1 : 0;
        }
        return raised;
    }
}
