package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.math.CounterGaussian;
import org.ogm4j.math.RowWeights;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;

/**
 * Gates on every kind of encoder: the gradient is right, and with weights it is the weighted sum
 * over examples.
 */
class GateGradientTest {

    private static final int EXAMPLES = 4;
    private static final int STEPS = 5;

    /** A network and a batch for it. Vertices are named after their modality, 0 and 1. */
    record Setting(String name, ComputationGraphConfiguration conf, MultiDataSet batch) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> settings() {
        List<Arguments> all = new ArrayList<>();
        for (WorkspaceMode workspaces : List.of(WorkspaceMode.ENABLED, WorkspaceMode.NONE)) {
            for (Setting setting :
                    List.of(
                            denseConcat(),
                            denseSum(),
                            convolutional(),
                            recurrent(false),
                            recurrent(true),
                            rowsAreSteps())) {
                setting.conf().setTrainingWorkspaceMode(workspaces);
                setting.conf().setInferenceWorkspaceMode(workspaces);
                all.add(Arguments.of(setting, workspaces));
            }
        }
        return all.stream();
    }

    // DL4J's gradient check insists on double as the default type
    @BeforeEach
    void defaultToDouble() {
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    }

    @AfterEach
    void defaultToFloat() {
        Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }

    @ParameterizedTest(name = "{0}, workspaces {1}")
    @MethodSource("settings")
    void withCoefficientOneItIsTheGradientOfTheLoss(Setting setting, WorkspaceMode workspaces) {
        ModulatedOptimizer one =
                ModulatedOptimizer.builder()
                        .rule(rho -> 1)
                        .noise(GradientNoise.none())
                        .updater(new NoOp())
                        .build();
        ComputationGraph graph = Nets.init(one.modulate(setting.conf()));
        MultiDataSet batch = setting.batch();
        GradientCheckUtil.GraphConfig check =
                new GradientCheckUtil.GraphConfig()
                        .net(graph)
                        .inputs(batch.getFeatures())
                        .labels(batch.getLabels())
                        .inputMask(batch.getFeaturesMaskArrays())
                        .labelMask(batch.getLabelsMaskArrays())
                        .epsilon(1e-6)
                        .maxRelError(1e-5)
                        .minAbsoluteError(1e-9)
                        .subset(true)
                        .maxPerParam(20);
        assertTrue(GradientCheckUtil.checkGradients(check));
        assertTrue(ModulatedOptimizer.lastModulation(graph).isPresent());
    }

    @ParameterizedTest(name = "{0}, workspaces {1}")
    @MethodSource("settings")
    void withNoiseItIsTheWeightedSumOfPerExamplePasses(Setting setting, WorkspaceMode workspaces) {
        ModulatedOptimizer noisy =
                ModulatedOptimizer.builder().rule(rho -> rho > 1 ? 0.3 : 1).seed(5).build();
        ComputationGraph plain = Nets.init(setting.conf().clone());
        ComputationGraph gated = Nets.init(noisy.modulate(setting.conf()));
        Map<String, INDArray>[] examples = Gradients.perExample(plain, setting.batch());
        Map<String, INDArray> actual = Gradients.of(gated, setting.batch());

        var steps = ModulatedOptimizer.lastModulation(gated).orElseThrow().modalities();
        double[] audio = weights(steps.get("audio").coefficient(), 0);
        double[] visual = weights(steps.get("visual").coefficient(), 1);
        double[] head = {1, 1, 1, 1};
        for (String name : actual.keySet()) {
            double[] weights = name.startsWith("audio") ? audio : visual;
            boolean isHead = name.startsWith("out") || name.contains("head");
            INDArray expected = Gradients.weighted(examples, isHead ? head : weights, name);
            Compare.close(expected, actual.get(name), 1e-9, 1e-13, name);
        }
        assertEquals(
                1.3, steps.values().stream().mapToDouble(step -> step.coefficient()).sum(), 1e-15);
    }

