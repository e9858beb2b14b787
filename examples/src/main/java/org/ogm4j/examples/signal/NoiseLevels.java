package org.ogm4j.examples.signal;

/**
 * How much Gaussian noise the raw signals get, so that one modality can be made harder to learn
 * from than the other.
 *
 * @param audioSnr signal-to-noise ratio of the waveforms in dB; positive infinity adds none
 * @param imageNoise standard deviation of the noise on pixels in [0, 1]; 0 adds none
 */
public record NoiseLevels(double audioSnr, double imageNoise) {

    /** Checks the levels. */
    public NoiseLevels {
        if (!(audioSnr > Double.NEGATIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "audioSnr must be a number of dB or infinity, got " + audioSnr);
        }
        if (!(imageNoise >= 0 && imageNoise < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "imageNoise must be at least 0 and finite, got " + imageNoise);
        }
    }

    /** Standard deviation of the noise on waveforms of the common loudness. */
    double audioSigma() {
        return RawSignals.LOUDNESS * Math.pow(10, -audioSnr / 20);
    }
}
