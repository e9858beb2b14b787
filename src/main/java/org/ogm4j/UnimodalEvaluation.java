package org.ogm4j;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.nd4j.evaluation.classification.ConfusionMatrix;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.classification.EvaluationBinary;

/**
 * How good the fused answer of a network and each modality alone are on a data set: what {@link
 * ModulatedOptimizer#evaluate} returns.
 *
 * <p>What is judged, and how, depends on the loss of the output, as with scores: classes
 * (cross-entropy with softmax), several labels of two values (binary cross-entropy), or numbers
 * (all other losses).
 *
 * <p>Example: how far the fused answer is ahead of the better modality.
 *
 * <pre>{@code
 * UnimodalEvaluation quality = ModulatedOptimizer.evaluate(net, test);
 * System.out.println(quality); // a table
 * double better = Math.max(quality.alone("audio").accuracy(), quality.alone("visual").accuracy());
 * System.out.println("gained by fusion: " + (quality.fused().accuracy() - better));
 * System.out.println(quality.alone("audio").classes().confusionToString()); // DL4J's Evaluation
 * }</pre>
 *
 * @param modalities their names
 * @param outputs by name: those that two or more modalities reach first, then those of one
 *     modality; without outputs that have no loss for each example, or no labels in the data
 * @since 0.1.0
 */
public record UnimodalEvaluation(List<String> modalities, Map<String, Output> outputs) {

