package org.ogm4j.examples.signal;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ogm4j.examples.data.Picture;
import org.ogm4j.study.data.sound.Spectrogram;

/** Examples of noise. */
public final class TestExamples {

    private TestExamples() {}

    /** So many, with classes 0 to 9 in turn. */
    public static Examples random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Examples(
                arrays(count, Spectrogram.SPEECH.bins() * SignalPath.FRAMES, random),
                arrays(count, Picture.SIZE * Picture.SIZE, random),
                IntStream.range(0, count).map(i -> i % Examples.CLASSES).toArray());
    }

    private static List<float[]> arrays(int count, int length, SplittableRandom random) {
        return IntStream.range(0, count)
                .mapToObj(
                        i -> {
                            float[] values = new float[length];
                            for (int j = 0; j < length; j++) {
                                values[j] = (float) random.nextGaussian();
                            }
                            return values;
                        })
                .toList();
    }
}
