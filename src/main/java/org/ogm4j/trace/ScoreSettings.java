package org.ogm4j.trace;

import java.util.Map;
import org.ogm4j.ScoreSource;

/**
 * How the user wants modalities to be scored.
 *
 * @param common where the logits of every modality come from that has no source of its own
 * @param own the source of single modalities
 * @param heads for some modalities the layer whose output is its logits
 * @param every how many steps a score serves, at least 1
 * @param shared whether replicas in one process compare modalities on the examples of all
 */
public record ScoreSettings(
        ScoreSource common,
        Map<String, ScoreSource> own,
        Map<String, String> heads,
        int every,
        boolean shared) {

    ScoreSource sourceOf(String modality) {
        return own.getOrDefault(modality, common);
    }
}
