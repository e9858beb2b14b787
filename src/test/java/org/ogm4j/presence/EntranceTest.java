package org.ogm4j.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.GradientNoise;
import org.ogm4j.MissingModality;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Gradients;
import org.ogm4j.testing.Nets;

/** Inputs of indices, the vertices behind inputs, and what is refused. */
class EntranceTest {

    /** 0 is the first token. NaN in place of indices is read as token 0, and teaches it nothing. */
    @Test
    void indices() {
        String message =
                refused(options -> options.missing("text", MissingModality.zeros()), words("text"));
        assertTrue(
                message.contains(
                        "missing modality \"text\" must not be told by zeros, since \"words\" takes input \"text\" for indices"),
                message);
        message = refused(options -> options.missing(MissingModality.zeros()), words("same"));
        assertTrue(message.contains("\"words\" takes input \"text\" for indices"), message);
        ModulatedOptimizer.Builder options =
                ModulatedOptimizer.builder()
                        .missing("text", MissingModality.nans())
                        .noise(GradientNoise.none());
        MultiDataSet batch = Nets.batch(3, 1);
        INDArray indices =
                Nd4j.createFromArray(new double[][] {{1, 2, 1, 2}, {3, 3, 3, 3}, {4, 1, 1, 1}});
        indices.slice(1).assign(Double.NaN);
        batch.setFeatures(0, indices);
        ComputationGraph graph = Nets.modulated(options, words("text"));
        Map<String, INDArray> gradient = Gradients.of(graph, batch);
        double[] ofTokens = gradient.get("words_W").norm1(1).toDoubleVector();
        assertEquals(0, ofTokens[0]);
        assertEquals(0, ofTokens[3]);
        assertTrue(ofTokens[1] > 0 && ofTokens[2] > 0 && ofTokens[4] > 0);
        assertTrue(
                ModulatedOptimizer.lastModulation(graph)
                                .orElseThrow()
                                .modalities()
                                .get("text")
                                .score()
                        > 0);
    }

    private static ComputationGraphConfiguration words(String source) {
        GraphBuilder builder = Nets.base().graphBuilder().addInputs("text", "visual");
        if (source.equals("same")) {
            builder.addVertex("same", new ReshapeVertex(-1, 4), "text");
        }
        return builder.addLayer(
                        "words",
                        new EmbeddingSequenceLayer.Builder().nIn(5).nOut(3).inputLength(4).build(),
                        source)
                .addLayer("text_fc", new GlobalPoolingLayer(PoolingType.AVG), "words")
                .addLayer("visual_fc", new DenseLayer.Builder().nIn(6).nOut(7).build(), "visual")
                .addVertex("concat", new MergeVertex(), "text_fc", "visual_fc")
                .addLayer("out", output(10), "concat")
                .setOutputs("out")
                .build();
    }

    private static OutputLayer output(int in) {
        OutputLayer out = Nets.output();
        out.setNIn(in);
        return out;
    }

    @Test
    void whatCannotBeIsRefused() {
        String message =
                refused(options -> options.missing("sound", MissingModality.zeros()), Nets.dense());
        assertTrue(
                message.contains(
                        "missing must name one of the modalities [audio, visual], got \"sound\""),
                message);
        GraphBuilder taken =
                Nets.base()
                        .graphBuilder()
                        .addInputs("audio", "visual")
                        .addLayer("entrance-audio", Nets.layer(4), "audio")
                        .addLayer("visual_fc", Nets.layer(4), "visual")
                        .addVertex("concat", new MergeVertex(), "entrance-audio", "visual_fc")
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("out")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        message =
                refused(
                        options -> options.missing("visual", MissingModality.nans()),
                        taken.build());
        assertTrue(message.contains("must not be \"entrance-audio\""), message);
        ModulatedOptimizer.builder().build().modulate(taken.build());
        assertThrows(IllegalArgumentException.class, () -> new MissingModality(null));
    }

    private static String refused(
            Consumer<ModulatedOptimizer.Builder> option, ComputationGraphConfiguration conf) {
        ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder();
        option.accept(builder);
        return assertThrows(IllegalArgumentException.class, () -> builder.build().modulate(conf))
                .getMessage();
    }

    /** An embedding and a dense layer on one input: DL4J hands its input no signal of the first. */
    @Test
    void twoKindsOfReadersOfAnEntrance() {
        ComputationGraphConfiguration conf =
                Nets.base()
                        .graphBuilder()
                        .addInputs("text", "visual")
                        .addLayer("dense", new DenseLayer.Builder().nIn(1).nOut(2).build(), "text")
                        .addLayer(
                                "words",
                                new EmbeddingLayer.Builder().nIn(5).nOut(3).build(),
                                "text")
                        .addLayer(
                                "visual_fc",
                                new DenseLayer.Builder().nIn(6).nOut(7).build(),
                                "visual")
                        .addVertex("concat", new MergeVertex(), "dense", "words", "visual_fc")
                        .addLayer("out", output(12), "concat")
                        .setOutputs("out")
                        .build();
        MultiDataSet batch = Nets.batch(3, 1);
        batch.setFeatures(0, Nd4j.createFromArray(new double[][] {{1}, {4}, {0}}));
        ComputationGraph with =
                Nets.modulated(ModulatedOptimizer.builder().missing(MissingModality.nans()), conf);
        ComputationGraph without = Nets.modulated(ModulatedOptimizer.builder(), conf);
        with.fit(batch);
        without.fit(batch);
        Compare.same(without.params(), with.params(), "parameters");
    }
}
