package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Nets;

/** Scores are of the features as the encoders gave them, whatever is written over them. */
class CleanFeaturesTest {

    private static final double RETAINED = 0.5;

    static Stream<ModulatedOptimizer> scores() {
        return Stream.of(
                        ModulatedOptimizer.builder(),
                        ModulatedOptimizer.builder().head("visual", "visual_head"),
                        ModulatedOptimizer.builder().score(ScoreSource.zeroOut()),
                        ModulatedOptimizer.builder()
                                .score("visual", ScoreSource.probe().at("visual_fc")))
                .map(ModulatedOptimizer.Builder::build);
    }

    @ParameterizedTest
    @MethodSource("scores")
    void theLastReadersDropoutIsNotInTheScores(ModulatedOptimizer optimizer) {
        assertEquals(
                score(optimizer, Nets.output(), 0),
                score(optimizer, Nets.output(), RETAINED),
                "written in the backward pass");
        assertEquals(
                score(optimizer, dense(), 0),
                score(optimizer, dense(), RETAINED),
                "written in the forward pass");
    }

    private static FeedForwardLayer dense() {
        return new DenseLayer.Builder().nOut(Nets.CLASSES).activation(Activation.IDENTITY).build();
    }

    /** The score of a modality whose features are read by a fusion and then by a head. */
    private static double score(
            ModulatedOptimizer optimizer, FeedForwardLayer head, double retained) {
        head.setIDropout(retained == 0 ? null : new Dropout(retained));
        GraphBuilder builder =
                Nets.encoders()
                        .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                        .addLayer("out", Nets.output(), "concat")
                        .addLayer("visual_head", head, "visual_fc")
                        .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        if (head instanceof DenseLayer) {
            builder.addLayer("visual_loss", Nets.loss(), "visual_head")
                    .setOutputs("out", "visual_loss");
        } else {
            builder.setOutputs("out", "visual_head");
        }
        ComputationGraph graph = Nets.init(optimizer.modulate(builder.build()));
        MultiDataSet batch = Nets.batch(8, 3);
        INDArray labels = batch.getLabels(0);
        batch.setLabels(new INDArray[] {labels, labels});
        graph.fit(batch);
        return ModulatedOptimizer.lastModulation(graph)
                .orElseThrow()
                .modalities()
                .get("visual")
                .score();
    }
}
