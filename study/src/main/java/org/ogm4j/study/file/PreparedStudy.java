package org.ogm4j.study.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;
import org.ogm4j.study.Point;
import org.ogm4j.study.Rival;
import org.ogm4j.study.Split;
import org.ogm4j.study.Study;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.Trial;
import org.ogm4j.study.data.Memory;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.Target;
import org.ogm4j.study.data.description.DataDescription;
import org.ogm4j.study.network.Branch;
import org.ogm4j.study.words.JsonProblem;
import org.ogm4j.study.words.Names;

/** A study whose data are loaded and whose networks can be built. */
public final class PreparedStudy {

    /** Part of the names of runs' files; what people see is the folder's name. */
    private static final String UNNAMED = "data";

    private final StudyFile file;
    private final String title;
    private final Map<String, MultimodalData> data = new LinkedHashMap<>();
    private final Map<String, Divisions> divisions = new LinkedHashMap<>();
    private final List<Rival> rivals = new ArrayList<>();

    /**
     * Loads the data and checks everything that needs no training.
     *
     * @param file the study
     * @param folder of the data
     * @throws StudyException with all that is wrong
     */
    public PreparedStudy(StudyFile file, Path folder) {
        this.file = file;
        Path called = folder.toAbsolutePath().normalize().getFileName();
        this.title =
                called == null || called.toString().isBlank()
                        ? UNNAMED
                        : called.toString().replaceAll("\\R", " ");
        Memory memory = Memory.quarterOfHeap();
        descriptions().forEach((name, each) -> data.put(name, each.load(folder, memory)));
        List<String> problems = new ArrayList<>();
        data.forEach(
                (name, each) -> {
                    String where = data.size() > 1 ? name + ": " : "";
                    tried(problems, where, () -> file.network().branches(each));
                    tried(problems, where, () -> divide(name, each));
                });
        if (problems.isEmpty()) {
            addRivals(problems);
        }
        if (!problems.isEmpty()) {
            throw new StudyException(String.join("\n", problems.stream().distinct().toList()));
        }
    }

    private static void tried(List<String> problems, String where, Runnable task) {
        try {
            task.run();
        } catch (StudyException e) {
            e.getMessage().lines().forEach(line -> problems.add(where + line));
        }
    }

    /** The descriptions by name, those with noise made of the one without. */
    private Map<String, DataDescription> descriptions() {
        if (file.data() == null) {
            return file.dataSets();
        }
        if (file.noise().isEmpty()) {
            return Map.of(UNNAMED, file.data());
        }
        Map<String, DataDescription> all = new LinkedHashMap<>();
        file.noise().forEach((name, levels) -> all.put(name, noisy(levels)));
        return all;
    }

    private DataDescription noisy(Map<String, Double> levels) {
        ObjectNode tree = (ObjectNode) DataDescription.MAPPER.valueToTree(file.data());
        Map<String, ObjectNode> places = new LinkedHashMap<>();
        for (JsonNode modality : tree.path("modalities")) {
            places.put(modality.path("name").asText(), (ObjectNode) modality);
        }
        boolean digits = places.isEmpty();
        if (digits) {
            places.put("audio", tree);
            places.put("visual", tree);
        }
        levels.forEach(
                (modality, snr) -> {
                    ObjectNode place = places.get(modality);
                    if (place == null) {
                        throw new StudyException(
                                "noise: " + Names.unknown("modality", places.keySet(), modality));
                    }
                    place.putObject(digits ? modality + "Noise" : "noise")
                            .put("snr", snr)
                            .put("seed", file.noiseSeed());
                });
        try {
            return DataDescription.MAPPER.treeToValue(tree, DataDescription.class);
        } catch (JsonProcessingException e) {
            throw new StudyException("noise: %s; texts take none".formatted(JsonProblem.of(e)), e);
        }
    }

    private void divide(String name, MultimodalData each) {
        Divisions own = file.split().of(each);
        if (file.folds() != null && file.folds() > own.folds()) {
            throw new StudyException(
                    "folds must be at most %d, got %d: %s"
                            .formatted(own.folds(), file.folds(), own.text()));
        }
        for (int fold = 0; fold < (file.folds() == null ? own.folds() : file.folds()); fold++) {
            own.checked(file.seeds().get(0), fold);
        }
        divisions.put(name, own);
    }

    private void addRivals(List<String> problems) {
        MultimodalData first = first();
        double rate = file.tune() ? file.network().training().learningRate() : Double.NaN;
        for (MethodDescription method : file.methods()) {
            rivals.addAll(method.rivals(first.names(), file.epochs(), file.lastEarlyEpoch(), rate));
        }
        for (Rival rival : rivals) {
            try {
                rival.method().settings(trial(first));
            } catch (RuntimeException e) {
                problems.add(
                        "methods: %s cannot be made: %s".formatted(rival.name(), e.getMessage()));
            }
        }
    }

    private Trial trial(MultimodalData own) {
        return new Trial(
                file.network().configuration(own, 1),
                Map.of(),
                () -> {
                    throw new IllegalStateException("settings must not ask for data");
                },
                Point.OWN,
                1,
                file.epochs(),
                task -> {});
    }

    private MultimodalData first() {
        return data.values().iterator().next();
    }