    /** Copies list and map, and keeps the order of the outputs. */
    public UnimodalEvaluation {
        modalities = List.copyOf(modalities);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /**
     * The network's answer from all modalities, at the first output that several reach.
     *
     * @return how good it is
     * @throws IllegalArgumentException if there is no such output
     */
    public Quality fused() {
        return fused(outputs.keySet().iterator().next());
    }

    /**
     * The network's answer from all modalities.
     *
     * @param output one of {@link #outputs}
     * @return how good it is
     * @throws IllegalArgumentException if the network has no such output, or one modality alone
     *     reaches it
     */
    public Quality fused(String output) {
        Quality fused = output(output).fused();
        if (fused == null) {
            throw new IllegalArgumentException(
                    "output must be one that two or more modalities reach, got \"%s\" of %s"
                            .formatted(output, output(output).alone().keySet()));
        }
        return fused;
    }

    /**
     * The answer of one modality alone, at the first output that it is read at.
     *
     * @param modality its name
     * @return how good it is, on the examples that have the modality
     * @throws IllegalArgumentException if there is no such modality
     */
    public Quality alone(String modality) {
        for (Output output : outputs.values()) {
            if (output.alone().containsKey(modality)) {
                return output.alone().get(modality);
            }
        }
        throw new IllegalArgumentException(
                "modality must be one of %s, got \"%s\"".formatted(modalities, modality));
    }

    /**
     * The answer of one modality alone.
     *
     * @param modality its name
     * @param output one of {@link #outputs}
     * @return how good it is, on the examples that have the modality
     * @throws IllegalArgumentException if the modality is not read at that output
     */
    public Quality alone(String modality, String output) {
        Quality alone = output(output).alone().get(modality);
        if (alone == null) {
            throw new IllegalArgumentException(
                    "modality must be one that is read at output \"%s\", got \"%s\"; known are %s"
                            .formatted(output, modality, output(output).alone().keySet()));
        }
        return alone;
    }

    private Output output(String name) {
        if (!outputs.containsKey(name)) {
            throw new IllegalArgumentException(
                    "output must be one of %s, got \"%s\"".formatted(outputs.keySet(), name));
        }
        return outputs.get(name);
    }

    /**
     * What was answered at one output.
     *
     * @param fused the network's answer; null where one modality alone reaches the output
     * @param alone that of each modality that is read there, by name
     */
    public record Output(Quality fused, Map<String, Quality> alone) {

        /** Copies the map, and keeps the order of the modalities. */
        public Output {
            alone = Collections.unmodifiableMap(new LinkedHashMap<>(alone));
        }
    }

    /**
     * How good answers are. Of the last three components one is there, by the kind of the output's
     * loss; asking for another is an error, and the components themselves are null.
     *
     * @param examples how many examples were judged: those with a label that is not masked, of one
     *     modality alone without those that lack it. A sequence is one example; its steps are
     *     counted one by one in all else
     * @param classes DL4J's evaluation of classes
     * @param labels DL4J's evaluation of labels of two values; a label above 0.5 is a yes
     * @param numbers errors of numbers
     */
    public record Quality(
            long examples, Evaluation classes, EvaluationBinary labels, Regression numbers) {

        @Override
        public Evaluation classes() {
            return require(classes, "classes");
        }

        @Override
        public EvaluationBinary labels() {
            return require(labels, "labels");
        }

        @Override
        public Regression numbers() {
            return require(numbers, "numbers");
        }

        private <T> T require(T asked, String name) {
            if (asked == null) {
                throw new IllegalStateException(
                        "answers must be %s to be judged so, got %s".formatted(name, kind()));
            }
            return asked;
        }

        /**
         * The share of right answers, in [0, 1].
         *
         * @return of labels of two values the mean over the labels; NaN if nothing was judged
         * @throws IllegalStateException if the answers are numbers
         */
        public double accuracy() {
            if (labels != null) {
                return mean(
                        labels.numLabels(),
                        c ->
                                (labels.truePositives(c) + labels.trueNegatives(c))
                                        / (double) labels.totalCount(c));
            }
            return classes() == null || examples == 0 ? Double.NaN : classes.accuracy();
        }

        /**
         * The mean over classes, or labels, of {@code 2 TP / (2 TP + FP + FN)}, in [0, 1].
         *
         * <p>A class that occurs and is never answered counts as 0. DL4J's {@code f1()} leaves it
         * out of the mean, so that an answer which is always the same looks better than it is, and
         * of two classes it is that of the second alone. A class that neither occurs nor is
         * answered does not count here either.
         *
         * @return NaN if nothing was judged
         * @throws IllegalStateException if the answers are numbers
         */
        public double macroF1() {
            if (labels != null) {
                return mean(
                        labels.numLabels(),
                        c -> {
                            int right = labels.truePositives(c);
                            int wrong = labels.falsePositives(c) + labels.falseNegatives(c);
                            return 2.0 * right / (2 * right + wrong);
                        });
            }
            ConfusionMatrix<Integer> confusion = classes().getConfusionMatrix();
            return mean(
                    examples == 0 ? 0 : confusion.getClasses().size(),
                    c ->
                            2.0
                                    * confusion.getCount(c, c)
                                    / (confusion.getActualTotal(c)
                                            + confusion.getPredictedTotal(c)));
        }

        /**
         * One number for a curve: the accuracy, or R2 of numbers. Never more than 1, which is best.
         *
         * @return NaN if nothing was judged
         */
        public double main() {
            return numbers == null ? accuracy() : numbers.r2();
        }

        /** Without those of which there is nothing, 0/0. */
        private static double mean(int count, IntToDoubleFunction value) {
            return IntStream.range(0, count)
                    .mapToDouble(value)
                    .filter(number -> !Double.isNaN(number))
                    .average()
                    .orElse(Double.NaN);
        }

        private String kind() {
            return classes != null ? "classes" : labels != null ? "labels" : "numbers";
        }

        private static String header(String kind) {
            return kind.equals("numbers")
                    ? "%10s %10s %10s %10s".formatted("examples", "MSE", "MAE", "R2")
                    : "%10s %10s %10s".formatted("examples", "accuracy", "macro F1");
        }

        private String line() {
            return numbers == null
                    ? String.format(
                            Locale.ROOT, "%10d %10.4f %10.4f", examples, accuracy(), macroF1())
                    : String.format(
                            Locale.ROOT,
                            "%10d %10.4g %10.4g %10.4f",
                            examples,
                            numbers.mse(),
                            numbers.mae(),
                            numbers.r2());
        }
    }

    /**
     * Errors of numbers, in double. DL4J's {@code RegressionEvaluation} sums the squares of labels
     * and answers as they are, in the network's type, so that its R2 and correlation are noise
     * where labels are large against their spread.
     *
     * @param columns one per number that the output answers
     */
    public record Regression(List<Column> columns) {

        /** Copies the list. */
        public Regression {
            columns = List.copyOf(columns);
        }

        /**
         * The mean squared error, the mean over columns.
         *
         * @return in the square of the labels' unit; NaN if a column has no label
         */
        public double mse() {
            return mean(Column::mse);
        }

        /**
         * The mean absolute error, the mean over columns.
         *
         * @return in the labels' unit; NaN if a column has no label
         */
        public double mae() {
            return mean(Column::mae);
        }

        /**
         * The coefficient of determination, the mean over columns.
         *
         * @return at most 1; NaN if the labels of a column are all equal
         */
        public double r2() {
            return mean(Column::r2);
        }

        private double mean(ToDoubleFunction<Column> value) {
            return columns.stream().mapToDouble(value).average().orElse(Double.NaN);
        }
    }

    /**
     * Errors of one number.
     *
     * @param count of the labels that are not masked
     * @param mse the mean squared error {@code 1/n sum (answer - label)^2}
     * @param mae the mean absolute error {@code 1/n sum |answer - label|}
     * @param r2 the coefficient of determination {@code 1 - sum (answer - label)^2 / sum (label -
     *     mean)^2}; NaN if all labels are equal
     */
    public record Column(long count, double mse, double mae, double r2) {}

    /** A table for each output, a line for each answer. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Output> output : outputs.entrySet()) {
            Map<String, Quality> lines = new LinkedHashMap<>();
            if (output.getValue().fused() != null) {
                lines.put("fused", output.getValue().fused());
            }
            output.getValue().alone().forEach((name, own) -> lines.put(name + " alone", own));
            String kind = lines.values().iterator().next().kind();
            String title = "%s (%s)".formatted(output.getKey(), kind);
            int width = title.length();
            for (String name : lines.keySet()) {
                width = Math.max(width, name.length() + 2);
            }
            String left = "%-" + width + "s";
            text.append(left.formatted(title)).append(Quality.header(kind)).append('\n');
            for (Map.Entry<String, Quality> line : lines.entrySet()) {
                text.append(left.formatted("  " + line.getKey()));
                text.append(line.getValue().line()).append('\n');
            }
        }
        return text.toString();
    }
}
