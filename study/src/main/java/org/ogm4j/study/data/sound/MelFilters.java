package org.ogm4j.study.data.sound;

/**
 * Sums of power over bands that are equally wide on the mel scale, {@code m = 2595 log10(1 + f /
 * 700)}: {@code E[b, t] = sum_f w_b(f) P[f, t]}. Band b of n is a triangle over frequency with
 * height 1 at its centre, from the centre of the band before to that of the next; the n + 2 corners
 * are equally spaced in mel from 0 Hz to half the sample rate.
 */
final class MelFilters {

    private final float[][] weights;

    /**
     * The filters.
     *
     * @throws IllegalArgumentException if a band would have no frequency in it
     */
    MelFilters(int bands, int bins, int rate) {
        this.weights = new float[Math.min(bands, 2 * bins)][]; // a frequency is in two at most
        double top = mel(rate / 2.0);
        double step = rate / 2.0 / (bins - 1);
        for (int b = 0; b < bands; b++) {
            weights[b] = new float[bins];
            double low = hertz(top * b / (bands + 1));
            double centre = hertz(top * (b + 1) / (bands + 1));
            double high = hertz(top * (b + 2) / (bands + 1));
            double sum = 0;
            for (int f = 0; f < bins; f++) {
                double x = f * step;
                double weight = Math.min((x - low) / (centre - low), (high - x) / (high - centre));
                weights[b][f] = (float) Math.max(0, weight);
                sum += weights[b][f];
            }
            if (!(sum > 0)) {
                throw new IllegalArgumentException(
                        "mels must be so few that every band has a frequency of the window, got "
                                + bands);
            }
        }
    }

    /** From [bins * frames] to [bands * frames]. */
    float[] apply(float[] power) {
        int bins = weights[0].length;
        int frames = power.length / bins;
        float[] bands = new float[weights.length * frames];
        for (int b = 0; b < weights.length; b++) {
            for (int t = 0; t < frames; t++) {
                double sum = 0;
                for (int f = 0; f < bins; f++) {
                    sum += (double) weights[b][f] * power[f * frames + t];
                }
                bands[b * frames + t] = (float) sum;
            }
        }
        return bands;
    }

    private static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }

    private static double hertz(double mel) {
        return 700 * (Math.pow(10, mel / 2595) - 1);
    }
}
