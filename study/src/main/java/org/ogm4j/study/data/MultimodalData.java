package org.ogm4j.study.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * A data set of any number of named modalities: for each example an array per modality, or none
 * where it lacks one, and a label.
 *
 * <p>Example: two modalities made by hand.
 *
 * <pre>{@code
 * List<Example> examples = List.of(
 *         new Example("a", List.of(0.0), null, null),
 *         new Example("b", List.of(1.0), null, null));
 * Modality sound = Modality.load("sound", 2, i -> new Values(new float[] {i, 1}, 2),
 *         Modality.standardized(), Memory.quarterOfHeap());
 * MultimodalData data = new MultimodalData(
 *         new Target(Target.Kind.CLASS, List.of("no", "yes")), examples, List.of(sound));
 * }</pre>
 *
 * @since 0.1.0
 */
public final class MultimodalData {

    private final Target target;
    private final List<Example> examples;
    private final List<Modality> modalities;
    private final Map<String, Integer> leftOut;

    /**
     * Puts a data set together.
     *
     * @param target what a network is to answer
     * @param examples in the order of the arrays
     * @param modalities in the order of the network's inputs
     * @throws IllegalArgumentException if numbers of examples differ, a name or an id comes twice,
     *     a label is none of the target's, or an example has no modality
     */
    public MultimodalData(Target target, List<Example> examples, List<Modality> modalities) {
        this(target, List.copyOf(examples), List.copyOf(modalities), Map.of());
        if (examples.isEmpty() || modalities.isEmpty()) {
            throw new IllegalArgumentException(
                    "there must be examples and modalities, got %d and %d"
                            .formatted(examples.size(), modalities.size()));
        }
        Set<String> names = new HashSet<>();
        for (Modality modality : modalities) {
            require(names.add(modality.name()), "modality", modality.name());
            if (modality.name().matches("(?s).*\\R.*")) {
                throw new IllegalArgumentException(
                        "names of modalities must be on one line, got "
                                + modality.name().replaceAll("\\R", "\\\\n"));
            }
            if (modality.examples() != examples.size()) {
                throw new IllegalArgumentException(
                        "modality %s must have %d examples, got %d"
                                .formatted(modality.name(), examples.size(), modality.examples()));
            }
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < examples.size(); i++) {
            int place = i;
            target.check(examples.get(i));
            require(ids.add(examples.get(i).id()), "id", examples.get(i).id());
            if (modalities.stream().noneMatch(modality -> modality.has(place))) {
                throw new IllegalArgumentException(
                        "example %s must have at least one modality, got none"
                                .formatted(examples.get(i).id()));
            }
        }
    }

    private MultimodalData(
            Target target,
            List<Example> examples,
            List<Modality> modalities,
            Map<String, Integer> leftOut) {
        this.target = target;
        this.examples = examples;
        this.modalities = modalities;
        this.leftOut = leftOut;
    }

    /**
     * Tells how many examples were left out because they lack a modality.
     *
     * @param counts by the name of the modality
     * @return the same data set
     */
    public MultimodalData leftOut(Map<String, Integer> counts) {
        return new MultimodalData(target, examples, modalities, Map.copyOf(counts));
    }

    /**
     * How many examples were left out because they lack a modality.
     *
     * @return by the name of the modality; empty if none was
     */
    public Map<String, Integer> leftOut() {
        return leftOut;
    }

    private static void require(boolean isNew, String what, String name) {
        if (!isNew) {
            throw new IllegalArgumentException(what + " must come once, got twice " + name);
        }
    }

    /**
     * What a network is to answer.
     *
     * @return the kind of label and the names of classes
     */
    public Target target() {
        return target;
    }

    /**
     * All examples.
     *
     * @return in order
     */
    public List<Example> examples() {
        return examples;
    }

    /**
     * All modalities.
     *
     * @return in the order of the network's inputs
     */
    public List<Modality> modalities() {
        return modalities;
    }

    /**
     * How many examples there are.
     *
     * @return the number
     */
    public int size() {
        return examples.size();
    }

    /**
     * The names of the modalities.
     *
     * @return for {@code addInputs}
     */
    public List<String> names() {
        return modalities.stream().map(Modality::name).toList();
    }

    /**
     * The types of the inputs.
     *
     * @return for {@code setInputTypes}, in the order of {@link #names}
     */
    public InputType[] inputTypes() {
        return modalities.stream().map(Modality::inputType).toArray(InputType[]::new);
    }

    /**
     * Divides the examples, and measures on the training part what the modalities want measured.
     *
     * @param partition which examples are in which part
     * @return the parts, ready for training
     */
    public Parts parts(Partition partition) {
        return new Parts(this, partition);
    }

    /** Whether examples have labels of classes that can be told apart when dividing them. */
    String stratum(int example) {
        return target.kind() == Target.Kind.NUMBERS ? "" : examples.get(example).label().toString();
    }

    /**
     * What people want to see first: numbers of examples, shapes, what is missing, classes, folds.
     *
     * @return some lines
     */
    public String summary() {
        List<String> lines = new ArrayList<>();
        lines.add("%d examples, %d modalities".formatted(size(), modalities.size()));
        for (Modality modality : modalities) {
            long missing = size() - count(modality);
            lines.add(
                    "  %s %s%s"
                            .formatted(
                                    modality.name(),
                                    Arrays.toString(modality.shape()).replace(" 0]", " T]"),
                                    missing > 0 ? ", missing in %d".formatted(missing) : ""));
        }
        if (!leftOut.isEmpty()) {
            lines.add("  left out, by what they lack: " + new TreeMap<>(leftOut));
        }
        lines.add("  label: " + labels());
        TreeMap<String, Integer> folds = new TreeMap<>();
        examples.forEach(each -> folds.merge(String.valueOf(each.fold()), 1, Integer::sum));
        if (!folds.containsKey("null")) {
            lines.add("  folds: " + folds);
        }
        return String.join("\n", lines);
    }

    private long count(Modality modality) {
        long count = 0;
        for (int i = 0; i < size(); i++) {
            count += modality.has(i) ? 1 : 0;
        }
        return count;
    }

    private String labels() {
        double[] sums = new double[target.size()];
        for (Example example : examples) {
            for (int i = 0; i < example.label().size(); i++) {
                if (target.kind() == Target.Kind.CLASS) {
                    sums[example.label().get(0).intValue()]++;
                } else {
                    sums[i] += example.label().get(i);
                }
            }
        }
        List<String> each = new ArrayList<>();
        for (int i = 0; i < sums.length; i++) {
            each.add(
                    target.kind() == Target.Kind.NUMBERS
                            ? String.format(
                                    Locale.ROOT,
                                    "%s mean %.4g",
                                    target.names().get(i),
                                    sums[i] / size())
                            : "%s %d".formatted(target.names().get(i), (long) sums[i]));
        }
        return "%s: %s".formatted(target.kind(), String.join(", ", each));
    }
}
