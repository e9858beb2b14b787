package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;
import org.ogm4j.testing.Thrown;

/** Transfer learning, before {@code modulate} and after it. */
class FreezingTest {

    private static final ModulatedOptimizer OPTIMIZER = ModulatedOptimizer.builder().build();

    static Stream<IUpdater> updaters() {
        return Stream.of(new Nesterovs(0.1, 0.9), new Adam(0.01));
    }

    /** Freezing and modulating in either order is the same training to the last bit. */
    @ParameterizedTest
    @MethodSource("updaters")
    void theFirstLayersOfAnEncoder(IUpdater updater) {
        ComputationGraph trained = trained(Nets.init(network(updater)));
        ComputationGraph before = OPTIMIZER.modulate(frozen(trained, "audio_1").build());
        ComputationGraph after = frozen(OPTIMIZER.modulate(trained), "audio_1").build();
        for (ComputationGraph graph : List.of(before, after)) {
            INDArray kept = graph.getLayer("audio_1").params().dup();
            INDArray tuned = graph.getLayer("audio_fc").params().dup();
            assertInstanceOf(FrozenLayer.class, graph.getLayer("audio_1"));
            Resuming.train(graph, 2, 5);
            Compare.same(kept, graph.getLayer("audio_1").params(), "frozen");
            assertTrue(Compare.differ(tuned, graph.getLayer("audio_fc").params()));
            assertTrue(ModulatedOptimizer.lastModulation(graph).isPresent());
        }
        Compare.same(before.params(), after.params(), "either order");
    }

