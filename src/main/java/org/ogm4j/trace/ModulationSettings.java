package org.ogm4j.trace;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.learning.config.IUpdater;
import org.ogm4j.AdamVariant;
import org.ogm4j.BalanceRule;
import org.ogm4j.CoefficientRule;
import org.ogm4j.Distillation;
import org.ogm4j.GradientNoise;
import org.ogm4j.PredictionModulation;
import org.ogm4j.UnimodalSignal;
import org.ogm4j.presence.MissingSettings;
import org.ogm4j.teacher.GivenTeacher;

/**
 * What the user asked for.
 *
 * @param modalities the network inputs of each modality by name, in order; empty: one modality per
 *     network input
 * @param encoders for some modalities the vertices that its encoder ends with
 * @param scores how modalities are scored
 * @param rule what was measured to coefficients
 * @param noise the noise to add; null: exact where all updaters of an encoder are linear, else from
 *     moments
 * @param firstEpoch the first epoch with modulation, counted from 0
 * @param lastEpoch the last epoch with modulation, inclusive
 * @param seed the seed of the noise
 * @param updater the updater to set on the whole network; null leaves each layer its own
 * @param adam how to modulate Adam
 * @param signal what the encoders learn from
 * @param signals the same for single modalities
 * @param drop how the features of the modality that leads are dropped
 * @param missing how a missing modality looks
 * @param teachers trained networks of single modalities
 * @param trunk whether layers downstream of the fusion are modulated token by token
 */
public record ModulationSettings(
        Map<String, List<String>> modalities,
        Map<String, List<String>> encoders,
        ScoreSettings scores,
        BalanceRule rule,
        GradientNoise noise,
        int firstEpoch,
        int lastEpoch,
        long seed,
        IUpdater updater,
        AdamVariant adam,
        UnimodalSignal signal,
        Map<String, UnimodalSignal> signals,
        PredictionModulation drop,
        MissingSettings missing,
        Map<String, GivenTeacher> teachers,
        boolean trunk) {

    /** What the encoder of a modality learns from. */
    public UnimodalSignal signalOf(String modality) {
        return signals.getOrDefault(modality, signal);
    }

    /** Whether p may act in the Adam variant: it is a function of a ratio, as the rule must be. */
    public boolean momentCoefficient() {
        return adam.momentCoefficient() && rule instanceof CoefficientRule;
    }

    /** What the encoder of a modality takes over from its teacher, null without one. */
    public Distillation distillationOf(String modality) {
        GivenTeacher teacher = teachers.get(modality);
        return teacher == null ? null : teacher.distillation();
    }

    /** The noise of an encoder that is modulated at its gates. */
    public GradientNoise noiseAtGates() {
        return noise == null ? GradientNoise.sgdCovariance() : noise;
    }

    /** The noise of an encoder that is modulated in its updaters. */
    public GradientNoise noiseInUpdaters() {
        return noise == null ? GradientNoise.moments() : noise;
    }
}
