package org.ogm4j.examples.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ogm4j.study.Course;
import org.ogm4j.study.Point;
import org.ogm4j.study.Trial;

/**
 * A method of the example as the study sees it.
 *
 * @param method how to train
 * @param given the settings that it shares with the others
 */
public record Contestant(Method method, Settings given) implements org.ogm4j.study.Method {

    @Override
    public Course start(Trial trial) {
        return method.of(own(trial)).start(with(trial));
    }

    @Override
    public Map<String, String> settings(Trial trial) {
        Settings own = own(trial);
        Map<String, String> all = new LinkedHashMap<>(method.of(own).settings(with(trial)));
        all.put("encoder", own.architecture().encoder().toString());
        all.put("fusion", own.architecture().fusion().toString());
        all.put("updater", own.updater().toString());
        all.put("learning_rate", Double.toString(own.learningRate()));
        all.put("batch", Integer.toString(own.batch()));
        if (method.equals(Method.NAIVE)) {
            all.put("modulation", own.alpha() + ", epochs " + own.modulatedEpochs());
        }
        return all;
    }

    @Override
    public Optional<String> only() {
        return method.of(given).only();
    }

    /** The settings of a run. */
    private Settings own(Trial trial) {
        Settings own = method.settings(given);
        double chosen = trial.point().learningRate();
        return own.with(own.updater(), Double.isNaN(chosen) ? own.learningRate() : chosen);
    }

    /** Methods of Adam keep a learning rate that is given for it. */
    private Trial with(Trial trial) {
        return method.known().usesAdam()
                ? trial.with(
                        trial.configuration(),
                        new Point(own(trial).learningRate(), trial.point().strength()))
                : trial;
    }
}
