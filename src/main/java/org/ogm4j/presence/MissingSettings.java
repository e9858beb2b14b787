package org.ogm4j.presence;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ogm4j.MissingModality;

/**
 * How a missing modality looks, as the user asked.
 *
 * @param all of every modality that is not named
 * @param single of single modalities by name
 */
public record MissingSettings(MissingModality all, Map<String, MissingModality> single) {

    /** Masks alone, for all. */
    public static final MissingSettings DEFAULT =
            new MissingSettings(MissingModality.masks(), Map.of());

    /** Whether any of some modalities has rows of NaN. */
    public boolean anyNans(Set<String> modalities) {
        return modalities.stream().anyMatch(name -> of(name).kind() == MissingModality.Kind.NANS);
    }

    /**
     * The same of one modality, to be saved.
     *
     * @param inputs its network inputs
     */
    public PresencePlan planOf(String modality, List<String> inputs) {
        return new PresencePlan(inputs, of(modality));
    }

    /** Of one modality. */
    public MissingModality of(String modality) {
        return single.getOrDefault(modality, all);
    }
}
