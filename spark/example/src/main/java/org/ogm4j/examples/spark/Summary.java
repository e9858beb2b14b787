package org.ogm4j.examples.spark;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.ogm4j.spark.WorkerStep;

/** Prints how a training came out. */
final class Summary {

    private final PrintWriter out;
    private final String title;

    Summary(PrintWriter out, String title) {
        this.out = out;
        this.title = title;
    }

    /**
     * Prints accuracy, coefficients by worker, and what identifies the parameters to the last bit.
     *
     * @param graph the trained network
     * @param test examples to test it on
     * @param steps what the workers sent home
     */
    void print(ComputationGraph graph, MultiDataSet test, List<WorkerStep> steps) {
        INDArray predicted = graph.outputSingle(test.getFeatures()).argMax(1);
        double accuracy =
                predicted
                        .eq(test.getLabels(0).argMax(1))
                        .castTo(test.getLabels(0).dataType())
                        .meanNumber()
                        .doubleValue();
        out.printf(
                "%s accuracy %.4f, iteration %d, epoch %d, parameters %08x%n",
                title, accuracy, graph.getIterationCount(), graph.getEpochCount(), checksum(graph));
        Map<String, List<WorkerStep>> byWorker =
                steps.stream()
                        .collect(
                                Collectors.groupingBy(
                                        WorkerStep::worker, TreeMap::new, Collectors.toList()));
        byWorker.forEach(this::print);
    }

    private void print(String worker, List<WorkerStep> steps) {
        List<WorkerStep> modulated =
                steps.stream().filter(step -> !step.coefficients().isEmpty()).toList();
        Map<String, Double> means = new TreeMap<>();
        for (WorkerStep step : modulated) {
            step.coefficients()
                    .forEach((name, k) -> means.merge(name, k / modulated.size(), Double::sum));
        }
        String list =
                means.entrySet().stream()
                        .map(mean -> "%s %.4f".formatted(mean.getKey(), mean.getValue()))
                        .collect(Collectors.joining(", "));
        out.printf(
                "%s %s: %d steps, %d modulated, iterations %d to %d, epochs %d to %d, mean k: %s%n",
                title,
                worker,
                steps.size(),
                modulated.size(),
                steps.stream().mapToInt(WorkerStep::iteration).min().orElse(-1),
                steps.stream().mapToInt(WorkerStep::iteration).max().orElse(-1),
                steps.stream().mapToInt(WorkerStep::epoch).min().orElse(-1),
                steps.stream().mapToInt(WorkerStep::epoch).max().orElse(-1),
                list);
    }

    private static long checksum(ComputationGraph graph) {
        CRC32C sum = new CRC32C();
        byte[] bytes = new byte[Float.BYTES];
        for (float value : graph.params().toFloatVector()) {
            int bits = Float.floatToRawIntBits(value);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (bits >>> (8 * i));
            }
            sum.update(bytes);
        }
        return sum.getValue();
    }
}
