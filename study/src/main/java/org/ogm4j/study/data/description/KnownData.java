package org.ogm4j.study.data.description;

import java.util.List;
import org.ogm4j.study.data.Noise;
import org.ogm4j.study.data.files.CsvRows;
import org.ogm4j.study.data.kind.CsvColumns;
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

    /**
     * GRID, one talker: {@code labels.csv} with columns {@code clip}, {@code letter}, {@code digit}
     * and {@code fold}, {@code audio/CLIP.wav} at 16 kHz, {@code lips/CLIP.jpg} a grey strip of 18
     * frames of 64 x 40. Audio is a log spectrogram with windows of 512 every 320, {@code [1, 257,
     * 35]} of 0.72 s; lips are {@code [18, 40, 64]}.
     *
     * @param task {@code letter} or {@code digit}, the column of labels
     * @param noise on the waveform; null for none
     * @return the description
     */
    public static FileData grid(String task, Noise noise) {
        return new FileData(
                CsvLabels.of("labels.csv", "clip", task, "fold"),
                List.of(
                        WavFolder.of("audio", "audio", 16_000, 512, 320).with(noise),
                        ImageFolder.of("lips", "lips", 40, 64, 1)
                                .withFrames(18, ImageFolder.Layout.CHANNELS)),
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
     * CREMA-D: {@code AudioWAV/CLIP.wav}, a folder of images per clip {@code Image-01-FPS/CLIP},
     * and the class and the actor in the clip's name. Actors are groups, so that a split by seed
     * keeps them apart. Audio is the log-magnitude spectrogram [1, 257, 188] of OGM-GE's published
     * code, not standardised; visual is the middle frame [3, 224, 224]. Clips that lack one are
     * left out.
     *
     * @return the description
     */
    public static FileData crema() {
        return crema(
                new NameLabels(
                        "AudioWAV",
                        "(?<group>\\d{1,9})_[A-Za-z0-9]+_(?<label>[A-Z]+)_[A-Za-z]+",
                        EMOTIONS));
    }

    /**
     * CREMA-D with the published lists {@code train.csv} and {@code test.csv}, lines {@code
     * clip,EMOTION}, whose names are the folds.
     *
     * @return the description
     */
    public static FileData cremaByLists() {
        return crema(
                new CsvLabels(
                        List.of("train.csv", "test.csv"),
                        null,
                        false,
                        "1",
                        List.of("2"),
                        null,
                        EMOTIONS,
                        CsvRows.FILE,
                        null));
    }

    private static final List<String> EMOTIONS = List.of("NEU", "HAP", "SAD", "FEA", "DIS", "ANG");

    private static FileData crema(LabelsDescription labels) {
        WavFolder audio =
                new WavFolder(
                        "audio",
                        "AudioWAV",
                        22_050,
                        3.0,
                        WavFolder.Length.REPEAT,
                        null,
                        512,
                        353,
                        true,
                        null,
                        true,
                        null,
                        null,
                        Standardize.NONE,
                        null,
                        null);
        return new FileData(
                labels,
                List.of(audio, ImageFolder.of("visual", "Image-01-FPS", 224, 224, 3)),
                true);
    }
}
