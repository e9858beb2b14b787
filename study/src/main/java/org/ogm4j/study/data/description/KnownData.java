package org.ogm4j.study.data.description;

import java.util.List;
import java.util.stream.Stream;
import org.ogm4j.study.data.Noise;
import org.ogm4j.study.data.files.CsvRows;
import org.ogm4j.study.data.kind.CsvColumns;
import org.ogm4j.study.data.kind.Excerpt;
import org.ogm4j.study.data.kind.ImageFolder;
import org.ogm4j.study.data.kind.Standardize;
import org.ogm4j.study.data.kind.WavFolder;

/**
 * Descriptions of public data sets in the layouts that docs/data.md tells, whose paths are relative
 * to the folder of the data set.
 *
 * @since 0.1.0
 */
public final class KnownData {

    private KnownData() {}

    /** GRID's films, and how much of one is taken round a word: eleven frames. */
    private static final double FPS = 25;

    private static final double WORD_SECONDS = 0.44;

    /**
     * GRID, one talker: {@code labels.csv} with columns {@code clip}, {@code letter}, {@code
     * digit}, start and end of both, and {@code fold}, {@code audio/CLIP.wav} at 16 kHz, {@code
     * lips/CLIP.jpg} a grey strip of 18 frames of 64 x 40. Of both the 0.44 s round the word. Audio
     * is a log spectrogram of 40 mel bands with windows of 512 every 160, {@code [1, 40, 41]}; lips
     * are {@code [11, 40, 64]}.
     *
     * @param task {@code letter} or {@code digit}, the column of labels
     * @param noise on the waveform; null for none
     * @return the description
     */
    public static FileData grid(String task, Noise noise) {
        Excerpt word =
                new Excerpt(
                        "labels.csv",
                        "clip",
                        task + "_start_s",
                        task + "_end_s",
                        WORD_SECONDS,
                        FPS);
        return new FileData(
                CsvLabels.of("labels.csv", "clip", task, "fold"),
                List.of(
                        WavFolder.of("audio", "audio", 16_000, 512, 160)
                                .withMels(40, 1e-5)
                                .with(word)
                                .with(noise),
                        ImageFolder.of("lips", "lips", 40, 64, 1)
                                .withFrames(18, ImageFolder.Layout.CHANNELS)
                                .with(word)),
                null);
    }

    /**
     * CMU-MOSI by utterance: {@code text_train0.csv}, {@code text_test0.csv} and so on for audio
     * and video, no header, one utterance per row, the last column the label. Inputs text [100],
     * audio [73], video [100]; folds {@code text_train0} and {@code text_test0}.
     *
     * @return the description
     */
    public static FileData mosi() {
        return new FileData(
                new CsvLabels(
                        List.of("text_train0.csv", "text_test0.csv"),
                        null,
                        false,
                        null,
                        List.of("101"),
                        null,
                        null,
                        CsvRows.FILE,
                        null),
                List.of(mosi("text", 100), mosi("audio", 73), mosi("video", 100)),
                null);
    }

    private static CsvColumns mosi(String modality, int columns) {
        return new CsvColumns(
                modality,
                List.of(modality + "_train0.csv", modality + "_test0.csv"),
                null,
                false,
                null,
                List.of("1.." + columns),
                null,
                null,
                null,
                null);
    }

    /**
     * CREMA-D: {@code AudioWAV/CLIP.wav}, a folder of images per clip, and the class and the actor
     * in the clip's name. Actors are groups, so that a split by seed keeps them apart. Clips that
     * lack one of both are left out.
     *
     * <p>Both are prepared as OGM-GE's published code does it. Audio is the log-magnitude
     * spectrogram [1, 257, 188] of the clip repeated to 3 s at 22,050 Hz, not standardised; visual
     * is [3, 224, 224] with ImageNet's mean and deviation, while training a random part of any
     * frame, mirrored or not, else all of the middle one.
     *
     * @param frames the folder of folders of frames
     * @return the description
     */
    public static FileData crema(String frames) {
        return crema(
                new NameLabels("AudioWAV", CLIP.formatted("(?<label>[A-Za-z]+)"), EMOTIONS),
                frames);
    }

    /**
     * CREMA-D with frames in {@code Image-01-FPS}, where the published code has them.
     *
     * @return the description
     */
    public static FileData crema() {
        return crema(FRAMES);
    }

    /**
     * CREMA-D with the published lists {@code train.csv} and {@code test.csv}, lines {@code
     * clip,EMOTION}, whose names are the folds.
     *
     * @param frames the folder of folders of frames
     * @param lists the folder of the lists; "." for that of the data set
     * @return the description
     */
    public static FileData cremaByLists(String frames, String lists) {
        return crema(
                new CsvLabels(
                        Stream.of("train.csv", "test.csv")
                                .map(file -> lists.equals(".") ? file : lists + "/" + file)
                                .toList(),
                        null,
                        false,
                        "1",
                        List.of("2"),
                        null,
                        EMOTIONS,
                        CsvRows.FILE,
                        CLIP.formatted("[A-Za-z]+")),
                frames);
    }

    /**
     * CREMA-D with the published lists beside the data, and frames in {@code Image-01-FPS}.
     *
     * @return the description
     */
    public static FileData cremaByLists() {
        return cremaByLists(FRAMES, ".");
    }

    private static final String FRAMES = "Image-01-FPS";
    private static final String CLIP = "(?<group>\\d{1,9})_[A-Za-z0-9]+_%s_[A-Za-z]+";
    private static final List<String> EMOTIONS = List.of("NEU", "HAP", "SAD", "FEA", "DIS", "ANG");

    private static FileData crema(LabelsDescription labels, String frames) {
        WavFolder audio =
                new WavFolder(
                        "audio",
                        "AudioWAV",
                        22_050,
                        3.0,
                        WavFolder.Length.REPEAT,
                        null,
                        true,
                        512,
                        353,
                        true,
                        null,
                        true,
                        null,
                        null,
                        Standardize.NONE,
                        null,
                        null,
                        null);
        return new FileData(
                labels,
                List.of(
                        audio,
                        ImageFolder.of("visual", frames, 224, 224, 3)
                                .with(Standardize.IMAGENET, ImageFolder.Augment.CROP_FLIP)),
                true);
    }
}
