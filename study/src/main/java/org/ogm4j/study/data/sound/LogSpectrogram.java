package org.ogm4j.study.data.sound;

/**
 * The logarithm of a {@link Spectrogram}: {@code log(P + floor)}, or {@code log(sqrt(P) + floor)}
 * where magnitudes are wanted, natural logarithm. P is the power at every frequency, or in bands on
 * the mel scale.
 */
public final class LogSpectrogram {

    private final Spectrogram spectrogram;
    private final int margin;
    private final MelFilters mels;
    private final boolean magnitude;
    private final double floor;
    private final int bins;

    /**
     * A spectrogram of this kind.
     *
     * @param window samples, a power of two
     * @param hop samples from one window to the next
     * @param mirrored whether the signal is mirrored by half a window at both ends, so that window
     *     t is centred at sample {@code t hop}; else the first window begins with the first sample
     * @param mels bands on the mel scale; 0 for all frequencies
     * @param magnitude whether the root of the power is taken
     * @param floor keeps the logarithm finite, positive
     * @param rate of the signal in Hz; for the mel scale
     */
    public LogSpectrogram(
            int window,
            int hop,
            boolean mirrored,
            int mels,
            boolean magnitude,
            double floor,
            int rate) {
        if (!(floor > 0 && floor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("floor must be positive and finite, got " + floor);
        }
        if (mels < 0) {
            throw new IllegalArgumentException("mels must be at least 0, got " + mels);
        }
        this.spectrogram = new Spectrogram(window, hop);
        this.margin = mirrored ? window / 2 : 0;
        this.mels = mels == 0 ? null : new MelFilters(mels, spectrogram.bins(), rate);
        this.bins = mels == 0 ? spectrogram.bins() : mels;
        this.magnitude = magnitude;
        this.floor = floor;
    }

    /**
     * How many frequencies or bands.
     *
     * @return rows of {@link #of}
     */
    public int bins() {
        return bins;
    }

    /**
     * The least samples that a signal must have.
     *
     * @return so that there is one window
     */
    public int leastSamples() {
        return margin == 0 ? 2 * (spectrogram.bins() - 1) : margin + 1;
    }

    /**
     * Of a signal.
     *
     * @param samples at least {@link #leastSamples}
     * @return {@code [bins * frames]}, one row of frames per bin
     */
    public float[] of(double[] samples) {
        float[] power = spectrogram.power(Waveform.mirrored(samples, margin));
        float[] values = mels == null ? power : mels.apply(power);
        for (int i = 0; i < values.length; i++) {
            double x = magnitude ? Math.sqrt(values[i]) : values[i];
            values[i] = (float) Math.log(x + floor);
        }
        return values;
    }
}
