package org.ogm4j.study.file;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.ogm4j.study.Method;
import org.ogm4j.study.Point;
import org.ogm4j.study.Rival;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.method.KnownMethod;

/**
 * A method of a study.
 *
 * @param name which
 * @param as its name in tables; null: the same
 * @param strength in place of the usual one
 * @param epochs the first and the last that it acts in, from 0
 * @param learningRates to choose from on validation
 * @param strengths to choose from on validation
 */
public record MethodDescription(
        KnownMethod name,
        String as,
        Double strength,
        List<Integer> epochs,
        List<Double> learningRates,
        List<Double> strengths) {

    /** Checks what contradicts. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public MethodDescription {
        epochs = Given.list("epochs", epochs);
        learningRates =
                Given.list("learningRates", learningRates == null ? List.of() : learningRates);
        strengths = Given.list("strengths", strengths == null ? List.of() : strengths);
        List<String> problems = new ArrayList<>();
        if (name == null) {
            problems.add("name must be given");
        } else {
            if ((strength != null || !strengths.isEmpty()) && !name.hasStrength()) {
                problems.add(name + " has no strength: leave it out");
            }
            if (epochs != null && !name.hasWindow()) {
                problems.add(name + " acts in all epochs: leave them out");
            }
            if (name == KnownMethod.ALONE && as != null) {
                problems.add("alone is named after each modality: leave as out");
            }
        }
        if (as != null && name != null) {
            try {
                Method.plain().named(as);
            } catch (IllegalArgumentException e) {
                problems.add("as: " + e.getMessage());
            }
        }
        if (epochs != null
                && (epochs.size() != 2 || epochs.get(0) < 0 || epochs.get(1) < epochs.get(0))) {
            problems.add(
                    "epochs must be the first and the last, from 0, such as [0, 4], got " + epochs);
        }
        check("strength", strength == null ? List.of() : List.of(strength), problems);
        check("strengths", strengths, problems);
        check("learningRates", learningRates, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static void check(String what, List<Double> values, List<String> problems) {
        for (Double value : values) {
            if (!(value > 0 && value < Double.MAX_VALUE)) {
                problems.add("%s must be positive and finite, got %s".formatted(what, value));
            }
        }
    }

    /** Of this name, as usual. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static MethodDescription of(String name) {
        return new MethodDescription(KnownMethod.of(name), null, null, null, null, null);
    }

    /**
     * The methods that it stands for.
     *
     * @param modalities their names
     * @param epochCount of a run
     * @param early the last epoch of methods that act early, if none is given
     * @param rate of the network, if points are to be chosen; NaN if not
     */
    List<Rival> rivals(List<String> modalities, int epochCount, int early, double rate) {
        List<Point> grid = grid(rate);
        if (name == KnownMethod.ALONE) {
            return modalities.stream()
                    .map(each -> Method.alone(each).named(each + " only", grid))
                    .toList();
        }
        int first = epochs == null ? 0 : epochs.get(0);
        if (first >= epochCount) {
            throw new StudyException(
                    "methods: epochs of %s must begin at 0 to %d, the last of the study, got %d"
                            .formatted(name, epochCount - 1, first));
        }
        int last =
                epochs != null
                        ? Math.min(epochs.get(1), epochCount - 1)
                        : name.actsEarly() ? early : epochCount - 1;
        Method method = name.method(strength, first, last);
        return List.of(method.named(as == null ? name.toString() : as, grid));
    }

    private List<Point> grid(double rate) {
        if (!learningRates.isEmpty() || !strengths.isEmpty()) {
            if (strengths.isEmpty()) {
                return Point.rates(array(learningRates));
            }
            return learningRates.isEmpty()
                    ? Point.strengths(array(strengths))
                    : Point.crossed(array(learningRates), array(strengths));
        }
        if (Double.isNaN(rate)) {
            return List.of();
        }
        return name.grid(rate, strength == null ? name.strength() : strength);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
