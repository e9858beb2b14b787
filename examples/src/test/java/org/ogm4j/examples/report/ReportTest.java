package org.ogm4j.examples.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.Attribution;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.training.Method;
import org.ogm4j.examples.training.Trained;
import org.ogm4j.study.Cost;
import org.ogm4j.study.Run;
import org.ogm4j.study.Scores;
import org.ogm4j.study.TrainingStep;

class ReportTest {

    private static final Trained PLAIN = run(Method.PLAIN, 0.6, 1);
    private static final Trained MODULATED = run(Method.OGM_GE, 0.4, 0.25);

    @TempDir Path folder;

    @Test
    void writesTheTableAndThePictures() throws IOException {
        Path target = folder.resolve("new/report");

        List<Path> files = Report.write(List.of(PLAIN, MODULATED), target);

        assertEquals(4, files.size());
        for (Path file : files) {
            assertTrue(Files.size(file) > 0, file.toString());
        }
        for (String name : new String[] {"scores-and-ratio", "coefficients", "accuracy"}) {
            BufferedImage picture = ImageIO.read(target.resolve(name + ".png").toFile());
            assertEquals(1200, picture.getWidth());
            assertEquals(800, picture.getHeight());
        }
    }

    @Test
    void aPlainRunHasNoCoefficients() throws IOException {
        Report.write(List.of(PLAIN), folder);

        assertFalse(Files.exists(folder.resolve("coefficients.png")));
    }

    @Test
    void theTableShowsAccuracyAndTheLeadersRatio() {
        String[] lines = Report.table(List.of(PLAIN, MODULATED)).split("\\R", -1);

        assertTrue(lines[0].endsWith("| mean ratio of audio"), lines[0]);
        assertTrue(
                lines[2].matches("plain +\\| +70.0 % \\| +60.0 % \\| +50.0 % \\| 3.00"), lines[2]);
        assertTrue(lines[3].startsWith("ogm-ge ") && lines[3].endsWith("| 2.00"), lines[3]);
    }

    @Test
    void theFileHasFourDecimals() throws IOException {
        Report.write(List.of(MODULATED), folder);

        assertEquals(
                List.of(
                        "method,fused,audio_alone,visual_alone,mean_ratio_audio,mean_ratio_visual",
                        "ogm-ge,0.7000,0.6000,0.5000,2.0000,0.5000"),
                Files.readAllLines(folder.resolve("results.csv")));
    }

    @Test
    void theLeaderIsWhoScoresHigher() {
        assertEquals(Modality.AUDIO, PLAIN.leader());
        assertEquals(2, MODULATED.run().meanRatio("audio"), 1e-12);
        assertEquals(0.5, MODULATED.run().meanRatio("visual"), 1e-12);
    }

    @Test
    void theMovingAverageUsesFewerValuesAtTheEnds() {
        assertArrayEquals(
                new double[] {1.5, 2, 3, 3.5},
                Smoothing.movingAverage(new double[] {1, 2, 3, 4}, 1, 4));
    }

    /** A jump stays a jump: the average takes nothing from beyond it, and both sides are drawn. */
    @Test
    void theMovingAverageEndsAtAnEdge() {
        assertArrayEquals(
                new double[] {0.2, 0.2, 0.2, 1, 1, 1},
                Smoothing.movingAverage(new double[] {0.2, 0.2, 0.2, 1, 1, 1}, 2, 3),
                1e-15);
        assertArrayEquals(new int[] {0, 4, 5, 6, 8, 9}, Smoothing.places(10, 4, 6));
        assertArrayEquals(new int[] {0, 4, 8, 9}, Smoothing.places(10, 4, 10));
    }

    private static Trained run(Method method, double audioScore, double coefficient) {
        TrainingStep step = new TrainingStep(1.5, 0.5, of(audioScore, 0.2), of(coefficient, 1));
        Scores scores = new Scores(0.7, of(0.6, 0.5));
        Run run =
                new Run(
                        null,
                        "accuracy",
                        List.of(step, step, step),
                        List.of(scores, scores),
                        scores,
                        scores,
                        of(0.6, 0.5),
                        of(0.4, 0.2),
                        30,
                        10,
                        new Cost(0.004, 5_000_000));
        return new Trained(method, run, new Attribution(List.of(), List.of()));
    }

    private static Map<String, Double> of(double audio, double visual) {
        return Map.of("audio", audio, "visual", visual);
    }
}
