package org.ogm4j.examples.signal;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ogm4j.examples.data.Picture;
import org.ogm4j.examples.data.Recording;
import org.ogm4j.examples.data.Split;
import org.ogm4j.study.data.Fit;
import org.ogm4j.study.data.Fit.Preparation;
import org.ogm4j.study.data.Memory;
import org.ogm4j.study.data.Modality;
import org.ogm4j.study.data.Values;
import org.ogm4j.study.data.sound.Spectrogram;

/**
 * From recordings and pictures to what the network reads: pair by class, add noise, take the
 * log-spectrogram of the sound, standardise both with the training set's mean and deviation.
 *
 * <p>All that is random follows from the seed given to {@link #examples}.
 */
public final class SignalPath {

    /** Windows in the spectrogram of one second. */
    public static final int FRAMES = Spectrogram.SPEECH.frames(RawSignals.LENGTH);

    private final NoiseLevels noise;
    private final Preparation audio;
    private final Preparation visual;
    private final ExampleCache made = new ExampleCache();

    private SignalPath(NoiseLevels noise, Preparation audio, Preparation visual) {
        this.noise = noise;
        this.audio = audio;
        this.visual = visual;
    }

    /** The path whose standardisation is measured on the training set, with its noise. */
    public static SignalPath fit(Split train, NoiseLevels noise, long seed) {
        Preparation asIs = values -> values;
        Examples raw = new SignalPath(noise, asIs, asIs).examples(train, seed);
        return new SignalPath(noise, standardized(raw.audio()), standardized(raw.visual()));
    }

    private static Preparation standardized(List<float[]> all) {
        Modality modality =
                Modality.load(
                        "signals",
                        all.size(),
                        i -> new Values(all.get(i), all.get(i).length),
                        Fit.NONE,
                        Memory.bytes(0));
        List<Integer> places = IntStream.range(0, all.size()).boxed().toList();
        return Modality.standardized().on(modality, places);
    }

    /** One example for each picture; another seed draws other recordings and other noise. */
    public Examples examples(Split split, long seed) {
        return made.get(split, seed, this::make);
    }

    private Examples make(Split split, long seed) {
        List<Picture> pictures = split.pictures();
        List<Recording> recordings = split.paired(new SplittableRandom(seed));
        List<float[]> sounds =
                inParallel(pictures.size(), i -> hear(recordings.get(i), random(seed, 2L * i)));
        List<float[]> images =
                inParallel(pictures.size(), i -> see(pictures.get(i), random(seed, 2L * i + 1)));
        return new Examples(sounds, images, pictures.stream().mapToInt(Picture::digit).toArray());
    }

    private float[] hear(Recording recording, RandomGenerator random) {
        float[] clean = RawSignals.oneSecond(RawSignals.normalized(recording.samples()));
        float[] noisy = RawSignals.withGaussianNoise(clean, noise.audioSigma(), random);
        float[] spectrogram = Spectrogram.SPEECH.logPower(noisy);
        return audio.apply(new Values(spectrogram, spectrogram.length)).numbers();
    }

    private float[] see(Picture picture, RandomGenerator random) {
        float[] pixels = RawSignals.withGaussianNoise(picture.pixels(), noise.imageNoise(), random);
        return visual.apply(new Values(pixels, pixels.length)).numbers();
    }

    private static List<float[]> inParallel(int count, IntFunction<float[]> make) {
        return IntStream.range(0, count).parallel().mapToObj(make).toList();
    }

    /** Each example has its own stream, so that the result does not depend on the threads. */
    private static RandomGenerator random(long seed, long stream) {
        return new SplittableRandom(
                new SplittableRandom(seed ^ (stream + 1) * 0x9E3779B97F4A7C15L).nextLong());
    }
}
