package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Replicas;

/**
 * Noise per parameter on several workers: numbers of their own for each, and for the first those of
 * a network that trains alone.
 */
class WorkerNoiseTest {

    private static final int WARM_UP = 12;
    private static final int EXAMPLES = 8;

    /** What draws a random number for each parameter. */
    enum Kind {
        MOMENTS,
        VARIANT,
        ADAPTIVE,
        TENSOR_STD;

        private IUpdater updater() {
            return switch (this) {
                case VARIANT -> new Adam(0.01);
                case ADAPTIVE -> new AMSGrad(0.01);
                default -> new Sgd(0.1);
            };
        }

        private GradientNoise noise() {
            return this == TENSOR_STD ? GradientNoise.tensorStd() : GradientNoise.moments();
        }

        /** Some 3,000 parameters of encoders. */
        ComputationGraphConfiguration conf(double scale) {
            ComputationGraphConfiguration plain =
                    Nets.base(updater())
                            .graphBuilder()
                            .addInputs("audio", "visual")
                            .setInputTypes(image(), image())
                            .addLayer("audio_conv", convolution(), "audio")
                            .addLayer("visual_conv", convolution(), "visual")
                            .addVertex("concat", new MergeVertex(), "audio_conv", "visual_conv")
                            .addLayer("out", Nets.output(), "concat")
                            .setOutputs("out")
                            .build();
            return ModulatedOptimizer.builder()
                    .noise(noise().scaledBy(scale))
                    .build()
                    .modulate(plain);
        }

        private static InputType image() {
            return InputType.convolutional(2, 2, 6);
        }

        private static ConvolutionLayer convolution() {
            return new ConvolutionLayer.Builder(2, 2).nOut(64).build();
        }

        /** In mid-training, where moments are known. */
        ComputationGraph trained() {
            ComputationGraph graph = Nets.init(conf(1));
            for (int step = 0; step < WARM_UP; step++) {
                graph.fit(batch(step));
            }
            return graph;
        }

        /** The same without noise, to 12 digits. */
        ComputationGraph quiet(ComputationGraph from) {
            return sameState(from, conf(1e-12));
        }

        ComputationGraph twin(ComputationGraph from) {
            return sameState(from, conf(1));
        }

        private static ComputationGraph sameState(
                ComputationGraph from, ComputationGraphConfiguration conf) {
            ComputationGraph graph = Nets.init(conf);
            graph.params().assign(from.params());
            if (from.updaterState() != null) {
                graph.getUpdater().setStateViewArray(from.updaterState().dup());
            }
            graph.getConfiguration().setIterationCount(from.getIterationCount());
            return graph;
        }
    }

    private static MultiDataSet batch(int seed) {
        Random random = new Random(seed);
        INDArray labels = Nets.labels(EXAMPLES, random, DataType.DOUBLE);
        return new org.nd4j.linalg.dataset.MultiDataSet(
                new INDArray[] {
                    Nets.features(random, labels, 0.3, labels.dataType(), EXAMPLES, 6, 2, 2),
                    Nets.features(random, labels, 1.5, labels.dataType(), EXAMPLES, 6, 2, 2)
                },
                new INDArray[] {labels});
    }

    /** The weights of both encoders. */
    private static INDArray encoders(ComputationGraph like, INDArray parameters) {
        ComputationGraph view = new ComputationGraph(like.getConfiguration().clone());
        view.init(parameters.dup(), false);
        return Nd4j.concat(
                        0,
                        view.getParam("audio_conv_W").ravel(),
                        view.getParam("visual_conv_W").ravel())
                .dup();
    }

    @ParameterizedTest
    @CsvSource({"MOMENTS,2", "VARIANT,2", "VARIANT,4", "ADAPTIVE,4", "TENSOR_STD,2"})
    void averagingDividesItsVarianceByTheWorkers(Kind kind, int workers) {
        ComputationGraph graph = kind.trained();
        ComputationGraph alone = kind.twin(graph);
        ComputationGraph quiet = kind.quiet(graph);
        MultiDataSet batch = batch(99);
        alone.fit(batch);
        quiet.fit(batch);
        List<INDArray> replicas =
                new Replicas(workers)
                        .average(graph, Collections.nCopies(workers, batch))
                        .inRound(0);
        assertEquals(workers, replicas.size());
        Compare.same(alone.params(), replicas.get(0), "the first is the one that trains alone");
        INDArray mean = replicas.get(0).dup();
        replicas.subList(1, workers).forEach(mean::addi);
        Compare.close(mean.divi(workers), graph.params(), 1e-12, 1e-15, "the averaged step");
        assertIndependent(noises(graph, replicas, quiet.params()));
    }

