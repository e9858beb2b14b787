package org.ogm4j.examples.crema;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.description.KnownData;

/** The module study describes the features of CREMA-D that are computed here step by step. */
class StudyFeaturesTest {

    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    @TempDir Path folder;

    @Test
    void areTheSame() throws IOException {
        for (String clip : List.of("1001_DFA_ANG_XX", "1002_DFA_HAP_XX")) {
            CremaFiles.writeSine(CremaFiles.wav(folder, clip), 440, 16_000, 20_000);
            CremaFiles.writeImage(
                    folder.resolve("Image-01-FPS/" + clip + "/1.png"), CremaFiles.slope(40, 30, 7));
        }
        MultimodalData data = KnownData.crema().load(folder);

        assertArrayEquals(
                CremaAudio.read(folder.resolve("AudioWAV/1002_DFA_HAP_XX.wav")),
                data.modalities().get(0).get(1).numbers(),
                1e-4f);
        float[] here = CremaImages.test(folder.resolve("Image-01-FPS/1002_DFA_HAP_XX/1.png"));
        float[] there = data.modalities().get(1).get(1).numbers();
        for (int i = 0; i < here.length; i++) {
            int channel = i / (224 * 224);
            assertEquals(here[i], (there[i] - MEAN[channel]) / DEVIATION[channel], 1e-5);
        }
    }
}