    /** DL4J keeps this in the running network alone. */
    @Test
    void aLayerThatIsFrozenWithoutTransferLearning() {
        ComputationGraph plain = Nets.init(network(new Sgd(0.1)));
        plain.getVertex("audio_1").setLayerAsFrozen();
        ComputationGraph graph = OPTIMIZER.modulate(plain);
        assertInstanceOf(FrozenLayer.class, graph.getVertex("audio_1").getLayer());
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void strippedItGoesOnAsThePlainOne(IUpdater updater) {
        ComputationGraph trained = trained(Nets.init(network(updater)));
        ComputationGraph plain = frozen(trained, "audio_1").build();
        ComputationGraph stripped = ModulatedOptimizer.strip(OPTIMIZER.modulate(plain));
        assertEquals(plain.getConfiguration(), stripped.getConfiguration());
        for (ComputationGraph graph : List.of(plain, stripped)) {
            assertInstanceOf(FrozenLayer.class, graph.getLayer("audio_1"));
            Resuming.train(graph, 0, 3);
        }
        Compare.same(plain.params(), stripped.params(), "parameters");
    }

    /** A whole encoder, or all of them: what is left to train goes on. */
    @ParameterizedTest
    @MethodSource("updaters")
    void wholeEncodersOfAModulatedNetwork(IUpdater updater) {
        for (String end : new String[] {"audio_fc", "concat"}) {
            ComputationGraph trained = trained(OPTIMIZER.modulate(Nets.init(network(updater))));
            ComputationGraph graph = frozen(trained, end).build();
            INDArray audio = graph.getLayer("audio_fc").params().dup();
            INDArray visual = graph.getLayer("visual_fc").params().dup();
            INDArray head = graph.getLayer("out").params().dup();
            Resuming.train(graph, 2, 5);
            Compare.same(audio, graph.getLayer("audio_fc").params(), "frozen");
            assertEquals(
                    end.equals("audio_fc"),
                    Compare.differ(visual, graph.getLayer("visual_fc").params()));
            assertTrue(Compare.differ(head, graph.getLayer("out").params()));
        }
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void aNewHead(IUpdater updater) {
        ComputationGraph trained = trained(Nets.init(network(updater)));
        ComputationGraph before =
                OPTIMIZER.modulate(withNewHead(frozen(trained, "audio_1"), updater));
        ComputationGraph after =
                withNewHead(frozen(OPTIMIZER.modulate(trained), "audio_1"), updater);
        INDArray head = before.getLayer("out").params().dup();
        Resuming.train(before, 2, 5);
        if (updater instanceof Adam) {
            assertEdited(after, "updater of head \"out\" must be a decorated one, got Adam");
        } else {
            after.getLayer("out").setParams(head);
            Resuming.train(after, 2, 5);
            Compare.same(before.params(), after.params(), "either order");
        }
    }

    /** Scores are of the labels of the output that the network was modulated with. */
    @Test
    void aHeadOfAnotherName() {
        ComputationGraph graph = OPTIMIZER.modulate(Nets.init(network(new Sgd(0.1))));
        assertEdited(
                new TransferLearning.GraphBuilder(graph)
                        .removeVertexAndConnections("out")
                        .addLayer("classes", head(11, new Sgd(0.1)), "concat")
                        .setOutputs("classes")
                        .build(),
                "output \"out\", whose labels scores are of, must be in the network, got [classes]");
    }

    /** Scores by zero-out run the layers that the network was modulated with. */
    @Test
    void oneMoreLayerInTheFusion() {
        ModulatedOptimizer zeroOut =
                ModulatedOptimizer.builder().score(ScoreSource.zeroOut()).build();
        ComputationGraph graph = zeroOut.modulate(Nets.init(network(new Sgd(0.1))));
        DenseLayer more = new DenseLayer.Builder().nIn(11).nOut(4).updater(new Sgd(0.1)).build();
        assertEdited(
                new TransferLearning.GraphBuilder(graph)
                        .removeVertexAndConnections("out")
                        .addLayer("more", more, "concat")
                        .addLayer("out", head(4, new Sgd(0.1)), "more")
                        .setOutputs("out")
                        .build(),
                "vertex \"out\", which scores by zero-out run, must read what it did, got [more]");
    }

    @Test
    void aProbeThatIsGone() {
        ModulatedOptimizer probing =
                ModulatedOptimizer.builder().score("audio", ScoreSource.probe()).build();
        ComputationGraph graph = probing.modulate(Nets.init(network(new Sgd(0.1))));
        assertEdited(
                new TransferLearning.GraphBuilder(graph)
                        .removeVertexAndConnections("probe-audio")
                        .build(),
                "head \"probe-audio\", which scores are read from, must be in the network, got none");
    }

    /** The example of the guide. */
    @Test
    void strippedEditedAndModulatedAgain() {
        ComputationGraph net = trained(OPTIMIZER.modulate(Nets.init(network(new Adam(0.01)))));
        OutputLayer newHead = Nets.output();
        newHead.setNIn(11);
        Nd4j.getRandom().setSeed(1); // what the new head's weights are drawn from
        FineTuneConfiguration adam =
                new FineTuneConfiguration.Builder().updater(new Adam(1e-4)).build();
        ComputationGraph edited =
                new TransferLearning.GraphBuilder(ModulatedOptimizer.strip(net))
                        .fineTuneConfiguration(adam)
                        .setFeatureExtractor("audio_1")
                        .removeVertexKeepConnections("out")
                        .addLayer("out", newHead, "concat")
                        .build();
        ComputationGraph tuned = ModulatedOptimizer.builder().build().modulate(edited);
        // DL4J's fine-tuning makes floats of a double network
        INDArray frozen = net.getLayer("audio_1").params().castTo(DataType.FLOAT);
        boolean acted = false;
        for (int t = 0; t < 30; t++) {
            Resuming.train(tuned, t, t + 1);
            var step = ModulatedOptimizer.lastModulation(tuned).orElseThrow();
            acted |= step.modalities().values().stream().anyMatch(m -> m.momentCoefficient() < 1);
        }
        Compare.same(frozen, tuned.getLayer("audio_1").params(), "frozen");
        assertTrue(acted, "p must have acted");
    }

    /** Where the coefficient acts depends on the updaters. */
    @Test
    void anotherUpdater() {
        ComputationGraph adam = OPTIMIZER.modulate(Nets.init(network(new Adam(0.01))));
        assertEdited(
                fineTuned(adam, new Adam(0.001)),
                "updater of audio_fc.W (modality \"audio\") must be a decorated one, got Adam");
        ComputationGraph linear = OPTIMIZER.modulate(Nets.init(network(new Nesterovs(0.1, 0.9))));
        assertEdited(
                fineTuned(linear, new Adam(0.001)),
                "updater of audio_fc.W (modality \"audio\") must be Sgd or Nesterovs, got Adam");
        ComputationGraph first = fineTuned(linear, new Sgd(0.01));
        LayerVertex vertex = (LayerVertex) first.getConfiguration().getVertices().get("audio_1");
        ((DenseLayer) vertex.getLayerConf().getLayer()).setIUpdater(new Adam(0.001));
        assertEdited(
                first,
                "updater of audio_1.W (modality \"audio\") must be Sgd or Nesterovs, got Adam");
        ComputationGraph slower = fineTuned(linear, new Sgd(0.01));
        Resuming.train(slower, 0, 2);
        assertTrue(ModulatedOptimizer.lastModulation(slower).isPresent());
    }

    private static void assertEdited(ComputationGraph graph, String problem) {
        String message =
                Thrown.message(IllegalStateException.class, () -> Resuming.train(graph, 0, 1));
        assertEquals(
                problem
                        + ": the network was edited after it was modulated; call strip, edit, modulate again",
                message);
    }

    private static ComputationGraph fineTuned(ComputationGraph graph, IUpdater updater) {
        return new TransferLearning.GraphBuilder(graph)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder().updater(updater).build())
                .build();
    }

    private static TransferLearning.GraphBuilder frozen(ComputationGraph graph, String end) {
        return new TransferLearning.GraphBuilder(graph).setFeatureExtractor(end);
    }

    private static ComputationGraph withNewHead(
            TransferLearning.GraphBuilder builder, IUpdater updater) {
        return builder.removeVertexKeepConnections("out")
                .addLayer("out", head(11, updater), "concat")
                .build();
    }

    private static OutputLayer head(int in, IUpdater updater) {
        OutputLayer output = Nets.output();
        output.setNIn(in);
        output.setIUpdater(updater.clone());
        return output;
    }

    private static ComputationGraph trained(ComputationGraph graph) {
        Resuming.train(graph, 0, 2);
        return graph;
    }

    private static ComputationGraphConfiguration network(IUpdater updater) {
        return Nets.base(updater)
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_1", Nets.layer(5), "audio")
                .addLayer("audio_fc", Nets.layer(4), "audio_1")
                .addLayer("visual_fc", Nets.layer(7), "visual")
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }
}
