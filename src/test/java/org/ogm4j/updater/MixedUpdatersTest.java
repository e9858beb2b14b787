package org.ogm4j.updater;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.ConstantRule;
import org.ogm4j.testing.Nets;

/** Updaters of several kinds in one encoder, with regularization, batch norm and frozen layers. */
class MixedUpdatersTest {

    private static final double K = 0.3;
    private static final double L2 = 0.05;
    private static final double RATE = 0.1;

    private static ComputationGraphConfiguration mixed() {
        return Nets.base(new Sgd(RATE))
                .l2(L2)
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("frozen", new FrozenLayer(Nets.layer(5)), "audio")
                .addLayer("sgd", Nets.layer(5), "frozen")
                .addLayer("norm", new BatchNormalization.Builder().build(), "sgd")
                .addLayer(
                        "rms",
                        new DenseLayer.Builder()
                                .nOut(4)
                                .updater(new RmsProp(0.01))
                                .biasUpdater(new Nesterovs(0.2, 0.9))
                                .build(),
                        "norm")
                .addLayer("visual_fc", Nets.layer(7), "visual")
                .addVertex("concat", new MergeVertex(), "rms", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    private static ModulatedOptimizer.Builder builder() {
        return ModulatedOptimizer.builder().rule(new ConstantRule(K)).noise(GradientNoise.none());
    }

    @Test
    void everyParameterIsScaledInItsOwnWay() {
        ComputationGraph plain = Nets.init(mixed());
        ComputationGraph on = Nets.init(builder().build().modulate(mixed()));
        ComputationGraph before = Nets.init(mixed());
        plain.fit(Nets.batch(8, 1));
        on.fit(Nets.batch(8, 1));
        // linear: the gradient of the loss is scaled, L2 is not
        INDArray decay = parameter(before, "sgd", "W").mul(RATE * L2);
        INDArray loss = step(before, plain, "sgd", "W").add(decay);
        Compare.close(
                loss.mul(K).sub(decay), step(before, on, "sgd", "W"), 1e-9, 1e-15, "Sgd with L2");
        for (String[] name :
                List.of(
                        new String[] {"sgd", "b"},
                        new String[] {"norm", "gamma"},
                        new String[] {"norm", "beta"},
                        new String[] {"rms", "W"},
                        new String[] {"rms", "b"})) {
            Compare.close(
                    step(before, plain, name[0], name[1]).mul(K),
                    step(before, on, name[0], name[1]),
                    1e-9,
                    1e-14,
                    String.join(".", name));
        }
        for (String name : List.of("mean", "log10stdev")) {
            assertTrue(step(before, on, "norm", name).amaxNumber().doubleValue() > 0, name);
            Compare.same(parameter(plain, "norm", name), parameter(on, "norm", name), name);
        }
        Compare.same(parameter(before, "frozen", "W"), parameter(on, "frozen", "W"), "frozen");
        Compare.same(parameter(plain, "out", "W"), parameter(on, "out", "W"), "head");
    }

    @Test
    void outsideTheWindowNothingChangesAndTheTableSaysWhatActsWhere() {
        ModulatedOptimizer optimizer = ModulatedOptimizer.builder().epochs(1, 1).build();
        ComputationGraph plain = Nets.init(mixed());
        ComputationGraph off = Nets.init(optimizer.modulate(mixed()));
        for (int step = 0; step < 20; step++) {
            plain.fit(Nets.batch(8, step));
            off.fit(Nets.batch(8, step));
        }
        Compare.same(plain.params(), off.params(), "parameters");
        List<String> table = optimizer.describe(mixed()).lines().toList();
        assertTrue(table.get(2).contains("updaters (Sgd, RmsProp, Nesterovs), noise moments"));
        assertTrue(table.get(3).contains("gradient, noise sgdCovariance"), table.get(3));
        assertTrue(
                optimizer
                        .describe(Nets.dense(new Adam()))
                        .contains("updaters (Adam variant), noise moments"));
    }

    @Test
    void tensorStdTouchesConvolutionsAlone() {
        ComputationGraphConfiguration conf =
                Nets.base(new Sgd(RATE))
                        .graphBuilder()
                        .addInputs("audio", "visual")
                        .addLayer("conv", kernels(), "audio")
                        .addLayer("norm", new BatchNormalization.Builder().build(), "conv")
                        .addLayer("fc", Nets.layer(4), "norm")
                        .addLayer("visual_fc", Nets.layer(7), "visual")
                        .addVertex("concat", new MergeVertex(), "fc", "visual_fc")
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("out")
                        .setInputTypes(InputType.convolutional(5, 5, 1), InputType.feedForward(6))
                        .build();
        Random random = new Random(3);
        INDArray labels = Nets.labels(8, random, DataType.DOUBLE);
        MultiDataSet batch =
                new MultiDataSet(
                        new INDArray[] {
                            Nets.gaussian(random, 8, 1, 5, 5), Nets.gaussian(random, 8, 6)
                        },
                        new INDArray[] {labels});
        ComputationGraph quiet = Nets.init(builder().build().modulate(conf));
        ComputationGraph noisy =
                Nets.init(builder().noise(GradientNoise.tensorStd()).build().modulate(conf));
        quiet.fit(batch);
        noisy.fit(batch);
        for (var layer : quiet.getLayers()) {
            String name = layer.conf().getLayer().getLayerName();
            for (String parameter : layer.paramTable().keySet()) {
                INDArray a = parameter(quiet, name, parameter);
                INDArray b = parameter(noisy, name, parameter);
                double difference = a.sub(b).amaxNumber().doubleValue();
                boolean kernel = a.rank() == 4;
                assertEquals(kernel, difference > 1e-4, name + "." + parameter + " " + difference);
                assertEquals(!kernel, difference < 1e-12, name + "." + parameter);
            }
        }
    }

    private static ConvolutionLayer kernels() {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(2)
                .convolutionMode(ConvolutionMode.Same)
                .build();
    }

    private static INDArray parameter(ComputationGraph graph, String layer, String name) {
        return graph.getLayer(layer).getParam(name);
    }

    private static INDArray step(
            ComputationGraph before, ComputationGraph after, String layer, String name) {
        return parameter(after, layer, name).sub(parameter(before, layer, name));
    }
}