    @ParameterizedTest
    @CsvSource({"MOMENTS,2", "VARIANT,4"})
    void sharingAddsUpIndependentNoise(Kind kind, int workers) {
        ComputationGraph graph = kind.trained();
        ComputationGraph quiet = kind.quiet(graph);
        INDArray before = quiet.params().dup();
        MultiDataSet batch = batch(99);
        quiet.fit(batch);
        List<INDArray> updates =
                new Replicas(workers).share(graph, Collections.nCopies(workers, batch)).inRound(0);
        assertIndependent(noises(graph, updates, before.sub(quiet.params())));
    }

    private static List<double[]> noises(
            ComputationGraph graph, List<INDArray> noisy, INDArray quiet) {
        INDArray without = encoders(graph, quiet);
        return noisy.stream()
                .map(one -> encoders(graph, one).sub(without).toDoubleVector())
                .toList();
    }

    /**
     * For W independent numbers of one and the same variance, {@code (mean n)^2 / mean n^2} has the
     * mean 1/W and the variance {@code 2 (W - 1) / (W^2 (W + 2))}, whatever their variance is; it
     * is 1 where all are the same. The signs of two workers agree in half of the parameters. Each
     * within 5 standard errors: a false-alarm rate of 6e-7 for each.
     */
    private static void assertIndependent(List<double[]> noises) {
        int workers = noises.size();
        int n = noises.get(0).length;
        double quotient = 0;
        int[][] agree = new int[workers][workers];
        for (int p = 0; p < n; p++) {
            double sum = 0;
            double squares = 0;
            for (int w = 0; w < workers; w++) {
                double own = noises.get(w)[p];
                assertTrue(own != 0, "noise of parameter " + p + " on worker " + w);
                sum += own;
                squares += own * own;
                for (int v = 0; v < w; v++) {
                    agree[v][w] += own * noises.get(v)[p] > 0 ? 1 : -1;
                }
            }
            quotient += sum * sum / (workers * squares) / n;
        }
        double w = workers;
        double error = Math.sqrt(2 * (w - 1) / (w * w * (w + 2)) / n);
        assertEquals(1 / w, quotient, 5 * error, "variance of the mean, by that of one");
        for (int b = 1; b < workers; b++) {
            for (int a = 0; a < b; a++) {
                assertEquals(0, agree[a][b] / Math.sqrt(n), 5, "signs of " + a + " and " + b);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MOMENTS", "VARIANT"})
    void aResumedRunEqualsTheUnbrokenOne(Kind kind, @TempDir Path folder) throws IOException {
        ComputationGraph unbroken = kind.trained();
        File file = folder.resolve("network.zip").toFile();
        for (int part = 0; part < 2; part++) {
            new Replicas(2).average(unbroken, batches(part));
            if (part == 0) {
                ModelSerializer.writeModel(unbroken, file, true);
            }
        }
        ComputationGraph resumed = ModelSerializer.restoreComputationGraph(file, true);
        new Replicas(2).average(resumed, batches(1));
        Compare.same(unbroken.params(), resumed.params(), "parameters");
        Compare.sameState(unbroken, resumed, "state");
    }

    private static List<MultiDataSet> batches(int part) {
        List<MultiDataSet> batches = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            batches.add(batch(1000 * part + i));
        }
        return batches;
    }

    /** Two networks in two threads of the user's own are two trainings, not two workers. */
    @Test
    void threadsOfTheUsersOwnAreNoWorkers() throws InterruptedException {
        ComputationGraph graph = Kind.VARIANT.trained();
        ComputationGraph inThread = Kind.VARIANT.twin(graph);
        ComputationGraph clone = graph.clone();
        clone.getConfiguration().setIterationCount(graph.getIterationCount());
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(() -> inThread.fit(batch(99)), "training thread 1");
        thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
        thread.start();
        thread.join();
        graph.fit(batch(99));
        clone.fit(batch(99));
        assertEquals(null, failure.get());
        Compare.same(graph.params(), inThread.params(), "a thread");
        Compare.same(graph.params(), clone.params(), "a clone");
    }
}
