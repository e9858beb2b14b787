package org.ogm4j.study.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.data.Modality;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.network.Answer;
import org.ogm4j.study.network.Branch;
import org.ogm4j.study.network.EncoderSize;
import org.ogm4j.study.network.Fusion;
import org.ogm4j.study.network.MultimodalNetwork;
import org.ogm4j.study.network.Training;
import org.ogm4j.study.network.Updater;
import org.ogm4j.study.words.Names;

/**
 * The plain network.
 *
 * @param encoders by modality; one that is not named gets what suits its input
 * @param fusion null is concat
 * @param updater null is nesterovs
 * @param learningRate null is the updater's usual one
 * @param dropout at the encoders' ends; null is 0
 * @param decay of weights; null is the updater's usual one
 */
public record NetworkDescription(
        Map<String, EncoderSize> encoders,
        Fusion fusion,
        Updater updater,
        Double learningRate,
        Double dropout,
        Double decay) {

    /** All as usual. */
    static final NetworkDescription USUAL =
            new NetworkDescription(null, null, null, null, null, null);

    /** Checks the numbers. */
    public NetworkDescription {
        encoders = encoders == null ? Map.of() : new LinkedHashMap<>(encoders);
        List<String> problems = new ArrayList<>();
        if (Given.hasNull(encoders.values())) {
            problems.add("encoders must not hold null: leave out what is as usual");
        }
        if (learningRate != null && !(learningRate > 0 && learningRate < Double.MAX_VALUE)) {
            problems.add("learningRate must be positive and finite, got " + learningRate);
        }
        if (updater == Updater.ADADELTA && learningRate != null) {
            problems.add("adadelta takes no learningRate, got " + learningRate);
        }
        if (dropout != null && !(dropout >= 0 && dropout < 1)) {
            problems.add("dropout must be at least 0 and below 1, got " + dropout);
        }
        if (decay != null && !(decay >= 0 && decay < Double.MAX_VALUE)) {
            problems.add("decay must be at least 0 and finite, got " + decay);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** How it is trained. */
    Training training() {
        Updater own = updater == null ? Updater.NESTEROVS : updater;
        return new Training(
                own,
                learningRate == null ? own.defaultRate() : learningRate,
                dropout == null ? 0 : dropout,
                decay == null ? own.usualDecay() : decay);
    }

    /** The fusion. */
    Fusion joined() {
        return fusion == null ? Fusion.CONCAT : fusion;
    }

    /**
     * The modalities of a data set with their encoders.
     *
     * @throws StudyException with all that does not go together
     */
    List<Branch> branches(MultimodalData data) {
        List<String> problems = new ArrayList<>();
        if (data.modalities().size() < 2) {
            problems.add(
                    "a study needs two modalities or more, got %s; training alone needs no balance"
                            .formatted(data.names()));
        }
        for (String name : encoders.keySet()) {
            if (!data.names().contains(name)) {
                problems.add("network.encoders: " + Names.unknown("modality", data.names(), name));
            }
        }
        List<Branch> branches = new ArrayList<>();
        for (Modality modality : data.modalities()) {
            try {
                branches.add(
                        new Branch(
                                modality.name(),
                                modality.inputType(),
                                modality.indices() > 0,
                                encoders.getOrDefault(modality.name(), EncoderSize.DEFAULT)));
            } catch (IllegalArgumentException e) {
                problems.add("network.encoders: " + e.getMessage());
            }
        }
        if (branches.size() == data.modalities().size()) {
            MultimodalNetwork.problems(branches, joined())
                    .forEach(problem -> problems.add("network: " + problem));
        }
        if (!problems.isEmpty()) {
            throw new StudyException(String.join("\n", problems));
        }
        return branches;
    }

    /** The plain network for a data set. */
    ComputationGraphConfiguration configuration(MultimodalData data, long seed) {
        Answer answer = new Answer(data.target().kind(), data.target().size());
        return MultimodalNetwork.configuration(branches(data), joined(), answer, training(), seed);
    }
}
