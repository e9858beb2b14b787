package org.ogm4j.study.data.description;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.ogm4j.study.data.DataException;
import org.ogm4j.study.data.Example;
import org.ogm4j.study.data.Memory;
import org.ogm4j.study.data.Modality;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.kind.Check;
import org.ogm4j.study.data.kind.ModalityDescription;
import org.ogm4j.study.data.kind.Source;

/**
 * A data set in files: labels, and any number of modalities.
 *
 * @param labels ids and labels; only examples that have a label are read
 * @param modalities in the order of the network's inputs
 * @param skipIncomplete whether examples that lack a modality are left out; null is false: they are
 *     an error, unless the modality is optional
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileData(
        LabelsDescription labels, List<ModalityDescription> modalities, Boolean skipIncomplete)
        implements DataDescription {

    private static final int TOLD = 5;

    /**
     * Checks what must be given.
     *
     * @throws IllegalArgumentException if labels or modalities are not
     */
    public FileData {
        modalities = Check.list(modalities);
        if (labels == null || modalities.isEmpty()) {
            throw new IllegalArgumentException(
                    "labels and modalities must be given, got %s and %s"
                            .formatted(labels, modalities));
        }
    }

    @Override
    public MultimodalData load(Path root, Memory memory) {
        return load(root, memory, complete -> complete);
    }

    /**
     * Reads a part of the data set, so that the rest need not be decoded.
     *
     * @param root what its paths are relative to
     * @param memory how much of it is kept
     * @param choice of those examples that have every modality they must have, the ones to read;
     *     they may get other folds and groups
     * @return these examples, checked
     * @throws DataException if files are missing or cannot be used
     */
    public MultimodalData load(Path root, Memory memory, UnaryOperator<List<Example>> choice) {
        LabelsDescription.Labelled labelled = labels.read(root);
        List<String> ids = labelled.examples().stream().map(Example::id).toList();
        List<Source> sources = modalities.stream().map(each -> each.open(root, ids)).toList();
        List<Example> complete = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        Map<String, Integer> skipped = new LinkedHashMap<>();
        for (Example example : labelled.examples()) {
            String without = lacks(example.id(), sources, missing);
            if (without == null) {
                complete.add(example);
            } else {
                skipped.merge(without, 1, Integer::sum);
            }
        }
        if (!missing.isEmpty()) {
            throw new DataException(
                    root,
                    "every example must have every modality that is not optional; %d are missing:\n%s"
                            .formatted(
                                    missing.size(),
                                    String.join(
                                            "\n",
                                            missing.subList(0, Math.min(TOLD, missing.size())))));
        }
        if (complete.isEmpty()) {
            throw new DataException(
                    root,
                    "there must be examples with all modalities, got none; left out: " + skipped);
        }
        List<Example> examples = choice.apply(complete);
        List<Modality> loaded = new ArrayList<>();
        for (int u = 0; u < sources.size(); u++) {
            loaded.add(load(modalities.get(u).name(), sources.get(u), examples, memory));
        }
        try {
            return new MultimodalData(labelled.target(), examples, loaded).leftOut(skipped);
        } catch (IllegalArgumentException e) {
            throw new DataException(root, e.getMessage(), e);
        }
    }

    private static Modality load(
            String name, Source source, List<Example> examples, Memory memory) {
        Modality modality =
                Modality.load(
                        name,
                        examples.size(),
                        i -> {
                            String id = examples.get(i).id();
                            return source.has(id) ? source.read(id) : null;
                        },
                        source.fit(),
                        memory);
        if (source.augments()) {
            modality = modality.augmented((i, random) -> source.draw(examples.get(i).id(), random));
        }
        return source.indices() > 0 ? modality.ofIndices(source.indices()) : modality;
    }

    /** The modality for whose lack an example is left out; null if it is not. */
    private String lacks(String id, List<Source> sources, List<String> missing) {
        for (int u = 0; u < sources.size(); u++) {
            String name = modalities.get(u).name();
            if (sources.get(u).has(id)) {
                continue;
            }
            if (Check.or(skipIncomplete, false)) {
                return name;
            }
            if (!Check.or(modalities.get(u).optional(), false)) {
                missing.add(
                        "modality %s of %s: %s".formatted(name, id, sources.get(u).missing(id)));
            }
        }
        return null;
    }
}
