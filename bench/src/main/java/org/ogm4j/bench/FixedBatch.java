package org.ogm4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.Balance;
import org.ogm4j.GradientNoise;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.study.file.PreparedStudy;
import org.ogm4j.study.file.StudyFile;

/**
 * Trains the networks of a study on one batch and writes every number on the way as NumPy files,
 * for {@code bench/pytorch/grid_letters.py --check} to compare with its own:
 *
 * <pre>
 * OUT/batch       a modality and the labels each
 * OUT/METHOD      plain, uniform (gamma 1), ogm (alpha 0.8, no noise) and ogm-ge-std, each with
 *   start, step1, step5   the parameters before and after so many steps
 *   forward               what every vertex puts out in the first step
 *   gradient              of the mean loss, as the first step's backward pass leaves it
 * </pre>
 *
 * <p>Give it a study without dropout: of what is left the noise of ogm-ge-std alone is random.
 */
public final class FixedBatch {

    private static final int STEPS = 5;

    private FixedBatch() {}

    /**
     * Writes.
     *
     * @param args the study's file, the folder of its data, the folder to write to
     */
    public static void main(String... args) throws IOException {
        StudyFile file = StudyFile.read(Path.of(args[0]));
        PreparedStudy study = new PreparedStudy(file, Path.of(args[1]));
        List<String> modalities = study.modalities().values().iterator().next();
        write(study.network(), study.split().training(0).next(), modalities, Path.of(args[2]));
    }

    /** Trains a plain network's copies. */
    static void write(ComputationGraph plain, MultiDataSet batch, List<String> modalities, Path out)
            throws IOException {
        Map<String, INDArray> data = new LinkedHashMap<>();
        data.put("labels", batch.getLabels(0));
        for (int u = 0; u < modalities.size(); u++) {
            data.put(modalities.get(u), batch.getFeatures(u));
        }
        write(out.resolve("batch"), data);
        plain.paramTable().forEach(FixedBatch::shift);
        ModulatedOptimizer ogm = Balance.ogmGe(0.8).noise(GradientNoise.none()).build();
        ModulatedOptimizer noisy = Balance.ogmGe(0.8).noise(GradientNoise.tensorStd()).build();
        train(ogm.modulate(plain.clone()), batch, out.resolve("ogm"));
        train(noisy.modulate(plain.clone()), batch, out.resolve("ogm-ge-std"));
        train(Balance.uniform(1).build().modulate(plain.clone()), batch, out.resolve("uniform"));
        train(plain, batch, out.resolve("plain"));
    }

    /** Biases and batch norm start at 0 and 1, where some faults cannot be seen. */
    private static void shift(String name, INDArray parameter) {
        if (name.endsWith("_b") || name.endsWith("_gamma") || name.endsWith("_beta")) {
            parameter.addi(Nd4j.randn(parameter.shape()).muli(0.3));
        }
    }

    private static void train(ComputationGraph graph, MultiDataSet batch, Path out)
            throws IOException {
        write(out.resolve("start"), graph.paramTable());
        Map<String, INDArray> forward = new LinkedHashMap<>();
        Map<String, INDArray> gradient = new LinkedHashMap<>();
        for (int step = 1; step <= STEPS; step++) {
            if (step == 1) {
                graph.addListeners(new FirstStep(forward, gradient));
            }
            graph.fit(batch);
            if (step == 1) {
                gradient.values().forEach(each -> each.divi(batch.getLabels(0).size(0)));
                write(out.resolve("forward"), forward);
                write(out.resolve("gradient"), gradient);
            }
            if (step == 1 || step == STEPS) {
                write(out.resolve("step" + step), graph.paramTable());
            }
        }
    }

    private static void write(Path folder, Map<String, INDArray> arrays) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, INDArray> each : arrays.entrySet()) {
            Path file = folder.resolve(each.getKey() + ".npy");
            Nd4j.writeAsNumpy(each.getValue().dup('c'), file.toFile());
        }
    }

    /** Copies what the first step computes, before the updater changes it. */
    private static final class FirstStep extends BaseTrainingListener {

        private final Map<String, INDArray> forward;
        private final Map<String, INDArray> gradient;

        FirstStep(Map<String, INDArray> forward, Map<String, INDArray> gradient) {
            this.forward = forward;
            this.gradient = gradient;
        }

        @Override
        public void onForwardPass(Model model, Map<String, INDArray> activations) {
            activations.forEach((name, each) -> forward.putIfAbsent(name, copy(each)));
        }

        @Override
        public void onGradientCalculation(Model model) {
            model.gradient()
                    .gradientForVariable()
                    .forEach((name, each) -> gradient.putIfAbsent(name, copy(each)));
        }

        private static INDArray copy(INDArray array) {
            return array.detach().dup('c');
        }
    }
}
