package org.ogm4j.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.study.run.Plan;
import org.ogm4j.study.run.Source;
import org.ogm4j.study.run.StudyRunner;
import org.ogm4j.study.words.Names;

/**
 * Compares methods of training on a network and data of one's own. Every method is trained from the
 * same initial weights on the same data, for each seed and fold; differences to the first method
 * are paired.
 *
 * <p>Example:
 *
 * <pre>{@code
 * StudyResult result =
 *         Study.of(seed -> network(seed)) // a ComputationGraphConfiguration of two or more inputs
 *                 .data("mine", StudyData.crossValidated(examples, 32, 5))
 *                 .methods(
 *                         Method.plain().named("plain", Point.rates(0.01, 0.03)),
 *                         Method.modulated(0.8, alpha -> ModulatedOptimizer.builder().alpha(alpha))
 *                                 .named("ogm-ge", Point.strengths(0.3, 0.8)))
 *                 .seeds(1, 2, 3)
 *                 .folds(5)
 *                 .epochs(20)
 *                 .run(Path.of("study"));
 * System.out.println(result.tables());
 * }</pre>
 *
 * <p>In the folder are then {@code runs/}, one file for each run, and {@code results.csv}, {@code
 * summary.csv}, {@code summary.json}, {@code summary.md}. A study that was stopped, or killed, goes
 * on where it was; several processes may work on one folder. A run's name holds a digest of what
 * decides on its result: network, data, settings. Of a method that is a lambda only the name is
 * known: give another one when it changes, or another folder.
 *
 * @since 0.1.0
 */
public final class Study {

    private final LongFunction<ComputationGraphConfiguration> network;
    private final Map<String, List<String>> modalities = new LinkedHashMap<>();
    private final List<Source> sources = new ArrayList<>();
    private final List<Rival> rivals = new ArrayList<>();
    private final Map<String, String> notes = new LinkedHashMap<>();
    private final Map<String, String> titles = new LinkedHashMap<>();
    private List<Long> seeds = List.of(1L, 2L, 3L, 4L, 5L);
    private int folds = 1;
    private int epochs;
    private Source tuning;
    private String baseline;
    private long tuningSeed = 101;
    private String shown;
    private String origin = "";
    private boolean tensorBoard;

    private Study(LongFunction<ComputationGraphConfiguration> network) {
        this.network = Objects.requireNonNull(network, "network");
    }

    /**
     * A study of a network.
     *
     * @param network the plain configuration, by the seed of its weights; a new one at each call
     * @return a study that still needs data, methods and epochs
     */
    public static Study of(LongFunction<ComputationGraphConfiguration> network) {
        return new Study(network);
    }

    /**
     * Names a modality and the network inputs that are its own. Default: one modality per network
     * input, named after it. Once one is named, all must be.
     *
     * @param name a name of your choice
     * @param networkInputs its network inputs, one or more
     * @return this
     */
    public Study modality(String name, String... networkInputs) {
        require(
                networkInputs.length > 0,
                "inputs of a modality must be at least 1, got none for ",
                name);
        require(
                modalities.putIfAbsent(name, List.of(networkInputs)) == null,
                "names of modalities must differ, got twice ",
                name);
        return this;
    }

    /**
     * Adds data, for the study's network.
     *
     * @param name in tables and files
     * @param data a split for each seed and fold
     * @return this
     */
    public Study data(String name, StudyData data) {
        return data(name, network, data);
    }

    /**
     * Adds data, with a network of their own.
     *
     * @param name in tables and files
     * @param own the plain configuration for them, by the seed of its weights
     * @param data a split for each seed and fold
     * @return this
     */
    public Study data(
            String name, LongFunction<ComputationGraphConfiguration> own, StudyData data) {
        require(
                Names.isOneLine(name),
                "names of data must be on one line, and not empty, got ",
                name.replaceAll("\\R", "\\\\n"));
        require(
                sources.stream().noneMatch(source -> source.name().equals(name)),
                "names of data must differ, got twice ",
                name);
        sources.add(new Source(name, own, Objects.requireNonNull(data, "data")));
        return this;
    }

    /**
     * Says something of data, under their name in the tables.
     *
     * @param data their name
     * @param note a sentence
     * @return this
     */
    public Study note(String data, String note) {
        notes.put(data, note);
        return this;
    }

