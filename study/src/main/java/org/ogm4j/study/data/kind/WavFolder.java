package org.ogm4j.study.data.kind;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Fit;
import org.ogm4j.study.data.Noise;
import org.ogm4j.study.data.Values;
import org.ogm4j.study.data.files.FolderFiles;
import org.ogm4j.study.data.sound.LogSpectrogram;
import org.ogm4j.study.data.sound.Resampler;
import org.ogm4j.study.data.sound.Sound;
import org.ogm4j.study.data.sound.WavFile;
import org.ogm4j.study.data.sound.Waveform;

/**
 * A folder of WAV files, {@code ID.wav}, as log spectrograms; a file that holds no sound counts as
 * missing. In this order: the mean of all channels, resampling if a file has another rate,
 * loudness, excerpt, length, limits, noise, spectrogram, logarithm.
 *
 * @param name of the modality
 * @param folder of the files
 * @param rate samples per second; files of other rates are resampled
 * @param seconds length that every clip is brought to; null leaves each as long as it is, and the
 *     layout must then be {@code sequence}, unless all are equally long
 * @param fit how a clip gets this length; null is {@code centre}
 * @param loudness root mean square that every clip is scaled to, before it gets its length; null
 *     leaves it
 * @param limited whether what goes beyond [-1, 1], as resampled sounds may, is cut off there; null
 *     is false
 * @param window samples per window, a power of two
 * @param hop samples from one window to the next
 * @param mirrored whether windows are centred, the signal mirrored at its ends; null is false
 * @param mels bands on the mel scale; null and 0 for all {@code window/2 + 1} frequencies
 * @param magnitude whether the logarithm is of the root of the power; null is false
 * @param floor what is added before the logarithm; null is 4e-3, with a magnitude 1e-7
 * @param layout null is {@code image}
 * @param standardize null is {@code all}
 * @param noise white noise on the waveform; null for none
 * @param optional whether examples may lack it
 * @param excerpt the part that is taken; null for all
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WavFolder(
        String name,
        String folder,
        @JsonProperty(required = true) int rate,
        Double seconds,
        Length fit,
        Double loudness,
        Boolean limited,
        @JsonProperty(required = true) int window,
        @JsonProperty(required = true) int hop,
        Boolean mirrored,
        Integer mels,
        Boolean magnitude,
        Double floor,
        Layout layout,
        Standardize standardize,
        Noise noise,
        Boolean optional,
        Excerpt excerpt)
        implements ModalityDescription {

    /** Of the power: 60 dB below a full-scale sine's under a window of 256. */
    private static final double POWER_FLOOR = 4e-3;

    private static final double MAGNITUDE_FLOOR = 1e-7;

    /** How a clip gets its length. */
    public enum Length {
        /** In the middle of silence, or its middle if it is longer. */
        @JsonProperty("centre")
        CENTRE,
        /** Over and over again, cut at the end. */
        @JsonProperty("repeat")
        REPEAT
    }

    /** The shape of an example. */
    public enum Layout {
        /** {@code [1, bins, frames]}, for convolutions. */
        @JsonProperty("image")
        IMAGE,
        /** {@code [bins, frames]}, for recurrent layers; lengths may differ. */
        @JsonProperty("sequence")
        SEQUENCE
    }

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public WavFolder {
        Check.given(name, "name");
        Check.measured(standardize);
        Check.given(folder, "folder");
        Check.atLeast(1, rate, "rate");
        Check.positive(seconds, "seconds");
        if (seconds != null) {
            Check.count(seconds, rate);
        }
        Check.positive(loudness, "loudness");
        spectrogram(window, hop, mirrored, mels, magnitude, floor, rate);
    }

    /**
     * With everything else at its default.
     *
     * @param name of the modality
     * @param folder of the files
     * @param rate samples per second
     * @param window samples per window, a power of two
     * @param hop samples from one window to the next
     * @return the description
     */
    public static WavFolder of(String name, String folder, int rate, int window, int hop) {
        return new WavFolder(
                name, folder, rate, null, null, null, null, window, hop, null, null, null, null,
                null, null, null, null, null);
    }

    /**
     * With noise.
     *
     * @param other null for none
     * @return another description
     */
    public WavFolder with(Noise other) {
        return copy(seconds, mels, floor, layout, standardize, other, excerpt);
    }

    /**
     * With all clips of one length, in the middle of silence.
     *
     * @param length in seconds; null leaves each as long as it is
     * @return another description
     */
    public WavFolder withSeconds(Double length) {
        return copy(length, mels, floor, layout, standardize, noise, excerpt);
    }

    /**
     * With bands on the mel scale, each with a mean and a deviation of its own.
     *
     * @param bands how many
     * @param added before the logarithm
     * @return another description
     */
    public WavFolder withMels(int bands, double added) {
        return copy(seconds, bands, added, layout, Standardize.FEATURE, noise, excerpt);
    }

    /**
     * A part of every clip.
     *
     * @param part null for all
     * @return another description
     */
    public WavFolder with(Excerpt part) {
        return copy(seconds, mels, floor, layout, standardize, noise, part);
    }

    /**
     * With another shape.
     *
     * @param other image or sequence
     * @return another description
     */
    public WavFolder with(Layout other) {
        return copy(seconds, mels, floor, other, standardize, noise, excerpt);
    }

    /** The same but for what the methods above change. */
    private WavFolder copy(
            Double otherSeconds,
            Integer otherMels,
            Double otherFloor,
            Layout otherLayout,
            Standardize otherStandardize,
            Noise otherNoise,
            Excerpt otherExcerpt) {
        return new WavFolder(
                name,
                folder,
                rate,
                otherSeconds,
                fit,
                loudness,
                limited,
                window,
                hop,
                mirrored,
                otherMels,
                magnitude,
                otherFloor,
                otherLayout,
                otherStandardize,
                otherNoise,
                optional,
                otherExcerpt);
    }

    @Override
    public Source open(Path root, List<String> ids) {
        FolderFiles files = new FolderFiles(root.resolve(folder), Set.of("wav"), false, ids);
        LogSpectrogram spectrogram = spectrogram();
        Excerpt.Places places = excerpt == null ? null : excerpt.open(root);
        return new Source() {
            @Override
            public boolean has(String id) {
                return files.has(id) && holdsSound(files.get(id));
            }

            @Override
            public Values read(String id) {
                return values(files.get(id), id, spectrogram, places);
            }

            @Override
            public Fit fit() {
                return standardization();
            }

            @Override
            public String missing(String id) {
                return files.has(id)
                        ? files.get(id) + ": must hold sound, got none"
                        : files.missing(id, "wav");
            }
        };
    }

    /** What the header says; a file that is broken is not missing, and is told when it is read. */
    private static boolean holdsSound(Path file) {
        try {
            return WavFile.format(file).frames() > 0;
        } catch (DataException e) {
            return true;
        }
    }

    /**
     * What is measured on the training part.
     *
     * @return for the modality
     */
    public Fit standardization() {
        int bins = layout == Layout.SEQUENCE ? 0 : 1;
        return Check.or(standardize, Standardize.ALL).fit(bins);
    }

    /**
     * The spectrogram as described.
     *
     * @return for {@link #values}
     */
    public LogSpectrogram spectrogram() {
        return spectrogram(window, hop, mirrored, mels, magnitude, floor, rate);
    }

    /**
     * From a file to the array of an example, all of the recording.
     *
     * @param file the WAV file
     * @param id of the example
     * @param spectrogram as described
     * @return the array
     * @throws DataException if the file cannot be used
     */
    public Values values(Path file, String id, LogSpectrogram spectrogram) {
        return values(file, id, spectrogram, null);
    }

    private Values values(Path file, String id, LogSpectrogram spectrogram, Excerpt.Places places) {
        double[] samples = samples(WavFile.read(file), file, id, places);
        if (samples.length < spectrogram.leastSamples()) {
            throw new DataException(
                    file,
                    "must have at least %d samples at %d Hz for one window, got %d"
                            .formatted(spectrogram.leastSamples(), rate, samples.length));
        }
        float[] numbers = spectrogram.of(samples);
        int frames = numbers.length / spectrogram.bins();
        return layout == Layout.SEQUENCE
                ? new Values(numbers, spectrogram.bins(), frames)
                : new Values(numbers, 1, spectrogram.bins(), frames);
    }

    /** The waveform that the spectrogram is taken of. */
    double[] samples(Sound sound, Path file, String id, Excerpt.Places places) {
        double[] samples = sound.samples();
        if (sound.rate() != rate) {
            samples = resampled(sound);
        }
        if (loudness != null) {
            samples = Waveform.loud(samples, loudness);
        }
        if (places != null) {
            int first = places.first(id, file, samples.length, rate);
            samples = Arrays.copyOfRange(samples, first, first + places.length(rate));
        }
        if (seconds != null) {
            int length = Check.count(seconds, rate);
            samples =
                    fit == Length.REPEAT
                            ? Waveform.repeated(samples, length)
                            : Waveform.centred(samples, length);
        }
        if (Check.or(limited, false)) {
            samples = Waveform.limited(samples);
        }
        return noise == null ? samples : noise.add(samples, name, id);
    }

    private double[] resampled(Sound sound) {
        float[] resampled = Resampler.between(sound.rate(), rate).resample(sound.floats());
        double[] samples = new double[resampled.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = resampled[i];
        }
        return samples;
    }

    private static LogSpectrogram spectrogram(
            int window,
            int hop,
            Boolean mirrored,
            Integer mels,
            Boolean magnitude,
            Double floor,
            int rate) {
        boolean root = Check.or(magnitude, false);
        return new LogSpectrogram(
                window,
                hop,
                Check.or(mirrored, false),
                Check.or(mels, 0),
                root,
                Check.or(floor, root ? MAGNITUDE_FLOOR : POWER_FLOOR),
                rate);
    }
}
