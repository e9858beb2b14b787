package org.ogm4j.examples.network;

import java.util.Locale;
import org.ogm4j.examples.data.Picture;
import org.ogm4j.examples.signal.SignalPath;
import org.ogm4j.examples.signal.Spectrogram;

/** The two modalities; each is named after the network input that feeds it. */
public enum Modality {
    AUDIO(Spectrogram.SPEECH.bins(), SignalPath.FRAMES),
    VISUAL(Picture.SIZE, Picture.SIZE);

    private final int rows;
    private final int columns;

    Modality(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** The rows and columns of the digits' inputs. */
    Grid grid() {
        return new Grid(rows, columns);
    }

    /** The name of the network input, and the prefix of the encoder's vertices. */
    public String input() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The vertex that puts out the features [m, d] where the fusion reads features. */
    public String features() {
        return input() + "-features";
    }

    /** The vertex that puts out the tokens [m, d, T] where the fusion reads tokens. */
    public String tokens() {
        return input() + "-tokens";
    }

    /** The modality that this one is compared with. */
    public Modality other() {
        return this == AUDIO ? VISUAL : AUDIO;
    }
}