    /**
     * What tables and the report call data, in place of their name; files of runs keep the name.
     *
     * @param data their name
     * @param title on one line, of no other data
     * @return this
     */
    public Study title(String data, String title) {
        require(
                Names.isOneLine(title),
                "titles of data must be on one line, and not empty, got ",
                title.replaceAll("\\R", "\\\\n"));
        titles.put(data, title);
        return this;
    }

    /**
     * Adds methods. The first of all is the baseline that the others are compared with, unless
     * {@link #baseline} says otherwise.
     *
     * @param methods with their names, each once
     * @return this
     */
    public Study methods(Rival... methods) {
        for (Rival rival : methods) {
            require(
                    rivals.stream().noneMatch(other -> other.name().equals(rival.name())),
                    "names of methods must differ, got twice ",
                    rival.name());
            rivals.add(rival);
        }
        return this;
    }

    /**
     * The seeds to report. A seed sets the initial weights, and everything that the data make of
     * it.
     *
     * @param values each once; default 1 to 5
     * @return this
     */
    public Study seeds(long... values) {
        seeds = Arrays.stream(values).boxed().toList();
        require(
                !seeds.isEmpty() && new LinkedHashSet<>(seeds).size() == seeds.size(),
                "seeds must be one or more, each once, got ",
                seeds);
        return this;
    }

    /**
     * How many folds the data have.
     *
     * @param count at least 1, default 1
     * @return this
     */
    public Study folds(int count) {
        require(count >= 1, "folds must be at least 1, got ", count);
        folds = count;
        return this;
    }

    /**
     * How long to train.
     *
     * @param count passes over the training examples, at least 1
     * @return this
     */
    public Study epochs(int count) {
        require(count >= 1, "epochs must be at least 1, got ", count);
        epochs = count;
        return this;
    }

    /**
     * Where the points of methods with a grid are chosen: on the validation examples of these data,
     * for all. Default: each set of data by itself. With folds each fold by itself, so that no test
     * example has a say.
     *
     * @param name of the data, in files
     * @param data for the study's network; they need not be among those that are reported
     * @return this
     */
    public Study tunedOn(String name, StudyData data) {
        tuning = new Source(name, network, Objects.requireNonNull(data, "data"));
        return this;
    }

    /**
     * The seed of the runs to choose from, which are not reported.
     *
     * @param seed default 101
     * @return this
     */
    public Study tuningSeed(long seed) {
        tuningSeed = seed;
        return this;
    }

    /**
     * The method that the others are compared with.
     *
     * @param method its name; default: the first one
     * @return this
     */
    public Study baseline(String method) {
        baseline = method;
        return this;
    }

    /**
     * The method that the report shows beside the baseline.
     *
     * @param method its name; default: the first but the baseline that reads several modalities
     * @return this
     */
    public Study shown(String method) {
        shown = method;
        return this;
    }

    /**
     * How to make the study again, for the report: a command, for example.
     *
     * @param command as it is to be shown
     * @return this
     */
    public Study origin(String command) {
        origin = command;
        return this;
    }

    /**
     * Writes every run's curves as TensorBoard's event files too.
     *
     * @param written default false
     * @return this
     */
    public Study tensorBoard(boolean written) {
        tensorBoard = written;
        return this;
    }

    /**
     * Checks all that needs no training.
     *
     * @return this
     * @throws StudyException with all that is wrong about the study
     */
    public Study check() {
        plan();
        return this;
    }

    /**
     * Makes the runs that are missing in a folder, and writes the results of all. A run that fails
     * does not keep the others from being made.
     *
     * @param folder is made if it is not there
     * @return the results
     * @throws IOException if something cannot be written or read; it names the file, and what is
     *     there is kept
     * @throws StudyException with all that is wrong about the study
     */
    public StudyResult run(Path folder) throws IOException {
        Plan plan = plan();
        return new StudyRunner(plan, folder).run();
    }

    /**
     * Makes one run, with the method's own point, and writes nothing.
     *
     * @param method its name
     * @param data its name
     * @param seed of the run
     * @return the run, with the trained network
     * @throws StudyException with all that is wrong about the study
     */
    public Run train(String method, String data, long seed) {
        return StudyRunner.train(plan(), method, data, seed);
    }

    private Plan plan() {
        return new Plan(
                sources,
                modalities,
                rivals,
                seeds,
                folds,
                epochs,
                tuning,
                tuningSeed,
                baseline,
                shown,
                notes,
                titles,
                origin,
                tensorBoard);
    }

    private static void require(boolean holds, String problem, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(problem + value);
        }
    }
}
