package org.ogm4j.examples.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.ogm4j.study.measure.Answers;
import org.ogm4j.study.measure.Layout;
import org.ogm4j.study.measure.Reader;
import org.ogm4j.study.network.Branch;
import org.ogm4j.study.network.EncoderEnd;
import org.ogm4j.study.network.Fusion;
import org.ogm4j.study.network.Updater;

/** Every encoder with every fusion; those without ResNet-18 answer too. */
class NetworksTest {

    private static final int BATCH = 3;

    static Stream<Architecture> all() {
        return Stream.of(Encoder.values())
                .flatMap(
                        encoder ->
                                Stream.of(Fusion.values())
                                        .map(fusion -> new Architecture(encoder, fusion)));
    }

    static Stream<Architecture> small() {
        return Stream.of(
                new Architecture(Encoder.CNN, Fusion.FILM),
                new Architecture(Encoder.CNN, Fusion.GATED),
                new Architecture(Encoder.CNN, Fusion.CROSS_ATTENTION),
                new Architecture(Encoder.TRANSFORMER, Fusion.SUM),
                new Architecture(Encoder.TRANSFORMER, Fusion.SELF_ATTENTION));
    }

    /** As text: DL4J's attention layers are equal to no copy of themselves. */
    @ParameterizedTest
    @MethodSource("all")
    void jsonRoundTrip(Architecture architecture) {
        ComputationGraphConfiguration conf = configuration(architecture);
        String json = conf.toJson();
        ComputationGraphConfiguration copy = ComputationGraphConfiguration.fromJson(json);

        assertEquals(json, copy.toJson());
        assertEquals(shapes(conf), shapes(copy));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyVertexIsReadAndTheModalitiesMeetAtTheEncodersEnds(Architecture architecture) {
        ComputationGraphConfiguration conf = configuration(architecture);
        Set<String> read = new HashSet<>();
        conf.getVertexInputs().values().forEach(read::addAll);
        read.add(AudioVisualNet.HEAD);
        read.removeAll(conf.getNetworkInputs());
        assertEquals(conf.getVertices().keySet(), read);

        EncoderEnd end = architecture.fusion().end();
        String audio = end.vertex("audio");
        String visual = end.vertex("visual");
        if (architecture.fusion() != Fusion.SUM) {
            assertEquals(Map.of(audio, "audio", visual, "visual"), layout(conf).ends());
        }
        assertTrue(conf.getVertices().keySet().containsAll(List.of(audio, visual)));
    }

    @ParameterizedTest
    @EnumSource
    void tokensAreThePlacesOfTheLastMap(Encoder encoder) {
        ComputationGraphConfiguration conf =
                configuration(new Architecture(encoder, Fusion.CROSS_ATTENTION));
        Map<String, InputType> shapes = shapes(conf);
        for (Modality modality : Modality.values()) {
            String sequence =
                    encoder == Encoder.TRANSFORMER
                            ? modality.input() + "-sequence"
                            : modality.tokens();
            Branch branch = encoder.branch(modality, Sizes.DIGITS);
            InputType map = shapes.get(conf.getVertexInputs().get(sequence).get(0));
            assertEquals((long) branch.width() * branch.tokens(), map.arrayElementsPerExample());
        }
    }

    @ParameterizedTest
    @MethodSource("small")
    void theFusedAnswerIsTheNetworks(Architecture architecture) {
        ComputationGraph graph = trainedOnce(architecture);
        INDArray[] inputs = inputs();

        Answers answers =
                reader(configuration(architecture)).read(graph, graph.feedForward(inputs, false));

        assertClose(graph.output(inputs)[0], answers.fused());
        for (Modality modality : Modality.values()) {
            INDArray alone = answers.alone(modality.input());
            assertArrayEquals(new long[] {BATCH, 10}, alone.shape());
            assertTrue(alone.std(0).maxNumber().doubleValue() > 1e-3);
        }
    }

    /** A copy that kept the parameters it read first would give the same answer again. */
    @Test
    void theClassifierFollowsTheNetworkAndLeavesItAlone() {
        Architecture architecture = new Architecture(Encoder.CNN, Fusion.CROSS_ATTENTION);
        ComputationGraphConfiguration conf = configuration(architecture);
        ComputationGraph graph = new ComputationGraph(conf);
        graph.init();
        Map<String, INDArray> activations = graph.feedForward(inputs(), false);
        Nd4j.getRandom().setSeed(5);
        long next = Nd4j.getRandom().nextLong();
        Nd4j.getRandom().setSeed(5);

        Reader reader = reader(conf);
        INDArray before = reader.read(graph, activations).alone("audio");
        graph.params().muli(0.5);
        INDArray params = graph.params().dup();
        INDArray after = reader.read(graph, activations).alone("audio");

        assertEquals(next, Nd4j.getRandom().nextLong());
        assertEquals(params, graph.params());
        assertTrue(after.distance1(before) > 0.01);
        assertClose(reader(conf).read(graph, activations).alone("audio"), after);
    }

    /** Gamma's bias starts at 1 and beta's at 0, so that the audio features pass. */
    @Test
    void filmPassesTheSoundWhereThereIsNoImage() {
        Architecture architecture = new Architecture(Encoder.CNN, Fusion.FILM);
        ComputationGraph graph = new ComputationGraph(configuration(architecture));
        graph.init();
        Map<String, INDArray> activations = graph.feedForward(inputs(), false);

        INDArray alone =
                reader(configuration(architecture)).read(graph, activations).alone("audio");

        INDArray weights = graph.getLayer(AudioVisualNet.HEAD).getParam("W");
        assertClose(
                Transforms.softmax(activations.get(Modality.AUDIO.features()).mmul(weights)),
                alone);
    }

    private static Layout layout(ComputationGraphConfiguration conf) {
        return Layout.of(conf, Map.of());
    }

    private static Reader reader(ComputationGraphConfiguration conf) {
        return Reader.of(layout(conf));
    }

    private static ComputationGraphConfiguration configuration(Architecture architecture) {
        return AudioVisualNet.configuration(
                architecture.encoder(), architecture.fusion(), Updater.SGD, 0.1, 1);
    }

    private static Map<String, InputType> shapes(ComputationGraphConfiguration conf) {
        return conf.getLayerActivationTypes(
                InputType.convolutional(129, 49, 1), InputType.convolutional(28, 28, 1));
    }

    private static ComputationGraph trainedOnce(Architecture architecture) {
        ComputationGraph graph = new ComputationGraph(configuration(architecture));
        graph.init();
        INDArray labels = Nd4j.eye(10).get(NDArrayIndex.interval(0, BATCH));
        graph.fit(new MultiDataSet(inputs(), new INDArray[] {labels}));
        return graph;
    }

    private static INDArray[] inputs() {
        Nd4j.getRandom().setSeed(3);
        return new INDArray[] {Nd4j.randn(BATCH, 1, 129, 49), Nd4j.randn(BATCH, 1, 28, 28)};
    }

    private static void assertClose(INDArray expected, INDArray actual) {
        assertTrue(expected.equalsWithEps(actual, 1e-4), expected + " against " + actual);
    }
}
