package org.ogm4j.study.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ogm4j.study.stats.CriticalDifference;

/**
 * Methods by their rank on every set of data: 1 has the best mean of the fused answer, equal means
 * share the mean of their ranks. Only methods that were run on all data are ranked, and no networks
 * of one modality.
 *
 * @param byMethod the ranks on each set of data, in the order of the data
 * @param data how many sets there are
 */
public record Ranks(Map<String, List<Double>> byMethod, int data) {

    /** Copies the map. */
    public Ranks {
        byMethod = new LinkedHashMap<>(byMethod);
    }

    /** Of all methods on all data. */
    public static Ranks of(List<Summary> rows) {
        Map<String, Map<String, Double>> means = new LinkedHashMap<>();
        Map<String, List<Double>> ranks = new LinkedHashMap<>();
        for (Summary row : rows) {
            if (row.metric().equals(Metric.FUSED)) {
                Map<String, Double> own =
                        means.computeIfAbsent(row.data(), data -> new LinkedHashMap<>());
                if (row.isRival() && row.value().n() > 0) {
                    own.put(row.method(), row.value().mean());
                    ranks.put(row.method(), new ArrayList<>());
                }
            }
        }
        for (Map<String, Double> ofData : means.values()) {
            ranks.keySet().retainAll(ofData.keySet());
        }
        for (Map<String, Double> ofData : means.values()) {
            for (String method : ranks.keySet()) {
                double own = ofData.get(method);
                long better = ranks.keySet().stream().filter(m -> ofData.get(m) > own).count();
                long equal = ranks.keySet().stream().filter(m -> ofData.get(m) == own).count();
                ranks.get(method).add(better + (equal + 1) / 2.0);
            }
        }
        return new Ranks(ranks, means.size());
    }

    /** Whether there is anything to rank: two methods on two sets. */
    public boolean areThere() {
        return data > 1 && byMethod.size() > 1;
    }

    /** The mean rank of each method over all data. */
    public Map<String, Double> means() {
        return byMethod.keySet().stream()
                .collect(
                        Collectors.toMap(
                                method -> method,
                                method ->
                                        byMethod.get(method).stream()
                                                .mapToDouble(rank -> rank)
                                                .average()
                                                .orElseThrow(),
                                (a, b) -> b,
                                LinkedHashMap::new));
    }

    /**
     * By how much mean ranks must differ; NaN if nobody can tell of so few data or so many methods.
     */
    public double criticalDifference() {
        return data < CriticalDifference.FEWEST_DATA
                ? Double.NaN
                : CriticalDifference.of(byMethod.size(), data);
    }
}
