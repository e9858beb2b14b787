package org.ogm4j.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitTest {

    @Test
    void pairsByClassAndRepeatsForTheSameSeed() {
        List<Recording> recordings = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            recordings.add(new Recording(i % 4, new float[] {i}));
            pictures.add(new Picture(i / 10, new float[0]));
        }
        Split split = new Split(recordings, pictures);

        List<Recording> drawn = split.paired(new SplittableRandom(1));

        for (int i = 0; i < pictures.size(); i++) {
            assertEquals(pictures.get(i).digit(), drawn.get(i).digit());
        }
        assertEquals(drawn, split.paired(new SplittableRandom(1)));
        assertNotEquals(drawn, split.paired(new SplittableRandom(2)));
    }
}
