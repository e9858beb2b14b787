package org.ogm4j.examples.network;

import org.ogm4j.examples.data.Picture;
import org.ogm4j.examples.signal.Examples;
import org.ogm4j.examples.signal.SignalPath;
import org.ogm4j.study.data.sound.Spectrogram;

/**
 * How large the inputs of a network are, and how many answers it chooses from.
 *
 * @param audio of one spectrogram
 * @param visual of one image
 * @param classes at least 2
 */
public record Sizes(InputSize audio, InputSize visual, int classes) {

    /** Spoken and written digits: [m, 1, 129, 49], [m, 1, 28, 28], 10 classes. */
    public static final Sizes DIGITS =
            new Sizes(
                    new InputSize(1, Spectrogram.SPEECH.bins(), SignalPath.FRAMES),
                    new InputSize(1, Picture.SIZE, Picture.SIZE),
                    Examples.CLASSES);

    /** Checks the number of classes. */
    public Sizes {
        if (classes < 2) {
            throw new IllegalArgumentException("classes must be at least 2, got " + classes);
        }
    }

    /** The size of a modality's input. */
    InputSize of(Modality modality) {
        return modality == Modality.AUDIO ? audio : visual;
    }
}
