package org.ogm4j.study.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.study.data.Example;
import org.ogm4j.study.data.Fit;
import org.ogm4j.study.data.Memory;
import org.ogm4j.study.data.Modality;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.Partition;
import org.ogm4j.study.data.Parts;
import org.ogm4j.study.data.Target;
import org.ogm4j.study.data.Values;

/** Encoders and fusions on data that can be learned. */
class EncodersTest {

    private static final int EXAMPLES = 140;

    /**
     * Of 60 test examples of two classes at least 48 are right. One that guesses is that good in 2
     * of a million cases. Nothing but gradients moves a weight here, and all weights are moved.
     */
    @ParameterizedTest
    @CsvSource({
        "CNN, 3x70x9",
        "RESNET18, 1x4x4",
        "TRANSFORMER, 1x14x14",
        "TRANSFORMER, 5x4",
        "TRANSFORMER, words",
        "LSTM, 5xT",
        "LSTM, words",
        "DENSE, 10",
        "DENSE, 1x5x5"
    })
    void everyEncoderLearns(EncoderKind kind, String shape) {
        MultimodalData data = data(Target.Kind.CLASS, shape, "3");
        int epochs = kind == EncoderKind.RESNET18 ? 2 : 6;
        Updater updater = Updater.ADAM;

        assertTrue(
                accuracy(data, List.of(kind, EncoderKind.DENSE), Fusion.CONCAT, updater, epochs)
                        >= 0.8);
    }

    @ParameterizedTest
    @EnumSource
    void everyFusionLearnsAndIsModulated(Fusion fusion) {
        MultimodalData data = data(Target.Kind.CLASS, "1x17x9", "1x9x17");
        EncoderKind kind = EncoderKind.CNN;

        assertTrue(accuracy(data, List.of(kind, kind), fusion, Updater.ADAM, 6) >= 0.8);
    }

    /** Three modalities of unequal widths, and every kind of answer, with dropout. */
    @ParameterizedTest
    @EnumSource
    void anyNumberOfModalitiesAndEveryAnswer(Target.Kind kind) {
        MultimodalData data = data(kind, "1x8x8", "5x4", "4");
        Fusion fusion = kind == Target.Kind.LABELS ? Fusion.SUM : Fusion.CONCAT;
        Training training = new Training(Updater.ADAM, 0.003, 0.2, 1e-4);
        ComputationGraph graph =
                new ComputationGraph(
                        MultimodalNetwork.configuration(
                                branches(data, List.of()),
                                fusion,
                                new Answer(kind, data.target().size()),
                                training,
                                1));
        graph.init();
        Parts parts = data.parts(Partition.bySeed(data, 0, 60.0 / EXAMPLES, 1));
        double before = graph.score(parts.test(60).next());
        graph.fit(parts.training(20, 1), 10);

        assertTrue(graph.score(parts.test(60).next()) < 0.7 * before, kind + " " + fusion);
    }

    /** Features of unequal sizes: film and gated take the first one's. */
    @ParameterizedTest
    @EnumSource(names = {"FILM", "GATED", "CONCAT", "SUM"})
    void widthsMayDiffer(Fusion fusion) {
        MultimodalData data = data(Target.Kind.CLASS, "4", "5x4");

        assertTrue(
                accuracy(
                                data,
                                List.of(EncoderKind.DENSE, EncoderKind.LSTM),
                                fusion,
                                Updater.ADAM,
                                6)
                        >= 0.8);
    }

    /** Dense layers behind all places of the last map, 3 x 2, in place of their mean. */
    @Test
    void aConvolutionalEncoderReadsPlacesWithSizes() {
        Branch mean = branch("a", EncoderKind.CNN, InputType.convolutional(33, 17, 1));
        Branch places =
                new Branch(
                        "a",
                        mean.type(),
                        false,
                        new EncoderSize(EncoderKind.CNN, List.of(20, 7), null));
        Branch other = branch("b", EncoderKind.CNN, mean.type());

        assertEquals(96, mean.width());
        assertEquals(7, places.width());
        ComputationGraph graph =
                new ComputationGraph(
                        MultimodalNetwork.configuration(
                                List.of(places, other),
                                Fusion.CONCAT,
                                new Answer(Target.Kind.CLASS, 3),
                                new Training(Updater.ADAM, 0.001),
                                1));
        graph.init();
        assertEquals(96 * 3 * 2, graph.getLayer("a-1").getParam("W").size(0));
        assertEquals(7 + 96, graph.getLayer(MultimodalNetwork.HEAD).getParam("W").size(0));
        assertTrue(
                MultimodalNetwork.problems(List.of(places, other), Fusion.SELF_ATTENTION)
                        .get(0)
                        .contains("encoder cnn of a has none"));
    }

    @Test
    void whatDoesNotGoIsToldWithWhatDoes() {
        assertEquals(
                "encoder lstm of a reads sequences and texts, got images of 1 x 14 x 14; cnn goes",
                refused(EncoderKind.LSTM, InputType.convolutional(14, 14, 1)));
        assertEquals(
                "encoder transformer of a reads images, and sequences and texts of one length, got"
                        + " 7 numbers; dense goes",
                refused(EncoderKind.TRANSFORMER, InputType.feedForward(7)));
        assertEquals(
                "encoder dense of a reads columns of numbers, and images, got sequences of 3"
                        + " numbers and 5 steps; lstm goes",
                refused(EncoderKind.DENSE, InputType.recurrent(3, 5)));
        assertEquals(
                "encoder transformer of a needs sequences of one length, got sequences of 3 numbers"
                        + " and unequally many steps; lstm goes",
                refused(EncoderKind.TRANSFORMER, InputType.recurrent(3)));
        assertEquals(
                "encoder transformer of a needs images of at least one patch, got images of 1 x 5 x"
                        + " 5; cnn goes",
                refused(EncoderKind.TRANSFORMER, InputType.convolutional(5, 5, 1)));
        assertTrue(
                refused(null, InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 4, 4, 4, 1))
                        .contains("\"sequence\""));

