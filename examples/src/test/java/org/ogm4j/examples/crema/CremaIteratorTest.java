package org.ogm4j.examples.crema;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.study.data.DataException;

class CremaIteratorTest {

    private static final int PLANE = 224 * 224;

    @TempDir static Path folder;
    private static List<CremaClip> clips;

    /** Seven clips; the green of frame i is 20 i, so that it tells the frame. */
    @BeforeAll
    static void write() throws IOException {
        for (Emotion emotion : Emotion.values()) {
            CremaFiles.writeClip(folder, "1001_DFA_%s_XX".formatted(emotion), 5);
        }
        CremaFiles.writeClip(folder, "1001_TAI_NEU_XX", 5);
        CremaFiles.writeClip(folder, "1002_TAI_NEU_XX", 5);
        clips = CremaFolder.of(folder).withActors(1, 0).read().train();
    }

    @Test
    void keepsASmallerLastBatchAndGivesTheShapesOfThePublication() {
        CremaIterator batches = CremaIterator.training(clips, 4, 1);

        assertEquals(2, batches.steps());
        for (int m : new int[] {4, 3}) {
            MultiDataSet batch = batches.next();
            assertArrayEquals(new long[] {m, 1, 257, 188}, batch.getFeatures(0).shape());
            assertArrayEquals(new long[] {m, 3, 224, 224}, batch.getFeatures(1).shape());
            assertArrayEquals(new long[] {m, 6}, batch.getLabels(0).shape());
            assertEquals(m, batch.getLabels(0).sumNumber().intValue());
        }
        assertFalse(batches.hasNext());
        assertThrows(NoSuchElementException.class, batches::next);
    }

    @Test
    void leavesOutALastBatchOfOneInTrainingOnly() {
        CremaIterator training = CremaIterator.training(clips, 6, 1);
        CremaIterator evaluation = CremaIterator.evaluation(clips, 6);

        training.next();
        evaluation.next();

        assertEquals(1, training.steps());
        assertFalse(training.hasNext());
        assertEquals(2, evaluation.steps());
        assertArrayEquals(new long[] {1, 6}, evaluation.next().getLabels(0).shape());
    }

    @Test
    void evaluationKeepsTheOrderAndSeesTheFrameInTheMiddle() {
        CremaIterator batches = CremaIterator.evaluation(clips, 7);

        MultiDataSet batch = batches.next();

        for (int i = 0; i < clips.size(); i++) {
            assertEquals(1, batch.getLabels(0).getInt(i, clips.get(i).emotion().label()));
            float[] row = row(batch.getFeatures(1), i);
            assertArrayEquals(CremaImages.test(clips.get(i).middleFrame()), row);
            assertEquals(2, frame(row));
            assertArrayEquals(CremaAudio.read(clips.get(i).audio()), row(batch.getFeatures(0), i));
        }
        batches.reset();
        assertEquals(batch, batches.next());
    }

    @Test
    void theSeedDecidesEverything() {
        List<INDArray> first = epochs(CremaIterator.training(clips, 4, 1), 2);

        assertEquals(first, epochs(CremaIterator.training(clips, 4, 1), 2));
        assertNotEquals(first, epochs(CremaIterator.training(clips, 4, 2), 2));
    }

