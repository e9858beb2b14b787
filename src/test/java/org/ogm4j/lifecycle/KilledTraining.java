package org.ogm4j.lifecycle;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.BalanceRule;
import org.ogm4j.Distillation;
import org.ogm4j.PredictionModulation;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.TeacherNets;

/**
 * A program that trains a modulated network, saves it again and again, and goes on from there:
 * after each step, or with {@code -Dsoak.steps=1000000} a hundred times.
 */
final class KilledTraining {

    static final int STEPS = Integer.getInteger("soak.steps", 24);

    private static final int SAVE_EVERY = Math.max(1, STEPS / 100);
    private static final int BATCHES = 50;

    private KilledTraining() {}

    /** Takes the folder to save to; prints the number of each step that is saved. */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0], "network.zip");
        ComputationGraph graph =
                Files.exists(file)
                        ? ModelSerializer.restoreComputationGraph(file.toFile(), true)
                        : network();
        while (graph.getIterationCount() < STEPS) {
            train(graph, Math.min(STEPS, graph.getIterationCount() + SAVE_EVERY));
            File half = file.resolveSibling("half-written.zip").toFile();
            ModelSerializer.writeModel(graph, half, true);
            Files.move(half.toPath(), file, StandardCopyOption.ATOMIC_MOVE);
            System.out.printf(
                    "step %d, %d MB%n", graph.getIterationCount(), Pointer.physicalBytes() >> 20);
        }
    }

    /** Up to a step. */
    static void train(ComputationGraph graph, int end) {
        while (graph.getIterationCount() < end) {
            graph.fit(Nets.batch(8, graph.getIterationCount() % BATCHES));
        }
    }

    /** The Adam variant, scores held for some steps, and all kinds of state. */
    static ComputationGraph network() {
        ComputationGraphConfiguration plain = Nets.dense(new Adam(0.001));
        return Nets.modulated(
                TeacherNets.taught(plain, Distillation.features(0.5).andLogits(0.5))
                        .rule(BalanceRule.agm(1))
                        .score("visual", ScoreSource.probe())
                        .unimodal("audio", UnimodalSignal.sum(1))
                        .unimodal("visual", UnimodalSignal.pareto())
                        .dropFeatures(PredictionModulation.opm(0.5, 0.5))
                        .scoreEvery(3),
                plain);
    }
}
