package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Reference;

/** Unimodal signals against numbers computed elsewhere. */
class UnimodalReferenceTest {

    private static final double RTOL = 1e-10;
    private static final double ATOL = 1e-13;
    private static final Map<String, UnimodalSignal> SIGNALS =
            Map.of(
                    "sum_2.5", UnimodalSignal.sum(2.5),
                    "replace_2.5", UnimodalSignal.replace(2.5),
                    "pareto", UnimodalSignal.pareto(),
                    "project", UnimodalSignal.project());

    /** Of any two signals, whether they agree or not. */
    @Test
    void combinationsEqualTheReference() {
        int conflicts = 0;
        for (JsonNode reference : Reference.cases("unimodal_signals.json")) {
            INDArray joint = Reference.array(reference.get("joint"));
            INDArray own = Reference.array(reference.get("unimodal"));
            conflicts += reference.get("inner").asDouble() < 0 ? 1 : 0;
            for (Map.Entry<String, UnimodalSignal> signal : SIGNALS.entrySet()) {
                Compare.close(
                        Reference.array(reference.get(signal.getKey())),
                        new Combination(signal.getValue(), own, null).of(joint),
                        RTOL,
                        ATOL,
                        signal.getKey());
            }
        }
        assertEquals(2, conflicts);
    }

    /** From features, weights and labels on: encoders whose output is their input. */
    @Test
    void gradientsOfANetworkAreThoseOfTheReferencesSignals() {
        List<JsonNode> cases = Reference.cases("unimodal_signals.json").subList(0, 2);
        INDArray audio = Reference.array(cases.get(0).get("features"));
        INDArray visual = Reference.array(cases.get(1).get("features"));
        INDArray labels = Reference.array(cases.get(0).get("labels"));
        for (Map.Entry<String, UnimodalSignal> signal : SIGNALS.entrySet()) {
            ComputationGraph graph = network(signal.getValue(), cases);
            Map<String, INDArray> gradients =
                    Gradients.of(
                            graph,
                            new MultiDataSet(
                                    new INDArray[] {audio, visual}, new INDArray[] {labels}));
            for (JsonNode reference : cases) {
                INDArray features = Reference.array(reference.get("features"));
                INDArray expected = Reference.array(reference.get(signal.getKey()));
                Compare.close(
                        features.transpose().mmul(expected),
                        gradients.get(reference.get("modality").asText() + "_fc_W"),
                        RTOL,
                        ATOL,
                        signal.getKey());
            }
        }
    }

    private static ComputationGraph network(UnimodalSignal signal, List<JsonNode> cases) {
        ComputationGraph graph =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .rule(ratio -> 1)
                                .noise(GradientNoise.none())
                                .unimodal(signal)
                                .build()
                                .modulate(
                                        Nets.base(new Sgd(0.1))
                                                .graphBuilder()
                                                .addInputs("audio", "visual")
                                                .addLayer("audio_fc", linear(5), "audio")
                                                .addLayer("visual_fc", linear(3), "visual")
                                                .addVertex(
                                                        "concat",
                                                        new MergeVertex(),
                                                        "audio_fc",
                                                        "visual_fc")
                                                .addLayer("out", output(), "concat")
                                                .setOutputs("out")
                                                .setInputTypes(
                                                        InputType.feedForward(5),
                                                        InputType.feedForward(3))
                                                .build()));
        graph.getLayer("audio_fc").getParam("W").assign(Nd4j.eye(5));
        graph.getLayer("visual_fc").getParam("W").assign(Nd4j.eye(3));
        INDArray audio = Reference.array(cases.get(0).get("W"));
        INDArray visual = Reference.array(cases.get(1).get("W"));
        graph.getLayer("out").getParam("W").assign(Nd4j.vstack(audio, visual));
        graph.getLayer("out")
                .getParam("b")
                .assign(Nd4j.createFromArray(Reference.vector(cases.get(0).get("b"))));
        return graph;
    }

    private static DenseLayer linear(int width) {
        return new DenseLayer.Builder().nOut(width).activation(Activation.IDENTITY).build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(4)
                .activation(Activation.SOFTMAX)
                .build();
    }

    /** Neither loss may rise to first order: where they oppose each other there is no such step. */
    @Test
    void opposedSignalsHaveNoParetoCombination() {
        INDArray own = Nd4j.createFromArray(new double[][] {{1, -2}, {3, 0.1}});
        INDArray r = new Combination(UnimodalSignal.pareto(), own, null).of(own.mul(-0.7));
        assertEquals(0.0, r.norm2Number().doubleValue());
        INDArray half = new Combination(UnimodalSignal.project(), own, null).of(own.mul(-0.7));
        Compare.close(own, half, RTOL, ATOL, "project");
    }
}
