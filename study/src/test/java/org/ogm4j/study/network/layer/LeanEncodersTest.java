package org.ogm4j.study.network.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.Balance;
import org.ogm4j.MissingModality;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.study.network.Answer;
import org.ogm4j.study.network.Branch;
import org.ogm4j.study.network.EncoderKind;
import org.ogm4j.study.network.EncoderSize;
import org.ogm4j.study.network.Fusion;
import org.ogm4j.study.network.MultimodalNetwork;
import org.ogm4j.study.network.Training;
import org.ogm4j.study.network.Updater;

/** Convolutional encoders train as they did with DL4J's own layers, modulated too. */
class LeanEncodersTest {

    private static final int CLASSES = 3;
    private static final int EXAMPLES = 6;

    private static ComputationGraphConfiguration network(EncoderKind kind) {
        return MultimodalNetwork.configuration(
                List.of(branch("a", kind, 12, 1), branch("b", kind, 9, 3)),
                Fusion.CONCAT,
                Answer.classes(CLASSES),
                new Training(Updater.NESTEROVS, 0.01),
                1);
    }

    private static Branch branch(String name, EncoderKind kind, int side, int channels) {
        return new Branch(
                name, InputType.convolutional(side, side, channels), false, new EncoderSize(kind));
    }

    private static Map<String, ComputationGraph> teachers() {
        Map<String, ComputationGraph> teachers = new LinkedHashMap<>();
        for (String modality : List.of("a", "b")) {
            ComputationGraph teacher =
                    new ComputationGraph(
                            ModulatedOptimizer.builder()
                                    .build()
                                    .unimodal(network(EncoderKind.CNN), modality));
            teacher.init();
            teachers.put(modality, teacher);
        }
        return teachers;
    }

    private static ComputationGraphConfiguration withDl4js(ComputationGraphConfiguration conf) {
        String json = conf.toJson();
        String name = LeanConvolution.class.getName();
        assertTrue(json.contains(name));
        return ComputationGraphConfiguration.fromJson(
                json.replace(name, ConvolutionLayer.class.getName()));
    }

    private static ComputationGraph inDouble(ComputationGraphConfiguration conf) {
        ComputationGraph graph = new ComputationGraph(conf);
        graph.init();
        return graph.convertDataType(DataType.DOUBLE);
    }

    private static MultiDataSet batch() {
        Nd4j.getRandom().setSeed(4);
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, EXAMPLES, CLASSES);
        for (int i = 0; i < EXAMPLES; i++) {
            labels.putScalar(i, i % CLASSES, 1);
        }
        return new MultiDataSet(
                new INDArray[] {
                    Nd4j.randn(DataType.DOUBLE, EXAMPLES, 1, 12, 12),
                    Nd4j.randn(DataType.DOUBLE, EXAMPLES, 3, 9, 9)
                },
                new INDArray[] {labels});
    }

    private static void trainAlike(ComputationGraph own, ComputationGraph lean) {
        assertEquals(own.params(), lean.params());
        MultiDataSet batch = batch();
        for (int step = 0; step < 3; step++) {
            own.fit(batch);
            lean.fit(batch);
        }
        double size = own.params().norm2Number().doubleValue();
        double off = own.params().distance2(lean.params());
        assertTrue(off <= 1e-10 * size, "off by " + off / size);
    }

    /** Only the layers that read an input have no gradient for it. */
    @ParameterizedTest
    @EnumSource(
            value = EncoderKind.class,
            names = {"CNN", "RESNET18"})
    void firstLayersAlonePassNothingOn(EncoderKind kind) {
        ComputationGraphConfiguration conf = network(kind);
        List<String> first = new ArrayList<>();
        for (Map.Entry<String, List<String>> vertex : conf.getVertexInputs().entrySet()) {
            if (conf.getVertices().get(vertex.getKey())
                            instanceof org.deeplearning4j.nn.conf.graph.LayerVertex layer
                    && layer.getLayerConf().getLayer() instanceof LeanConvolution lean) {
                assertEquals(
                        !conf.getNetworkInputs().contains(vertex.getValue().get(0)),
                        lean.inputGradient());
                if (!lean.inputGradient()) {
                    first.add(vertex.getKey());
                }
            }
        }
        assertEquals(2, first.size());
    }

    @Test
    void trainAsWithDl4jsLayers() {
        ComputationGraphConfiguration conf = network(EncoderKind.CNN);
        trainAlike(inDouble(withDl4js(conf)), inDouble(conf));
    }

    @ParameterizedTest
    @ValueSource(strings = {"head", "zero-out", "probe", "pareto", "opm", "missing"})
    void trainAlikeModulated(String how) {
        ModulatedOptimizer optimizer =
                switch (how) {
                    case "head" -> ModulatedOptimizer.builder().build();
                    case "zero-out" ->
                            ModulatedOptimizer.builder().score(ScoreSource.zeroOut()).build();
                    case "probe" -> ModulatedOptimizer.builder().score(ScoreSource.probe()).build();
                    case "pareto" -> Balance.mmPareto().build();
                    case "opm" -> Balance.opm().build();
                    default -> ModulatedOptimizer.builder().missing(MissingModality.nans()).build();
                };
        ComputationGraphConfiguration conf = optimizer.modulate(network(EncoderKind.CNN));
        ComputationGraph lean = inDouble(conf);
        trainAlike(inDouble(withDl4js(conf)), lean);
        assertFalse(optimizer.describe(network(EncoderKind.CNN)).isEmpty());
        ComputationGraph plain = ModulatedOptimizer.strip(lean);
        plain.fit(batch());
        assertEquals(
                LeanConvolution.class, plain.getLayer("a-1-conv").conf().getLayer().getClass());
    }

    /** A teacher reads the input beside the layer that passes no gradient on to it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void trainAlikeWithTeachers(boolean g2d) {
        ModulatedOptimizer.Builder builder =
                g2d ? Balance.recommended(6, teachers()) : Balance.distillation(1, teachers());
        ComputationGraphConfiguration conf = builder.build().modulate(network(EncoderKind.CNN));
        ComputationGraph lean = inDouble(conf);
        ComputationGraph own = inDouble(withDl4js(conf));
        own.setParams(lean.params()); // a teacher's are not in the configuration
        INDArray before = lean.getParam("a-1-conv_W").dup();
        trainAlike(own, lean);
        assertNotEquals(before, lean.getParam("a-1-conv_W"));
    }
}
