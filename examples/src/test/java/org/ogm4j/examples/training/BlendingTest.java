package org.ogm4j.examples.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.data.DigitFiles;
import org.ogm4j.examples.network.Architecture;
import org.ogm4j.examples.network.AudioVisualNet;
import org.ogm4j.examples.network.Feed;
import org.ogm4j.examples.network.Fusion;
import org.ogm4j.examples.network.Unimodal;
import org.ogm4j.examples.network.Updater;
import org.ogm4j.examples.signal.NoiseLevels;
import org.ogm4j.examples.signal.SignalPath;
import org.ogm4j.examples.training.GradientBlending.Curve;

class BlendingTest {

    private static final Settings SETTINGS =
            new Settings(
                    Architecture.DEFAULT,
                    Rule.CVPR2022.withAlpha(0.5),
                    Updater.SGD,
                    0.05,
                    3,
                    1,
                    6,
                    3);

    @TempDir static Path folder;
    private static DigitData data;
    private static SignalPath signals;

    @BeforeAll
    static void prepare() throws IOException {
        data = DataFormat.DIGITS.read(DigitFiles.writeAll(folder, 10));
        signals = SignalPath.fit(data.train(), new NoiseLevels(20, 0.1), 3);
    }

    @Test
    void aFifthOfEachClassIsHeldOut() {
        assertEquals(6, data.train().every(5).pictures().size());
        assertEquals(24, data.train().without(5).pictures().size());
        assertEquals(3, data.train().every(5).recordings().size());
        assertEquals(3, data.train().without(5).recordings().size());
    }

    /** The same weights from networks that are trained here, one gradient step at a time. */
    @Test
    void weightsAreThoseOfTheLossesTrainedAlone() {
        ComputationGraph graph = withHeads();
        List<Curve> curves = new ArrayList<>();
        for (int loss = 0; loss < 3; loss++) {
            curves.add(curve(loss));
        }

        double[] weights = blending(graph, 2).weights(0);

        assertArrayEquals(GradientBlending.weights(curves), weights, 1e-4);
        assertEquals(1, Arrays.stream(weights).sum(), 1e-9);
        assertEquals(withHeads().params(), graph.params(), "the network itself has not moved");
    }

    @Test
    void onlineEstimatesAnewAndOfflineOnce() {
        ComputationGraph online = withHeads();
        Blending every = blending(online, 2);
        every.begin(0);
        double first = weightedLoss(online);
        every.begin(1);
        assertEquals(first, weightedLoss(online));
        online.params().addi(0.05);
        double moved = weightedLoss(online);
        every.begin(2);
        assertNotEquals(moved, weightedLoss(online));

        ComputationGraph offline = withHeads();
        Blending once = blending(offline, 3);
        once.begin(0);
        offline.params().addi(0.05);
        moved = weightedLoss(offline);
        once.begin(1);
        once.begin(2);
        assertEquals(moved, weightedLoss(offline));
    }

    @Test
    void crossEntropyIsThatOfTheNetworksAnswers() {
        ComputationGraph graph = withHeads();
        Batches examples = validation();
        MultiDataSet batch = Feed.of(graph, examples.next());
        double sum = 0;
        INDArray p = graph.output(batch.getFeatures())[1];
        for (int i = 0; i < 30; i++) {
            sum -= Math.log(p.getDouble(i, batch.getLabels(1).getRow(i).argMax().getInt(0)));
        }

        assertEquals(sum / 30, Blending.crossEntropy(graph, 1, examples), 1e-5);
    }

    private static Curve curve(int loss) {
        ComputationGraph graph = withHeads();
        Unimodal.weigh(graph, loss == 0 ? 1 : 0, loss == 1 ? 1 : 0, loss == 2 ? 1 : 0);
        Batches seen =
                EpochIterator.inOrder(
                        signals.examples(data.train().without(5), SETTINGS.epochSeed(0)), 7);
        Batches unseen =
                EpochIterator.inOrder(
                        signals.examples(data.train().every(5), SETTINGS.epochSeed(0)), 7);
        double trainBefore = Blending.crossEntropy(graph, loss, seen);
        double heldOutBefore = Blending.crossEntropy(graph, loss, unseen);
        for (int epoch = 0; epoch < 2; epoch++) {
            long seed = SETTINGS.epochSeed(epoch);
            EpochIterator batches =
                    new EpochIterator(signals.examples(data.train().without(5), seed), 6, seed);
            while (batches.hasNext()) {
                graph.fit(Feed.of(graph, batches.next()));
            }
        }
        return new Curve(
                trainBefore,
                heldOutBefore,
                Blending.crossEntropy(graph, loss, seen),
                Blending.crossEntropy(graph, loss, unseen));
    }

    private static double weightedLoss(ComputationGraph graph) {
        return graph.score(Feed.of(graph, validation().next()), false);
    }

    private static Batches validation() {
        return EpochIterator.inOrder(signals.examples(data.validation(), 1), 100);
    }

    private static Blending blending(ComputationGraph graph, int superEpoch) {
        return new Blending(
                graph,
                new DigitSource(data, signals),
                SETTINGS,
                superEpoch,
                Fusion.CONCAT.reader(graph.getConfiguration()),
                new ConsoleMonitor());
    }

    private static ComputationGraph withHeads() {
        ComputationGraph plain =
                new ComputationGraph(AudioVisualNet.configuration(Updater.SGD, 0.05, 3));
        plain.init();
        return Unimodal.withHeads(plain, Architecture.DEFAULT, Updater.SGD, 0.05, 3);
    }
}
