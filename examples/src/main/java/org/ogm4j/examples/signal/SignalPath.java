package org.ogm4j.examples.signal;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ogm4j.examples.data.Pairing;
import org.ogm4j.examples.data.Picture;
import org.ogm4j.examples.data.Recording;
import org.ogm4j.examples.data.Split;
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
    private final Standardizer audio;
    private final Standardizer visual;
    private final ExampleCache made = new ExampleCache();

    private SignalPath(NoiseLevels noise, Standardizer audio, Standardizer visual) {
        this.noise = noise;
        this.audio = audio;
        this.visual = visual;
    }

    /** The path whose standardisation is measured on the training set, with its noise. */
    public static SignalPath fit(Split train, NoiseLevels noise, long seed) {
        Standardizer asIs = new Standardizer(0, 1);
        Examples raw = new SignalPath(noise, asIs, asIs).examples(train, seed);
        return new SignalPath(noise, Standardizer.fit(raw.audio()), Standardizer.fit(raw.visual()));
    }

    /** One example for each picture; another seed draws other recordings and other noise. */
    public Examples examples(Split split, long seed) {
        return made.get(split, seed, this::make);
    }

    private Examples make(Split split, long seed) {
        List<Picture> pictures = split.pictures();
        List<Recording> recordings = Pairing.draw(split, new SplittableRandom(seed));
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
        audio.apply(spectrogram);
        return spectrogram;
    }

    private float[] see(Picture picture, RandomGenerator random) {
        float[] pixels = RawSignals.withGaussianNoise(picture.pixels(), noise.imageNoise(), random);
        visual.apply(pixels);
        return pixels;
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
