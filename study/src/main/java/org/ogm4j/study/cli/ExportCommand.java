package org.ogm4j.study.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.study.Split;
import org.ogm4j.study.file.PreparedStudy;
import org.ogm4j.study.file.StudyFile;
import org.ogm4j.study.words.Names;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Writes the arrays that networks of a study are given, for programs in other languages:
 *
 * <pre>
 * OUT/DATA-seed1-fold0/training/MODALITY.npy   [n, ...], standardised as the study says
 * OUT/DATA-seed1-fold0/training/labels.npy     [n, classes]
 * </pre>
 *
 * and the same for {@code validation} and {@code test}; with {@code MODALITY-mask.npy} where
 * examples lack a modality or sequences differ in length.
 */
@Command(
        name = "export",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Writes the examples of every data set, seed and fold as NumPy files, standardised"
                        + " and divided as networks get them. Trains nothing.")
final class ExportCommand implements Callable<Integer> {

    /** More than any part has. */
    private static final int ALL = 1 << 30;

    @Spec private CommandSpec spec;

    @Mixin private StudyOptions options;

    @Override
    public Integer call() throws IOException {
        StudyFile file = options.read();
        PreparedStudy prepared = options.prepare(file);
        Path out = options.out(file);
        int count = 0;
        for (Map.Entry<String, List<String>> data : prepared.modalities().entrySet()) {
            for (long seed : file.seeds()) {
                for (int fold = 0; fold < prepared.folds(); fold++) {
                    String name = "%s-seed%d-fold%d".formatted(data.getKey(), seed, fold);
                    Path folder = out.resolve(Names.ofFile(name));
                    Split split = prepared.split(data.getKey(), seed, fold);
                    write(folder.resolve("training"), split.trainingOnce(0), data.getValue());
                    write(folder.resolve("validation"), split.validation(), data.getValue());
                    write(folder.resolve("test"), split.test(), data.getValue());
                    count++;
                }
            }
        }
        spec.commandLine().getOut().printf("%d divisions written to %s%n", count, out);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static void write(Path folder, MultiDataSetIterator part, List<String> modalities)
            throws IOException {
        MultiDataSet all = part.next(ALL);
        Files.createDirectories(folder);
        write(folder, "labels", all.getLabels(0));
        for (int u = 0; u < modalities.size(); u++) {
            write(folder, modalities.get(u), all.getFeatures(u));
            if (all.getFeaturesMaskArrays() != null && all.getFeaturesMaskArray(u) != null) {
                write(folder, modalities.get(u) + "-mask", all.getFeaturesMaskArray(u));
            }
        }
    }

    private static void write(Path folder, String name, INDArray array) throws IOException {
        Nd4j.writeAsNumpy(array, folder.resolve(name + ".npy").toFile());
    }
}
