package org.ogm4j.examples.compare;

import java.util.Locale;
import org.ogm4j.examples.signal.NoiseLevels;

/** How far sound leads on the shipped digits. */
public enum Imbalance {
    BALANCED(0, 0.2),
    MEDIUM(20, 0.2),
    STRONG(20, 0.4);

    private final double audioSnr;
    private final double imageNoise;

    Imbalance(double audioSnr, double imageNoise) {
        this.audioSnr = audioSnr;
        this.imageNoise = imageNoise;
    }

    /** What the signals get. */
    public NoiseLevels noise() {
        return new NoiseLevels(audioSnr, imageNoise);
    }

    /** The name on the command line and in the files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
