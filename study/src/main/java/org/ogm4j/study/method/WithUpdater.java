package org.ogm4j.study.method;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.ogm4j.study.Course;
import org.ogm4j.study.Method;
import org.ogm4j.study.Trial;
import org.ogm4j.study.network.MultimodalNetwork;
import org.ogm4j.study.network.Updater;

/**
 * A method on the network with another updater, with its usual learning rate unless one is chosen.
 */
record WithUpdater(Updater updater, Method method) implements Method {

    @Override
    public Course start(Trial trial) {
        return method.start(with(trial));
    }

    @Override
    public Map<String, String> settings(Trial trial) {
        Map<String, String> all = new LinkedHashMap<>(method.settings(with(trial)));
        all.put("updater", updater + " " + rate(trial));
        return all;
    }

    @Override
    public Optional<String> only() {
        return method.only();
    }

    private Trial with(Trial trial) {
        ComputationGraphConfiguration conf = trial.configuration();
        MultimodalNetwork.setUpdaters(conf, updater.withRate(rate(trial)));
        return trial.with(conf, trial.point());
    }

    private double rate(Trial trial) {
        double chosen = trial.point().learningRate();
        return Double.isNaN(chosen) ? updater.defaultRate() : chosen;
    }
}
