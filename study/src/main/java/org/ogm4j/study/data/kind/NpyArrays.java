package org.ogm4j.study.data.kind;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Fit;
import org.ogm4j.study.data.Noise;
import org.ogm4j.study.data.Values;
import org.ogm4j.study.data.files.FolderFiles;
import org.ogm4j.study.data.files.NpyFile;

/**
 * NumPy arrays: a folder of {@code ID.npy}, or one file whose first axis is the examples, in the
 * order of the labels. An example may have 1 to 4 dimensions: {@code [n]} a vector, {@code [size,
 * T]} a sequence, {@code [channels, height, width]} an image, {@code [channels, depth, height,
 * width]} a volume. A single number is a vector of one.
 *
 * @param name of the modality
 * @param path of the folder or file
 * @param channelsLast whether the last axis is size or channels: {@code [T, size]}, {@code [height,
 *     width, channels]}, {@code [depth, height, width, channels]}; null is false
 * @param standardize null is {@code feature}: numbers, sizes or channels
 * @param noise white noise on the numbers as they are in the file; null for none
 * @param optional whether examples may lack it
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NpyArrays(
        String name,
        String path,
        Boolean channelsLast,
        Standardize standardize,
        Noise noise,
        Boolean optional)
        implements ModalityDescription {

    /**
     * Checks what must be given.
     *
     * @throws IllegalArgumentException if name or path is not
     */
    public NpyArrays {
        Check.given(name, "name");
        Check.measured(standardize);
        Check.given(path, "path");
    }

    @Override
    public Source open(Path root, List<String> ids) {
        Path there = root.resolve(path);
        return Files.isDirectory(there) ? openFolder(there, ids) : openFile(there, ids);
    }

    private Source openFolder(Path there, List<String> ids) {
        FolderFiles files = new FolderFiles(there, Set.of("npy"), false, ids);
        return new Source() {
            @Override
            public boolean has(String id) {
                return files.has(id);
            }

            @Override
            public Values read(String id) {
                NpyFile array = NpyFile.open(files.get(id));
                return values(array.read(), array.shape(), files.get(id), id);
            }

            @Override
            public Fit fit() {
                return Check.or(standardize, Standardize.FEATURE).fit(0);
            }

            @Override
            public String missing(String id) {
                return files.missing(id, "npy");
            }
        };
    }

    private Source openFile(Path file, List<String> ids) {
        NpyFile array = NpyFile.open(file);
        int[] shape = array.shape();
        if (shape.length == 0 || shape[0] != ids.size()) {
            throw new DataException(
                    file,
                    "must have as many rows as there are labels, %d, got shape %s"
                            .formatted(ids.size(), Arrays.toString(shape)));
        }
        float[] all = array.inRows() ? null : array.read();
        Map<String, Integer> rows = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            rows.put(ids.get(i), i);
        }
        int[] own = Arrays.copyOfRange(shape, 1, shape.length);
        return new Source() {
            @Override
            public boolean has(String id) {
                return rows.containsKey(id);
            }

            @Override
            public Values read(String id) {
                int row = rows.get(id);
                return values(
                        all == null ? array.row(row) : row(all, row, shape[0]), own, file, id);
            }

            @Override
            public Fit fit() {
                return Check.or(standardize, Standardize.FEATURE).fit(0);
            }

            @Override
            public String missing(String id) {
                return file + ": no row of " + id;
            }
        };
    }

    private static float[] row(float[] all, int row, int rows) {
        int length = all.length / rows;
        return Arrays.copyOfRange(all, row * length, (row + 1) * length);
    }

    private Values values(float[] numbers, int[] shape, Path file, String id) {
        if (shape.length > 4 || numbers.length == 0) {
            throw new DataException(
                    file,
                    "an example must have 1 to 4 dimensions and a number, got shape "
                            + Arrays.toString(shape));
        }
        int[] sizes = shape.length == 0 ? new int[] {1} : shape;
        float[] ordered = numbers;
        if (Check.or(channelsLast, false) && sizes.length > 1) {
            int channels = sizes[sizes.length - 1];
            int places = numbers.length / channels;
            ordered = new float[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                ordered[i % channels * places + i / channels] = numbers[i];
            }
            int[] first = new int[sizes.length];
            first[0] = channels;
            System.arraycopy(sizes, 0, first, 1, sizes.length - 1);
            sizes = first;
        }
        double[] doubles = new double[ordered.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = ordered[i];
        }
        return Vectors.of(doubles, noise, name, id, sizes);
    }
}
