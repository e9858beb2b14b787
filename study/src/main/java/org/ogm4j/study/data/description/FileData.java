package org.ogm4j.study.data.description;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        LabelsDescription.Labelled labelled = labels.read(root);
        List<String> ids = labelled.examples().stream().map(Example::id).toList();
        List<Source> sources = modalities.stream().map(each -> each.open(root, ids)).toList();
        List<Example> examples = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Example example : labelled.examples()) {
            if (isUsed(example.id(), sources, missing)) {
                examples.add(example);
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
        List<Modality> loaded = new ArrayList<>();
        for (int u = 0; u < sources.size(); u++) {
            Source source = sources.get(u);
            Modality modality =
                    Modality.load(
                            modalities.get(u).name(),
                            examples.size(),
                            i -> {
                                String id = examples.get(i).id();
                                return source.has(id) ? source.read(id) : null;
                            },
                            source.fit(),
                            memory);
            loaded.add(source.indices() > 0 ? modality.ofIndices(source.indices()) : modality);
        }
        try {
            return new MultimodalData(labelled.target(), examples, loaded);
        } catch (IllegalArgumentException e) {
            throw new DataException(root, e.getMessage(), e);
        }
    }

    private boolean isUsed(String id, List<Source> sources, List<String> missing) {
        for (int u = 0; u < sources.size(); u++) {
            if (sources.get(u).has(id)) {
                continue;
            }
            if (Check.or(skipIncomplete, false)) {
                return false;
            }
            if (!Check.or(modalities.get(u).optional(), false)) {
                missing.add(
                        "modality %s of %s: %s"
                                .formatted(
                                        modalities.get(u).name(), id, sources.get(u).missing(id)));
            }
        }
        return true;
    }
}
