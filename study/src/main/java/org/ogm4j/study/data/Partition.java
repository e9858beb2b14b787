package org.ogm4j.study.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Which examples are for what. No example is in two parts.
 *
 * @param training what networks learn from, and what is standardised with
 * @param validation what choices are made on; may be empty
 * @param test what is reported, looked at once; may be empty
 * @since 0.1.0
 */
public record Partition(List<Integer> training, List<Integer> validation, List<Integer> test) {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if an example comes twice, or if none is for training
     */
    public Partition {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        Set<Integer> all = new HashSet<>(training);
        all.addAll(validation);
        all.addAll(test);
        if (all.size() < training.size() + validation.size() + test.size()) {
            throw new IllegalArgumentException(
                    "no example must come twice, got %d places for %d examples"
                            .formatted(
                                    training.size() + validation.size() + test.size(), all.size()));
        }
        if (training.isEmpty()) {
            throw new IllegalArgumentException("there must be examples for training, got none");
        }
    }

    /**
     * By the folds of the data set.
     *
     * @param data its examples have folds
     * @param test folds for the test
     * @param validation folds for validation; all others are for training
     * @return the partition
     * @throws IllegalArgumentException if an example has no fold, if a fold is in both or if there
     *     is none of this name
     */
    public static Partition byFold(
            MultimodalData data, Collection<String> test, Collection<String> validation) {
        Set<String> known = new TreeSet<>();
        for (Example example : data.examples()) {
            if (example.fold() == null) {
                throw new IllegalArgumentException(
                        "every example must have a fold, got none of %s; divide by seed"
                                .formatted(example.id()));
            }
            known.add(example.fold());
        }
        for (String fold : test) {
            if (validation.contains(fold)) {
                throw new IllegalArgumentException(
                        "a fold must be in one part, got %s in test and validation"
                                .formatted(fold));
            }
        }
        List<String> named = new ArrayList<>(test);
        named.addAll(validation);
        for (String fold : named) {
            if (!known.contains(fold)) {
                throw new IllegalArgumentException(
                        "fold must be one of %s, got %s".formatted(known, fold));
            }
        }
        return by(
                data.size(),
                i -> {
                    String fold = data.examples().get(i).fold();
                    return test.contains(fold) ? 2 : validation.contains(fold) ? 1 : 0;
                });
    }

    /**
     * By the folds of the data set for the test, and by seed for validation: a share of what is
     * left, divided as {@link #bySeed} does.
     *
     * @param data its examples have folds
     * @param test folds for the test
     * @param validation share of the rest, from 0 to below 1
     * @param seed of the division
     * @return the partition
     */
    public static Partition byFold(
            MultimodalData data, Collection<String> test, double validation, long seed) {
        Partition folds = byFold(data, test, List.of());
        int[] part = divide(data, folds.training, validation, 0, seed);
        folds.test.forEach(i -> part[i] = 2);
        return by(data.size(), i -> part[i]);
    }

    /**
     * By seed, in stated shares. Each class is divided alike: of the n examples of a class a part
     * gets n times its share, give or take one; the whole part too. Several labels count as a class
     * if all of them are equal; numbers are not looked at.
     *
     * <p>If examples have groups, groups stay whole: they are shuffled and go to the test until it
     * has its share, then to validation, then to training. Classes are then not looked at.
     *
     * @param data what to divide
     * @param validation share for validation, at least 0
     * @param test share for the test, at least 0; both together below 1
     * @param seed equal seeds give equal partitions
     * @return the partition
     * @throws IllegalArgumentException if the shares are out of range, or if only some examples
     *     have a group
     */
    public static Partition bySeed(MultimodalData data, double validation, double test, long seed) {
        List<Integer> all = IntStream.range(0, data.size()).boxed().toList();
        int[] part = divide(data, all, validation, test, seed);
        return by(data.size(), i -> part[i]);
    }

    /**
     * By groups, such as speakers, in their order: those of the highest numbers if all are named by
     * whole numbers, else the last ones in alphabetical order, are for the test, those before them
     * for validation, all others for training.
     *
     * @param examples all of them, each with a group
     * @param validation how many groups are for validation, at least 0
     * @param test how many groups are for the test, at least 0
     * @return the partition
     * @throws IllegalArgumentException if an example has no group, or no group is left for training
     */
    public static Partition byGroup(List<Example> examples, int validation, int test) {
        int[] part = new int[examples.size()];
        lastGroups(examples, part, test, 2);
        lastGroups(examples, part, validation, 1);
        return by(examples.size(), i -> part[i]);
    }

