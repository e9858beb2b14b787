package org.ogm4j.study.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.study.Split;
import org.ogm4j.study.StudyData;

/** Data with a name, and the network for them. */
public final class Source {

    private final String name;
    private final LongFunction<ComputationGraphConfiguration> network;
    private final StudyData data;
    private final Map<List<Long>, String> digests = new HashMap<>();

    /**
     * Puts them together.
     *
     * @param name in tables and files
     * @param network the plain one, by the seed of its weights
     */
    public Source(
            String name, LongFunction<ComputationGraphConfiguration> network, StudyData data) {
        this.name = name;
        this.network = network;
        this.data = data;
    }

    /** In tables and files. */
    public String name() {
        return name;
    }

    ComputationGraphConfiguration network(long seed) {
        return network.apply(seed);
    }

    Split split(long seed, int fold) {
        return data.split(seed, fold);
    }

    String digest(long seed, int fold) {
        return digests.computeIfAbsent(List.of(seed, (long) fold), key -> data.digest(seed, fold));
    }
}