    /** How many folds are made. */
    public int folds() {
        int most = divisions.values().stream().mapToInt(Divisions::folds).min().orElse(1);
        return file.folds() == null ? most : file.folds();
    }

    /** How many runs are reported. */
    public int runs() {
        return data.size() * rivals.size() * file.seeds().size() * folds();
    }

    /** How many runs there are to choose points from. */
    public int tuningRuns() {
        int points =
                rivals.stream().filter(Rival::chooses).mapToInt(each -> each.grid().size()).sum();
        return points * (file.tuneOn() == null ? data.size() : 1) * folds();
    }

    /**
     * The study.
     *
     * @param command how it was called, for the report
     * @throws StudyException if methods contradict each other
     */
    public Study study(String command) {
        Study study =
                Study.of(seed -> file.network().configuration(first(), seed))
                        .seeds(file.seeds().stream().mapToLong(Long::longValue).toArray())
                        .folds(folds())
                        .epochs(file.epochs())
                        .tuningSeed(file.tuningSeed())
                        .tensorBoard(file.tensorBoard())
                        .origin(command);
        try {
            data.forEach(
                    (name, each) ->
                            study.title(name, title(name))
                                    .data(
                                            name,
                                            seed -> file.network().configuration(each, seed),
                                            divisions.get(name).inBatches(file.batch())));
            if (file.tuneOn() != null) {
                study.tunedOn(file.tuneOn(), divisions.get(file.tuneOn()).inBatches(file.batch()));
            }
            study.methods(rivals.toArray(Rival[]::new));
        } catch (IllegalArgumentException e) {
            throw new StudyException("methods or data: " + e.getMessage(), e);
        }
        if (file.baseline() != null) {
            List<String> names = rivals.stream().map(Rival::name).toList();
            if (!names.contains(file.baseline())) {
                throw new StudyException(Names.unknown("baseline", names, file.baseline()));
            }
            study.baseline(file.baseline());
        }
        return study;
    }

    /** A plain network for the first data set. */
    public ComputationGraph network() {
        ComputationGraph graph =
                new ComputationGraph(file.network().configuration(first(), file.seeds().get(0)));
        graph.init();
        return graph;
    }

    /** The first batches of the first division, to measure a step with. */
    public Split split() {
        return split(divisions.keySet().iterator().next(), file.seeds().get(0), 0);
    }

    /**
     * The parts of a run.
     *
     * @param name of the data
     */
    public Split split(String name, long seed, int fold) {
        return divisions.get(name).inBatches(file.batch()).split(seed, fold);
    }

    /** The modalities of each data set, by its name. */
    public Map<String, List<String>> modalities() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        data.forEach((name, each) -> names.put(name, each.names()));
        return names;
    }

    /** Training steps of one epoch. */
    public int steps() {
        int training =
                divisions
                        .values()
                        .iterator()
                        .next()
                        .checked(file.seeds().get(0), 0)
                        .training()
                        .size();
        return Math.max(1, (training + file.batch() - 1) / file.batch());
    }

    /** Classes that a network is asked for and never sees. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        data.forEach(
                (name, each) -> {
                    for (int fold = 0; fold < folds(); fold++) {
                        Set<String> unseen = unseen(each, divisions.get(name), fold);
                        if (!unseen.isEmpty()) {
                            warnings.add(
                                    "split: training on %s, fold %d, has no example of %s"
                                            .formatted(title(name), fold, unseen));
                        }
                    }
                });
        return warnings;
    }

    private Set<String> unseen(MultimodalData each, Divisions own, int fold) {
        if (each.target().kind() != Target.Kind.CLASS) {
            return Set.of();
        }
        Set<String> unseen = new LinkedHashSet<>(each.target().names());
        for (int i : own.checked(file.seeds().get(0), fold).training()) {
            double label = each.examples().get(i).label().get(0);
            unseen.remove(each.target().names().get((int) label));
        }
        return unseen;
    }

    private String title(String name) {
        return file.data() != null && file.noise().isEmpty() ? title : name;
    }

    /** Data, division, network and methods, a few lines each. */
    public String summary() {
        List<String> lines = new ArrayList<>();
        data.forEach(
                (name, each) -> {
                    lines.add("Data %s: %s".formatted(title(name), each.summary()));
                    lines.add("  split: " + divisions.get(name).text());
                    var parts = divisions.get(name).checked(file.seeds().get(0), 0);
                    lines.add(
                            "  first division: %d to train, %d to validate, %d to test"
                                    .formatted(
                                            parts.training().size(),
                                            parts.validation().size(),
                                            parts.test().size()));
                });
        lines.add("Network: fusion %s".formatted(file.network().joined()));
        for (Branch branch : file.network().branches(first())) {
            lines.add(
                    "  %s: %s, %d features"
                            .formatted(branch.name(), branch.size().kind(), branch.width()));
        }
        var training = file.network().training();
        lines.add(
                "  %,d parameters, %s with learning rate %s"
                        .formatted(
                                network().numParams(),
                                training.updater(),
                                training.learningRate()));
        lines.add("Methods: " + String.join(", ", rivals.stream().map(Rival::name).toList()));
        return String.join("\n", lines);
    }
}
