package org.ogm4j.lifecycle;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** A program that trains a modulated network, saves it after each step, and goes on from there. */
final class KilledTraining {

    static final int STEPS = 24;

    private KilledTraining() {}

    /** Takes the folder to save to; prints the number of each step that is saved. */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0], "network.zip");
        ComputationGraph graph =
                Files.exists(file)
                        ? ModelSerializer.restoreComputationGraph(file.toFile(), true)
                        : network();
        while (graph.getIterationCount() < STEPS) {
            graph.fit(Nets.batch(8, graph.getIterationCount()));
            File half = file.resolveSibling("half-written.zip").toFile();
            ModelSerializer.writeModel(graph, half, true);
            Files.move(half.toPath(), file, StandardCopyOption.ATOMIC_MOVE);
            System.out.println("step " + graph.getIterationCount());
        }
    }

    /** FiLM with the Adam variant, scores held for some steps, and a probe: all kinds of state. */
    static ComputationGraph network() {
        return Nets.modulated(
                ModulatedOptimizer.builder().score("visual", ScoreSource.probe()).scoreEvery(3),
                Fusions.film(new Adam(0.01)));
    }
}
