package org.ogm4j.study.data;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * White Gaussian noise at a stated signal-to-noise ratio: a dial that makes one modality harder to
 * learn from than another.
 *
 * <p>An array x of an example becomes {@code x + n}, with {@code n = c z}, z standard normal and c
 * such that
 *
 * <pre>  SNR = 10 log10(sum_i x_i^2 / sum_i n_i^2)</pre>
 *
 * holds exactly in every single example. Both sums are over the whole array, such as the whole clip
 * as it is cut or padded; the mean is not taken off. An array of zeros has no SNR and stays as it
 * is.
 *
 * <p>z follows from the seed, the modality's name and the example's id alone: it is the same in
 * every epoch, for every method, and whatever other examples there are. It comes from {@link
 * Random}, whose algorithm is fixed by its documentation; its seed is the 64-bit FNV-1a hash of the
 * UTF-8 bytes of {@code modality/id}, plus the seed times 0x9E3779B97F4A7C15.
 *
 * @param snr in dB, finite; 0 is as much noise as signal, less is more noise
 * @param seed of z
 * @since 0.1.0
 */
public record Noise(
        @JsonProperty(required = true) double snr, @JsonProperty(required = true) long seed) {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /**
     * Checks the ratio.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public Noise {
        if (!Double.isFinite(snr)) {
            throw new IllegalArgumentException(
                    "snr must be a finite number of dB, got %s; leave noise out for none"
                            .formatted(snr));
        }
    }

    /**
     * Adds the noise of an example.
     *
     * @param signal x; not changed
     * @param modality its name
     * @param id of the example
     * @return x + n
     */
    public double[] add(double[] signal, String modality, String id) {
        Random random = new Random(fnv1a(modality + "/" + id) + seed * GOLDEN);
        double[] z = new double[signal.length];
        double signalPower = 0;
        double noisePower = 0;
        for (int i = 0; i < z.length; i++) {
            z[i] = random.nextGaussian();
            signalPower += signal[i] * signal[i];
            noisePower += z[i] * z[i];
        }
        double c = Math.sqrt(signalPower / noisePower) * Math.pow(10, -snr / 20);
        double[] noisy = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            noisy[i] = signal[i] + c * z[i];
        }
        return noisy;
    }

    static long fnv1a(String text) {
        long hash = FNV_OFFSET;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return hash;
    }
}
