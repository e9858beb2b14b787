package org.ogm4j.study.table;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ogm4j.study.Point;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.words.Names;

/**
 * Reads what {@link Csv#runs} has written, of one study or of several, and checks that it goes
 * together: every run once, one measure, one size of a test. What does not is told with file and
 * line.
 */
public final class ResultReader {

    private static final String PROBE = "_probe";

    private final List<Result> runs = new ArrayList<>();

    /** Where what may be there once is, by what it is. */
    private final Map<String, String> places = new HashMap<>();

    /** How large the test of some data, seed and fold is, and where that was read first. */
    private final Map<String, String> tests = new HashMap<>();

    private String firstPlace = "";

    private ResultReader() {}

    /**
     * The runs of all files, in their order.
     *
     * @throws StudyException if one is something else, or they do not go together
     * @throws IOException if one cannot be read
     */
    public static List<Result> read(List<ResultFile> files) throws IOException {
        ResultReader reader = new ResultReader();
        for (ResultFile file : files) {
            reader.add(file);
        }
        return reader.runs;
    }

    private void add(ResultFile file) throws IOException {
        List<String> lines = lines(file.path());
        List<Metric> metrics = metrics(lines.isEmpty() ? "" : lines.get(0), file.path() + ":1");
        List<Result> own = new ArrayList<>();
        for (int line = 1; line < lines.size(); line++) {
            own.add(new Row(lines.get(line), file.path() + ":" + (line + 1), metrics).result());
        }
        if (own.isEmpty()) {
            throw new StudyException(file.path() + ": has no runs");
        }
        boolean one = own.stream().map(Result::data).distinct().count() == 1;
        for (int line = 0; line < own.size(); line++) {
            Result run = own.get(line).named(file.shown(own.get(line).data(), one));
            check(run, file.path() + ":" + (line + 2));
            runs.add(run);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        } catch (CharacterCodingException e) {
            throw new StudyException(file + " is no text in UTF-8", e);
        } catch (IOException e) {
            throw new IOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * The metrics that the columns of the first line have; what ends in _probe names a modality.
     */
    private static List<Metric> metrics(String line, String place) {
        List<String> columns = Csv.fields(line);
        int fixed = Csv.FIXED.size();
        if (columns.size() <= fixed || !columns.subList(0, fixed).equals(Csv.FIXED)) {
            throw new StudyException(
                    "%s: must begin with the columns %s"
                            .formatted(place, String.join(",", Csv.FIXED)));
        }
        List<String> names = columns.subList(fixed, columns.size());
        List<String> modalities =
                names.stream()
                        .filter(name -> name.endsWith(PROBE))
                        .map(name -> name.substring(0, name.length() - PROBE.length()))
                        .filter(names::contains)
                        .toList();
        Map<String, Metric> known = new LinkedHashMap<>();
        Metric.all(modalities).forEach(metric -> known.put(metric.toString(), metric));
        Set<String> once = new HashSet<>();
        for (String name : names) {
            if (!known.containsKey(name)) {
                throw new StudyException(
                        place + ": " + Names.unknown("column", known.keySet(), name));
            }
            if (!once.add(name)) {
                throw new StudyException("%s: column %s is there twice".formatted(place, name));
            }
        }
        if (!once.contains(Metric.FUSED.toString())) {
            throw new StudyException("%s: must have the column %s".formatted(place, Metric.FUSED));
        }
        return names.stream().map(known::get).toList();
    }

    private void check(Result run, String place) {
        once("key " + run.key(), place);
        once(
                "%s on %s, seed %d, fold %d"
                        .formatted(run.method(), run.data(), run.seed(), run.fold()),
                place);
        if (runs.isEmpty()) {
            firstPlace = place;
        } else if (!run.measure().equals(runs.get(0).measure())) {
            throw new StudyException(
                    "%s: measure must be %s as in %s, got %s; what is measured otherwise needs tables of its own"
                            .formatted(place, runs.get(0).measure(), firstPlace, run.measure()));
        }
        String equal = "%s, seed %d, fold %d".formatted(run.data(), run.seed(), run.fold());
        String size = run.tested() + " examples in ";
        String before = tests.putIfAbsent(equal, size + place);
        if (before != null && !before.startsWith(size)) {
            throw new StudyException(
                    "%s: the test of %s has %d examples, and %s; if these are other data, write NAME=FILE"
                            .formatted(place, equal, run.tested(), before));
        }
    }

    private void once(String what, String place) {
        String before = places.putIfAbsent(what, place);
        if (before != null) {
            throw new StudyException(
                    "%s: %s is in %s too; if these are other data, write NAME=FILE"
                            .formatted(place, what, before));
        }
    }

    /**
     * A line after the first.
     *
     * @param fields of it
     * @param place file and line
     * @param metrics of the columns after the fixed ones
     */
    private record Row(List<String> fields, String place, List<Metric> metrics) {

        Row(String line, String place, List<Metric> metrics) {
            this(Csv.fields(line), place, metrics);
            int columns = Csv.FIXED.size() + metrics.size();
            if (fields.size() != columns) {
                throw new StudyException(
                        "%s: must have %d fields, as the first line has, got %d"
                                .formatted(place, columns, fields.size()));
            }
        }

        Result result() {
            Map<Metric, Double> values = new LinkedHashMap<>();
            for (int i = 0; i < metrics.size(); i++) {
                values.put(metrics.get(i), number(Csv.FIXED.size() + i, metrics.get(i).toString()));
            }
            return new Result(
                    name("key"),
                    name("method"),
                    text("only"),
                    name("data"),
                    whole("seed"),
                    (int) whole("fold"),
                    point(),
                    name("measure"),
                    whole("trained"),
                    whole("tested"),
                    values);
        }

        private Point point() {
            try {
                return new Point(number("learning_rate"), number("strength"));
            } catch (IllegalArgumentException e) {
                throw new StudyException("%s: %s".formatted(place, e.getMessage()), e);
            }
        }

        private String text(String column) {
            return fields.get(Csv.FIXED.indexOf(column));
        }

        private String name(String column) {
            if (text(column).isBlank()) {
                throw new StudyException("%s: %s must not be empty".formatted(place, column));
            }
            return text(column);
        }

        private long whole(String column) {
            try {
                return Long.parseLong(text(column));
            } catch (NumberFormatException e) {
                throw new StudyException(
                        "%s: %s must be a whole number, got \"%s\""
                                .formatted(place, column, text(column)),
                        e);
            }
        }

        private double number(String column) {
            return number(Csv.FIXED.indexOf(column), column);
        }

        private double number(int index, String column) {
            String field = fields.get(index);
            if (field.isEmpty()) {
                return Double.NaN;
            }
            try {
                double number = Double.parseDouble(field);
                if (Double.isFinite(number)) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw new StudyException(
                    "%s: %s must be a finite number or empty, got \"%s\""
                            .formatted(place, column, field));
        }
    }
}
