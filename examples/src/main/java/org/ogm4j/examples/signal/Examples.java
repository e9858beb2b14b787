package org.ogm4j.examples.signal;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.examples.data.Picture;
import org.ogm4j.study.data.sound.Spectrogram;

/** Audio-visual examples, ready to be put into batches. */
public final class Examples {

    /** The digits. */
    public static final int CLASSES = 10;

    private final List<float[]> audio;
    private final List<float[]> visual;
    private final int[] digits;

    Examples(List<float[]> audio, List<float[]> visual, int[] digits) {
        this.audio = audio;
        this.visual = visual;
        this.digits = digits;
    }

    /** Standardised log-spectrograms, one row of frames per bin. */
    List<float[]> audio() {
        return audio;
    }

    /** Standardised pixels, row by row. */
    List<float[]> visual() {
        return visual;
    }

    /** How many there are. */
    public int size() {
        return digits.length;
    }

    /** The class of one example. */
    public int digit(int example) {
        return digits[example];
    }

    /**
     * The examples {@code order[from]} to {@code order[to - 1]} as a batch m.
     *
     * @return features audio [m, 1, bins, frames] and visual [m, 1, 28, 28], labels [m, 10] one-hot
     */
    public MultiDataSet batch(int[] order, int from, int to) {
        int m = to - from;
        int bins = Spectrogram.SPEECH.bins();
        int frames = SignalPath.FRAMES;
        float[] sound = new float[m * bins * frames];
        float[] image = new float[m * Picture.SIZE * Picture.SIZE];
        float[] oneHot = new float[m * CLASSES];
        for (int row = 0; row < m; row++) {
            int example = order[from + row];
            copy(audio.get(example), sound, row);
            copy(visual.get(example), image, row);
            oneHot[row * CLASSES + digits[example]] = 1;
        }
        INDArray[] features = {
            array(sound, m, 1, bins, frames), array(image, m, 1, Picture.SIZE, Picture.SIZE)
        };
        return new MultiDataSet(features, new INDArray[] {array(oneHot, m, CLASSES)});
    }

    private static void copy(float[] example, float[] batch, int row) {
        System.arraycopy(example, 0, batch, row * example.length, example.length);
    }

    private static INDArray array(float[] values, long... shape) {
        return Nd4j.create(values, shape, 'c');
    }
}
