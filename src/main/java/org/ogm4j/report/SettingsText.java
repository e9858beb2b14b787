package org.ogm4j.report;

import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.BalanceRule;
import org.ogm4j.PredictionModulation;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.trace.ModulationSettings;

/** The settings of a modulation in one line: rule, window, how often it scores, seed, and OPM. */
final class SettingsText {

    private SettingsText() {}

    /** What the user asked for. */
    static String of(ModulationSettings settings) {
        return of(
                settings.rule(),
                settings.firstEpoch(),
                settings.lastEpoch(),
                settings.scores().every(),
                settings.seed(),
                settings.drop());
    }

    /** What a modulated network was modulated with, as a file says that was loaded. */
    static Optional<String> ofModulated(ComputationGraphConfiguration conf) {
        return Rewrite.planOf(conf)
                .map(
                        plan ->
                                of(
                                        plan.rule(),
                                        plan.firstEpoch(),
                                        plan.lastEpoch(),
                                        plan.scoreEvery(),
                                        plan.seed(),
                                        plan.drop() == null
                                                ? PredictionModulation.none()
                                                : plan.drop().modulation()));
    }

    private static String of(
            BalanceRule rule,
            int first,
            int last,
            int every,
            long seed,
            PredictionModulation drop) {
        String window =
                last == Integer.MAX_VALUE
                        ? (first == 0 ? "all epochs" : "epochs from " + first)
                        : "epochs " + first + " to " + last;
        // a lambda has no name that says anything
        String name = rule.getClass().isHidden() ? "a rule of your own" : rule.toString();
        String dropped =
                drop.active()
                        ? ", features dropped by %s in a batch with probability %s"
                                .formatted(drop, drop.probability())
                        : "";
        return "rule %s, %s, scores every %d steps, seed %d%s"
                .formatted(name, window, every, seed, dropped)
                .replace("every 1 steps", "every step");
    }
}
