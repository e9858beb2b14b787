package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Reference;

/** Whole training steps: parameters after each step equal those computed in PyTorch. */
class OgmStepsReferenceTest {

    private static final double RTOL = 1e-10;

    @ParameterizedTest(name = "case {0}, workspaces {1}")
    @CsvSource({
        "0, ENABLED",
        "1, ENABLED",
        "2, ENABLED",
        "3, ENABLED",
        "0, NONE",
        "1, NONE",
        "2, NONE",
        "3, NONE"
    })
    void parametersAfterEachStep(int index, WorkspaceMode workspaces) {
        JsonNode reference = Reference.cases("ogm_steps.json").get(index);
        ComputationGraphConfiguration plain = network(reference);
        plain.setTrainingWorkspaceMode(workspaces);
        plain.setInferenceWorkspaceMode(workspaces);
        ModulatedOptimizer optimizer =
                ModulatedOptimizer.builder()
                        .alpha(reference.get("alpha").asDouble())
                        .noise(GradientNoise.none())
                        .build();
        ComputationGraph graph = Nets.init(optimizer.modulate(plain));
        setAll(graph, reference.get("encoders"), "_fc", reference.get("head"));

        for (JsonNode step : reference.get("steps")) {
            Map<String, JsonNode> inputs = Reference.fields(step.get("inputs"));
            int classes = (int) graph.layerSize(isSum(reference) ? "audio_head" : "out");
            double regularization = graph.calcRegularizationScore(true);
            INDArray[] features =
                    inputs.values().stream().map(Reference::array).toArray(INDArray[]::new);
            INDArray labels = Reference.oneHot(step.get("labels"), classes);
            graph.fit(new MultiDataSet(features, new INDArray[] {labels}));

            double loss = step.get("loss_before").asDouble();
            assertEquals(loss, graph.score() - regularization, RTOL * loss, "loss");
            Modulation modulation = ModulatedOptimizer.lastModulation(graph).orElseThrow();
            for (String modality : inputs.keySet()) {
                ModalityStep actual = modulation.modalities().get(modality);
                assertClose(step.get("ratio").get(modality), actual.ratio());
                assertClose(step.get("k").get(modality), actual.coefficient());
            }
            compareAll(graph, step.get("encoders_after"), "_fc");
            compareHead(graph, step.get("head_after"));
        }
    }

    private static boolean isSum(JsonNode reference) {
        return reference.get("fusion").asText().equals("sum");
    }

    private static ComputationGraphConfiguration network(JsonNode reference) {
        Map<String, JsonNode> encoders = Reference.fields(reference.get("encoders"));
        Set<String> names = encoders.keySet();
        boolean conv = reference.get("encoder").asText().equals("conv");
        GraphBuilder builder =
                Nets.base(new Sgd(reference.get("lr").asDouble()))
                        .l2(reference.get("l2_on_weights").asDouble())
                        .graphBuilder()
                        .addInputs(names);
        InputType[] types = new InputType[names.size()];
        int at = 0;
        for (Map.Entry<String, JsonNode> encoder : encoders.entrySet()) {
            long[] shape = Reference.array(encoder.getValue().get("W")).shape();
            String modality = encoder.getKey();
            String name = modality + "_fc";
            if (conv) {
                types[at++] = InputType.convolutional(5, 6, shape[1]);
                builder.addLayer(name, kernels(shape[0]), modality);
                builder.addLayer(name + "_pool", new GlobalPoolingLayer(PoolingType.AVG), name);
            } else {
                types[at++] = InputType.feedForward(shape[0]);
                builder.addLayer(name, new DenseLayer.Builder().nOut(shape[1]).build(), modality);
            }
        }
        String[] features =
                names.stream().map(n -> n + (conv ? "_fc_pool" : "_fc")).toArray(String[]::new);
        return (isSum(reference)
                        ? sum(builder, reference, features)
                        : concat(builder, reference, features))
                .setOutputs("out")
                .setInputTypes(types)
                .build();
    }

    private static GraphBuilder concat(
            GraphBuilder builder, JsonNode reference, String[] features) {
        return builder.addVertex("concat", new MergeVertex(), features)
                .addLayer("out", Nets.output(reference.get("head").get("b").size()), "concat");
    }

    private static ConvolutionLayer kernels(long out) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(out)
                .convolutionMode(ConvolutionMode.Same)
                .hasBias(false)
                .build();
    }

    private static GraphBuilder sum(GraphBuilder builder, JsonNode reference, String[] features) {
        for (String feature : features) {
            String modality = feature.replace("_fc", "");
            int classes = reference.get("head").get(modality).get("b").size();
            builder.addLayer(modality + "_head", Nets.linear(classes), feature);
        }
        String[] heads =
                Arrays.stream(features).map(f -> f.replace("_fc", "_head")).toArray(String[]::new);
        return builder.addVertex("sum", Nets.add(), heads).addLayer("out", Nets.loss(), "sum");
    }

    private static void setAll(
            ComputationGraph graph, JsonNode layers, String suffix, JsonNode head) {
        Reference.fields(layers).forEach((name, layer) -> set(graph, name + suffix, layer));
        if (head != null) {
            if (head.has("W")) {
                set(graph, "out", head);
            } else {
                setAll(graph, head, "_head", null);
            }
        }
    }

    private static void set(ComputationGraph graph, String layer, JsonNode params) {
        Map<String, INDArray> table = graph.getLayer(layer).paramTable();
        Map<String, JsonNode> values = Reference.fields(params);
        for (String name : values.keySet()) {
            INDArray param = table.get(name);
            param.assign(Reference.array(values.get(name)).reshape(param.shape()));
        }
    }

    private static void compareHead(ComputationGraph graph, JsonNode head) {
        if (head.has("W")) {
            compare(graph, "out", head);
        } else {
            compareAll(graph, head, "_head");
        }
    }

    private static void compareAll(ComputationGraph graph, JsonNode layers, String suffix) {
        Reference.fields(layers).forEach((name, layer) -> compare(graph, name + suffix, layer));
    }

    private static void compare(ComputationGraph graph, String layer, JsonNode params) {
        Map<String, INDArray> table = graph.getLayer(layer).paramTable();
        Map<String, JsonNode> values = Reference.fields(params);
        for (String name : values.keySet()) {
            INDArray actual = table.get(name);
            INDArray expected = Reference.array(values.get(name)).reshape(actual.shape());
            // atol: an element that happens to be near 0 has no relative accuracy
            Compare.close(expected, actual, RTOL, 1e-13, layer + "." + name);
        }
    }

    private static void assertClose(JsonNode expected, double actual) {
        assertEquals(expected.asDouble(), actual, RTOL * expected.asDouble());
    }
}