    @Test
    void inFloatItIsTheSameToSinglePrecision() {
        ModulatedOptimizer optimizer = ModulatedOptimizer.builder().seed(5).build();
        ComputationGraph inDouble = Nets.init(optimizer.modulate(Nets.dense()));
        ComputationGraph inFloat =
                Nets.init(optimizer.modulate(Nets.dense(Nets.base().dataType(DataType.FLOAT))));
        inFloat.setParams(inDouble.params().castTo(DataType.FLOAT));
        Map<String, INDArray> expected = Gradients.of(inDouble, Nets.batch(8, 1));
        Map<String, INDArray> actual = Gradients.of(inFloat, Nets.batch(8, 1, DataType.FLOAT));
        for (String name : expected.keySet()) {
            INDArray gradient = expected.get(name).castTo(DataType.FLOAT);
            Compare.close(gradient, actual.get(name), 1e-5, 1e-6, name);
        }
    }

    private static double[] weights(double k, int modality) {
        return RowWeights.of(k, 1, CounterGaussian.draw(5, 0, modality, EXAMPLES));
    }

    private static Setting denseConcat() {
        return new Setting("dense, concat", Nets.dense(), Nets.batch(EXAMPLES, 1));
    }

    private static Setting denseSum() {
        return new Setting("dense, sum", Nets.sum(), Nets.batch(EXAMPLES, 1));
    }

    /** Feature maps are concatenated and flattened by the output layer. */
    private static Setting convolutional() {
        GraphBuilder builder = Nets.base().graphBuilder();
        builder.addInputs("audio", "visual")
                .addLayer("audio_conv", new ConvolutionLayer.Builder(3, 3).nOut(2).build(), "audio")
                .addLayer(
                        "visual_conv", new ConvolutionLayer.Builder(3, 3).nOut(3).build(), "visual")
                .addVertex("concat", new MergeVertex(), "audio_conv", "visual_conv")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(5, 4, 1), InputType.convolutional(5, 4, 2));
        ComputationGraphConfiguration conf = builder.build();
        Random random = new Random(2);
        INDArray labels = Nets.labels(EXAMPLES, random, DataType.DOUBLE);
        MultiDataSet batch =
                new MultiDataSet(
                        new INDArray[] {
                            Nets.features(random, labels, 0.2, DataType.DOUBLE, EXAMPLES, 1, 5, 4),
                            Nets.features(random, labels, 0.8, DataType.DOUBLE, EXAMPLES, 2, 5, 4)
                        },
                        new INDArray[] {labels});
        return new Setting("convolutional, feature maps concatenated", conf, batch);
    }

    /**
     * Sequences [m, d, T] are concatenated step by step; with masks the examples have different
     * lengths.
     */
    private static Setting recurrent(boolean masked) {
        MultiDataSet batch = Nets.sequences(EXAMPLES, STEPS, 3);
        if (masked) {
            INDArray mask = Nd4j.ones(DataType.DOUBLE, EXAMPLES, STEPS);
            mask.putScalar(1, 4, 0);
            mask.putScalar(2, 3, 0);
            mask.putScalar(2, 4, 0);
            batch.setFeaturesMaskArrays(new INDArray[] {mask, mask});
            batch.setLabelsMaskArray(new INDArray[] {mask});
        }
        String name = masked ? "recurrent with masks" : "recurrent";
        return new Setting(name, Nets.recurrent(new Sgd(0.1)).build(), batch);
    }

    /** Dense layers on sequences: DL4J gives them, and the merge behind them, one row per step. */
    private static Setting rowsAreSteps() {
        GraphBuilder encoders =
                Nets.encoders().setInputTypes(InputType.recurrent(2), InputType.recurrent(3));
        return new Setting(
                "one row per step",
                Nets.sequenceOutput(encoders, "audio_fc", "visual_fc").build(),
                Nets.sequences(EXAMPLES, STEPS, 3));
    }
}
