package org.ogm4j.examples.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up measurements of a machine in one of three states, in noise of standard deviation 1. */
final class MadeUpSensors {

    static final int STEPS = 24;

    private MadeUpSensors() {}

    /**
     * Writes motion0.csv, sound0.csv and so on, a line for each step, and state.csv: temperature,
     * load, class. The machine turns at the pace of its class, hums at the pitch of its class, is
     * warmer in class 1 and under more load in class 2.
     */
    static Path write(Path folder, int examples, long seed) throws IOException {
        Random random = new Random(seed);
        Files.createDirectories(folder);
        List<String> states = new ArrayList<>();
        for (int i = 0; i < examples; i++) {
            int truth = random.nextInt(3);
            List<String> motion = new ArrayList<>();
            List<String> sound = new ArrayList<>();
            for (int t = 0; t < STEPS; t++) {
                double angle = (truth + 1) * t / 2.0;
                double hum = Math.sin((truth + 0.5) * t);
                motion.add(noisy(Math.sin(angle), random) + "," + noisy(Math.cos(angle), random));
                sound.add(noisy(hum, random));
            }
            Files.write(folder.resolve("motion" + i + ".csv"), motion);
            Files.write(folder.resolve("sound" + i + ".csv"), sound);
            String warmth = noisy(truth == 1 ? 1.5 : 0, random);
            states.add(warmth + "," + noisy(truth == 2 ? 1.5 : 0, random) + "," + truth);
        }
        Files.write(folder.resolve("state.csv"), states);
        return folder;
    }

    private static String noisy(double value, Random random) {
        return String.valueOf(value + random.nextGaussian());
    }
}