    /**
     * By folds for the test, and for validation by the groups of all other examples, as {@link
     * #byGroup(List, int, int)} has them.
     *
     * @param examples all of them, each with a fold and a group
     * @param validation how many groups are for validation, at least 0
     * @param test folds for the test
     * @return the partition
     * @throws IllegalArgumentException if an example has no group, or no group is left for training
     */
    public static Partition byGroup(
            List<Example> examples, int validation, Collection<String> test) {
        int[] part = examples.stream().mapToInt(e -> test.contains(e.fold()) ? 2 : 0).toArray();
        lastGroups(examples, part, validation, 1);
        return by(examples.size(), i -> part[i]);
    }

    /** Puts examples that are for training so far into another part. */
    private static void lastGroups(List<Example> examples, int[] part, int count, int to) {
        Set<String> names = new TreeSet<>();
        boolean numbers = true;
        for (int i = 0; i < part.length; i++) {
            String group = examples.get(i).group();
            if (group == null) {
                throw new IllegalArgumentException(
                        "every example must have a group, got none of " + examples.get(i).id());
            }
            numbers &= group.matches("\\d{1,18}");
            if (part[i] == 0) {
                names.add(group);
            }
        }
        if (count < 0 || count >= names.size()) {
            throw new IllegalArgumentException(
                    "groups set apart must be at least 0 and fewer than there are, got %d of %d"
                            .formatted(count, names.size()));
        }
        List<String> inOrder = new ArrayList<>(names);
        if (numbers) {
            inOrder.sort(Comparator.comparingLong(Long::parseLong));
        }
        Set<String> last = new HashSet<>(inOrder.subList(inOrder.size() - count, inOrder.size()));
        for (int i = 0; i < part.length; i++) {
            if (part[i] == 0 && last.contains(examples.get(i).group())) {
                part[i] = to;
            }
        }
    }

    /**
     * The first examples of each part.
     *
     * @param count at most so many
     * @return a smaller partition, or an equal one
     */
    public Partition first(int count) {
        return new Partition(first(training, count), first(validation, count), first(test, count));
    }

    private static List<Integer> first(List<Integer> part, int count) {
        return part.subList(0, Math.min(count, part.size()));
    }

    private static int[] divide(
            MultimodalData data, List<Integer> among, double validation, double test, long seed) {
        if (!(validation >= 0 && test >= 0 && validation + test < 1)) {
            throw new IllegalArgumentException(
                    "shares must be at least 0 and below 1 together, got %s and %s"
                            .formatted(validation, test));
        }
        long grouped = among.stream().filter(i -> data.examples().get(i).group() != null).count();
        if (grouped != 0 && grouped != among.size()) {
            throw new IllegalArgumentException(
                    "all examples must have a group or none, got %d of %d"
                            .formatted(grouped, among.size()));
        }
        SplittableRandom random = new SplittableRandom(seed);
        int[] part = new int[data.size()];
        if (grouped > 0) {
            byGroup(data, among, new double[] {test, test + validation}, random, part);
        } else {
            byClass(data, among, new double[] {test, test + validation}, random, part);
        }
        return part;
    }

    /** Parts are filled up to rounded shares of the examples seen so far, class after class. */
    private static void byClass(
            MultimodalData data,
            List<Integer> among,
            double[] ends,
            SplittableRandom random,
            int[] part) {
        Map<String, List<Integer>> classes = new TreeMap<>();
        for (int i : among) {
            classes.computeIfAbsent(data.stratum(i), key -> new ArrayList<>()).add(i);
        }
        long before = 0;
        for (List<Integer> members : classes.values()) {
            long after = before + members.size();
            long test = Math.round(ends[0] * after) - Math.round(ends[0] * before);
            long both = Math.round(ends[1] * after) - Math.round(ends[1] * before);
            int[] order = Shuffle.order(members.size(), random);
            for (int k = 0; k < order.length; k++) {
                part[members.get(order[k])] = k < test ? 2 : k < both ? 1 : 0;
            }
            before = after;
        }
    }

    private static void byGroup(
            MultimodalData data,
            List<Integer> among,
            double[] ends,
            SplittableRandom random,
            int[] part) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int i : among) {
            groups.computeIfAbsent(data.examples().get(i).group(), key -> new ArrayList<>()).add(i);
        }
        List<List<Integer>> all = List.copyOf(groups.values());
        long taken = 0;
        for (int k : Shuffle.order(all.size(), random)) {
            int to =
                    taken < Math.round(ends[0] * among.size())
                            ? 2
                            : taken < Math.round(ends[1] * among.size()) ? 1 : 0;
            all.get(k).forEach(i -> part[i] = to);
            taken += all.get(k).size();
        }
    }

    private static Partition by(int size, IntUnaryOperator part) {
        List<List<Integer>> parts =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < size; i++) {
            parts.get(part.applyAsInt(i)).add(i);
        }
        return new Partition(parts.get(0), parts.get(1), parts.get(2));
    }
}