    @Test
    void everyEpochDrawsAnewWhichClipsAreTogetherAndWhatIsSeen() {
        CremaIterator batches = CremaIterator.training(clips, 7, 1);
        Set<List<Integer>> orders = new HashSet<>();
        Set<Integer> frames = new HashSet<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            batches.reset(); // the first one changes nothing
            MultiDataSet batch = batches.next();
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                order.add(batch.getLabels(0).getRow(i).argMax().getInt(0));
                frames.add(frame(row(batch.getFeatures(1), i)));
            }
            orders.add(order);
            assertEquals(2, batch.getLabels(0).getColumn(0).sumNumber().intValue());
        }

        assertEquals(3, orders.size());
        assertTrue(frames.size() > 2, "frames " + frames);
    }

    @Test
    void aSecondResetDoesNotEndAnEpoch() {
        CremaIterator once = CremaIterator.training(clips, 4, 1);
        CremaIterator twice = CremaIterator.training(clips, 4, 1);
        twice.reset();
        once.next();
        twice.next();
        once.reset();
        twice.reset();
        twice.reset();

        assertEquals(once.next(), twice.next());
    }

    @Test
    void aSmallModulatedNetworkLearnsFromIt() {
        ComputationGraph net =
                new ComputationGraph(
                        ModulatedOptimizer.builder()
                                .build()
                                .modulate(
                                        new NeuralNetConfiguration.Builder()
                                                .seed(1)
                                                .updater(new Nesterovs(1e-4, 0.9))
                                                .graphBuilder()
                                                .addInputs("audio", "visual")
                                                .addLayer("audio-map", patches(), "audio")
                                                .addLayer("visual-map", patches(), "visual")
                                                .addLayer("audio-mean", mean(), "audio-map")
                                                .addLayer("visual-mean", mean(), "visual-map")
                                                .addVertex(
                                                        "both",
                                                        new MergeVertex(),
                                                        "audio-mean",
                                                        "visual-mean")
                                                .addLayer("head", head(), "both")
                                                .setOutputs("head")
                                                .setInputTypes(
                                                        InputType.convolutional(257, 188, 1),
                                                        InputType.convolutional(224, 224, 3))
                                                .build()));
        net.init();
        INDArray before = net.params().dup();

        CremaIterator batches = CremaIterator.training(clips, 6, 1);

        net.fit(batches);

        assertEquals(1, net.getIterationCount());
        net.fit(batches, 2);
        assertEquals(3, net.getIterationCount());
        assertTrue(Double.isFinite(net.score()));
        assertNotEquals(before, net.params());
        assertArrayEquals(
                new long[] {7, 6},
                net.outputSingle(CremaIterator.evaluation(clips, 7).next().getFeatures()).shape());
    }

    @Test
    void refusesImpossibleSizes() {
        assertThrows(IllegalArgumentException.class, () -> CremaIterator.training(clips, 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> CremaIterator.training(clips.subList(0, 1), 4, 1));
        assertThrows(IllegalArgumentException.class, () -> CremaIterator.evaluation(clips, 0));
        assertThrows(IllegalArgumentException.class, () -> CremaIterator.evaluation(List.of(), 4));
    }

    @Test
    void namesAFrameThatCannotBeDecoded() throws IOException {
        Path broken = folder.resolve("broken.png");
        Files.writeString(broken, "no image");
        CremaClip first = clips.get(0);
        CremaClip clip =
                new CremaClip(
                        first.name(),
                        first.actor(),
                        first.emotion(),
                        first.audio(),
                        List.of(broken));
        CremaIterator batches = CremaIterator.evaluation(List.of(first, clip, first), 3);

        DataException e = assertThrows(DataException.class, batches::next);

        assertEquals(broken + ": is not an image that can be decoded", e.getMessage());
    }

    private static List<INDArray> epochs(CremaIterator batches, int count) {
        List<INDArray> arrays = new ArrayList<>();
        for (int epoch = 0; epoch < count; epoch++) {
            while (batches.hasNext()) {
                MultiDataSet batch = batches.next();
                arrays.addAll(List.of(batch.getFeatures()));
                arrays.addAll(List.of(batch.getLabels()));
            }
            batches.reset();
        }
        return arrays;
    }

    private static float[] row(INDArray batch, int example) {
        return batch.slice(example).dup('c').data().asFloat();
    }

    private static int frame(float[] image) {
        return Math.round((image[PLANE] * 0.224f + 0.456f) * 255 / 20);
    }

    private static ConvolutionLayer patches() {
        return new ConvolutionLayer.Builder(16, 16)
                .stride(16, 16)
                .nOut(4)
                .activation(Activation.RELU)
                .build();
    }

    private static GlobalPoolingLayer mean() {
        return new GlobalPoolingLayer.Builder(PoolingType.AVG).build();
    }

    private static OutputLayer head() {
        return new OutputLayer.Builder().nOut(6).activation(Activation.SOFTMAX).build();
    }
}
