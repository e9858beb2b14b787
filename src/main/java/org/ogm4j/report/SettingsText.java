package org.ogm4j.report;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.BalanceRule;
import org.ogm4j.MissingModality;
import org.ogm4j.PredictionModulation;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.presence.PresencePlan;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.trace.Inspection;
import org.ogm4j.trace.ModulationSettings;

/** The settings of a modulation in one line: rule, window, how often it scores, seed, and OPM. */
final class SettingsText {

    private SettingsText() {}

    /** What the user asked for. */
    static String of(ComputationGraphConfiguration plain, ModulationSettings settings) {
        Inspection inspection = new Inspection(plain, settings);
        return of(
                settings.rule(),
                settings.firstEpoch(),
                settings.lastEpoch(),
                settings.scores().every(),
                settings.seed(),
                shared(settings.scores().shared())
                        + dropped(settings.drop())
                        + missing(inspection.presence()));
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
                                        shared(plan.sharedRatio())
                                                + dropped(plan)
                                                + missing(plan.presence())));
    }

    private static String shared(boolean ratio) {
        return ratio ? ", one ratio for all replicas of ParallelWrapper" : "";
    }

    private static String dropped(ModulationPlan plan) {
        return plan.drop() == null ? "" : dropped(plan.drop().modulation());
    }

    private static String dropped(PredictionModulation drop) {
        return drop.active()
                ? ", features dropped by %s in a batch with probability %s"
                        .formatted(drop, drop.probability())
                : "";
    }

    /** Where more than masks tells that a modality is missing; else empty. */
    private static String missing(List<PresencePlan> plans) {
        StringBuilder text = new StringBuilder();
        for (PresencePlan plan : plans) {
            if (plan != null && !plan.missing().equals(MissingModality.masks())) {
                text.append(
                        ", no " + String.join(" or ", plan.inputs()) + " where " + plan.missing());
            }
        }
        return text.toString();
    }

    private static String of(
            BalanceRule rule, int first, int last, int every, long seed, String more) {
        String window =
                last == Integer.MAX_VALUE
                        ? (first == 0 ? "all epochs" : "epochs from " + first)
                        : "epochs " + first + " to " + last;
        // a lambda has no name that says anything
        String name = rule.getClass().isHidden() ? "a rule of your own" : rule.toString();
        return "rule %s, %s, scores every %d steps, seed %d%s"
                .formatted(name, window, every, seed, more)
                .replace("every 1 steps", "every step");
    }
}
