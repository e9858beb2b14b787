package org.ogm4j.study.data.sound;

/**
 * What the header of a WAV file says.
 *
 * @param rate samples per second
 * @param channels 1 for mono, 2 for stereo, ...
 * @param bits per sample of one channel
 * @param floating whether samples are floating-point numbers, else integers
 * @param frames samples per channel
 * @since 0.1.0
 */
public record WavFormat(int rate, int channels, int bits, boolean floating, long frames) {

    /** Bytes of one sample of all channels. */
    int block() {
        return channels * bits / 8;
    }

    /**
     * How long the sound is.
     *
     * @return seconds
     */
    public double seconds() {
        return (double) frames / rate;
    }

    /** As people say it. */
    @Override
    public String toString() {
        return "%d Hz, %d bit%s, %d channel%s"
                .formatted(
                        rate,
                        bits,
                        floating ? " floating point" : "",
                        channels,
                        channels == 1 ? "" : "s");
    }
}