        Branch cnn = branch("a", EncoderKind.CNN, InputType.convolutional(9, 9, 1));
        Branch patches = branch("b", EncoderKind.TRANSFORMER, InputType.convolutional(9, 9, 1));
        Branch dense = branch("c", EncoderKind.DENSE, InputType.feedForward(3));
        assertEquals(List.of(), MultimodalNetwork.problems(List.of(cnn, patches), Fusion.FILM));
        assertTrue(
                MultimodalNetwork.problems(List.of(cnn, patches, dense), Fusion.FILM)
                        .get(0)
                        .startsWith("fusion film joins two modalities, got 3"));
        assertTrue(
                MultimodalNetwork.problems(List.of(cnn, patches), Fusion.SELF_ATTENTION)
                        .get(0)
                        .contains("got 96 of a and 48 of b"));
        assertTrue(
                MultimodalNetwork.problems(List.of(cnn, dense), Fusion.CROSS_ATTENTION)
                        .get(0)
                        .contains("encoder dense of c has none; concat goes"));
    }

    private static String refused(EncoderKind kind, InputType type) {
        return assertThrows(IllegalArgumentException.class, () -> branch("a", kind, type))
                .getMessage();
    }

    private static Branch branch(String name, EncoderKind kind, InputType type) {
        return new Branch(name, type, false, new EncoderSize(kind));
    }

    private static List<Branch> branches(MultimodalData data, List<EncoderKind> kinds) {
        List<Branch> branches = new ArrayList<>();
        for (Modality each : data.modalities()) {
            EncoderKind kind = kinds.isEmpty() ? null : kinds.get(branches.size());
            branches.add(
                    new Branch(
                            each.name(),
                            each.inputType(),
                            each.indices() > 0,
                            new EncoderSize(kind)));
        }
        return branches;
    }

    /** On the test part, of the modulated network. */
    private static double accuracy(
            MultimodalData data,
            List<EncoderKind> kinds,
            Fusion fusion,
            Updater updater,
            int epochs) {
        ComputationGraph graph =
                new ComputationGraph(
                        MultimodalNetwork.configuration(
                                branches(data, kinds),
                                fusion,
                                Answer.classes(2),
                                new Training(updater, 0.005, 0, 0),
                                1));
        graph.init();
        ComputationGraph modulated =
                ModulatedOptimizer.builder().alpha(0.3).build().modulate(graph);
        Parts parts = data.parts(Partition.bySeed(data, 0, 60.0 / EXAMPLES, 1));
        Map<String, INDArray> before = new HashMap<>();
        modulated.paramTable().forEach((name, each) -> before.put(name, each.dup()));
        before.keySet()
                .removeIf(name -> name.contains("norm")); // the next one takes its shift away
        modulated.fit(parts.training(20, 1), epochs);
        before.forEach(
                (name, each) -> assertNotEquals(each, modulated.paramTable().get(name), name));
        return modulated.evaluate(parts.test(60)).accuracy();
    }

    /** The first modality tells the class, by where its numbers are large; the others help. */
    private static MultimodalData data(Target.Kind kind, String... shapes) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < EXAMPLES; i++) {
            double y = i % 2;
            List<Double> label = kind == Target.Kind.CLASS ? List.of(y) : List.of(y, 1 - y);
            examples.add(new Example("e" + i, label, null, null));
        }
        List<Modality> modalities = new ArrayList<>();
        for (String shape : shapes) {
            String name = "m" + modalities.size();
            boolean words = shape.equals("words");
            Modality made =
                    Modality.load(
                            name,
                            EXAMPLES,
                            i -> words ? words(i) : values(i, shape, name.equals("m0") ? 2 : 0.2),
                            Fit.NONE,
                            Memory.quarterOfHeap());
            modalities.add(words ? made.ofIndices(12) : made);
        }
        return new MultimodalData(new Target(kind, List.of("no", "yes")), examples, modalities);
    }

    /** Words 2 to 6 of one class, 7 to 11 of the other. */
    private static Values words(int i) {
        SplittableRandom random = new SplittableRandom(i);
        float[] numbers = new float[5];
        for (int t = 0; t < numbers.length; t++) {
            numbers[t] = 2 + 5 * (i % 2) + random.nextInt(5);
        }
        return new Values(numbers, 1, numbers.length);
    }

    /** One half or the other has larger numbers. */
    private static Values values(int i, String shape, double difference) {
        SplittableRandom random = new SplittableRandom(1000 + i);
        String[] sizes = shape.replace("T", String.valueOf(3 + i % 4)).split("x", -1);
        int[] each = new int[sizes.length];
        int all = 1;
        for (int d = 0; d < each.length; d++) {
            each[d] = Integer.parseInt(sizes[d]);
            all *= each[d];
        }
        float[] numbers = new float[all];
        for (int k = 0; k < all; k++) {
            boolean large = (2 * k < all) == (i % 2 == 0);
            numbers[k] = (float) (random.nextDouble() - 0.5 + (large ? difference : 0));
        }
        return new Values(numbers, each);
    }
}
