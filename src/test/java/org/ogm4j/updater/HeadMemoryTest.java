package org.ogm4j.updater;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.AdamVariant;
import org.ogm4j.CoefficientRule;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.ConstantRule;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;
import org.ogm4j.updater.noise.Span;

/** What the Adam variant remembers of the head's gradient, which p follows from. */
class HeadMemoryTest {

    @Test
    void theMemoryOfPIsPartOfWhatIsSaved() {
        ComputationGraphConfiguration conf =
                ModulatedOptimizer.builder()
                        .rule(CoefficientRule.tpami2024(0.9))
                        .build()
                        .modulate(Nets.dense(new Adam(0.01)));
        ComputationGraph kept = Nets.init(conf.clone());
        ComputationGraph forgotten = Nets.init(conf.clone());
        Resuming.train(kept, 0, 4);
        Resuming.train(forgotten, 0, 4);
        for (var block : forgotten.getUpdater().getUpdaterBlocks()) {
            if (block.getGradientUpdater() instanceof HeadGradientUpdater memory) {
                int moments = 2 * (11 * 3 + 3);
                int all = (int) block.getUpdaterView().length();
                assertEquals(moments + 2 * 2 * 3, all);
                for (String modality : List.of("audio", "visual")) {
                    assertTrue(memory.columns(modality)[0] > 0);
                }
                new Span(moments, all, false).view(block.getUpdaterView()).assign(0);
            }
        }
        Resuming.train(kept, 4, 5);
        Resuming.train(forgotten, 4, 5);
        assertTrue(Compare.differ(kept.params(), forgotten.params()), "p must come from memory");
    }

    @Test
    void aFrozenHeadLeavesPAtOne() {
        ComputationGraphConfiguration conf =
                Nets.encoders(Nets.base(new Adam(0.01)))
                        .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("out")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                        .build();
        var head = (LayerVertex) conf.getVertices().get("out");
        head.getLayerConf().setLayer(new FrozenLayerWithBackprop(head.getLayerConf().getLayer()));
        ComputationGraph with = Nets.init(optimizer(AdamVariant.standard()).modulate(conf));
        ComputationGraph without =
                Nets.init(
                        optimizer(AdamVariant.standard().withoutMomentCoefficient())
                                .modulate(conf));
        for (int step = 0; step < 3; step++) {
            with.fit(Nets.batch(8, step));
            without.fit(Nets.batch(8, step));
        }
        Compare.same(without.params(), with.params(), "parameters");
    }

    /**
     * DL4J then has a block of parameters for the biases, which is no part of what p follows from.
     */
    @Test
    void aHeadWhoseBiasesHaveTheirOwnUpdater() {
        ModulatedOptimizer optimizer =
                ModulatedOptimizer.builder().noise(GradientNoise.none()).build();
        ComputationGraphConfiguration conf = Nets.dense(new Adam(0.01));
        ComputationGraph one = Nets.init(optimizer.modulate(conf));
        LayerVertex out = (LayerVertex) conf.getVertices().get("out");
        ((OutputLayer) out.getLayerConf().getLayer()).setBiasUpdater(new Adam(0.01));
        ComputationGraph two = Nets.init(optimizer.modulate(conf));
        for (int step = 0; step < 4; step++) {
            one.fit(Nets.batch(8, step));
            two.fit(Nets.batch(8, step));
            assertEquals(
                    ModulatedOptimizer.lastModulation(one), ModulatedOptimizer.lastModulation(two));
        }
        Compare.same(one.params(), two.params(), "parameters");
    }

    private static ModulatedOptimizer optimizer(AdamVariant adam) {
        return ModulatedOptimizer.builder()
                .rule(new ConstantRule(0.3))
                .noise(GradientNoise.none())
                .adam(adam)
                .build();
    }
}
