package org.ogm4j.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttributionChartTest {

    private static final List<String> LAYERS = List.of("audio-block-attention", "head");
    private static final List<String> MODALITIES = List.of("audio", "visual");
    private static final double[][] NUMBERS = {{1, 0}, {0.25, 0.75}};
    private static final double[][] NOTHING = {{Double.NaN, Double.NaN}, {Double.NaN, Double.NaN}};

    @TempDir Path folder;

    @Test
    void showsTwoPanelsSideBySide() throws IOException {
        double[][] some = {{1, 0}, {Double.NaN, Double.NaN}};

        BufferedImage picture = write(NUMBERS, some);

        assertEquals(1240, picture.getWidth());
        assertTrue(picture.getHeight() > 200);
    }

    @Test
    void aPanelWithoutNumbersIsLeftOut() throws IOException {
        assertEquals(620, write(NUMBERS, NOTHING).getWidth());
        assertThrows(IllegalArgumentException.class, () -> write(NOTHING, NOTHING));
    }

    private BufferedImage write(double[][] output, double[][] gradient) throws IOException {
        Path file = folder.resolve("attribution.png");
        return ImageIO.read(
                AttributionChart.write(LAYERS, MODALITIES, output, gradient, file).toFile());
    }
}
