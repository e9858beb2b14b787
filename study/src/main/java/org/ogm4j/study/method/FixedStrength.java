package org.ogm4j.study.method;

import java.util.Map;
import java.util.Optional;
import org.ogm4j.study.Course;
import org.ogm4j.study.Method;
import org.ogm4j.study.Point;
import org.ogm4j.study.Trial;

/** A method whose usual strength is another. */
record FixedStrength(double strength, Method method) implements Method {

    @Override
    public Course start(Trial trial) {
        return method.start(with(trial));
    }

    @Override
    public Map<String, String> settings(Trial trial) {
        return method.settings(with(trial));
    }

    @Override
    public Optional<String> only() {
        return method.only();
    }

    private Trial with(Trial trial) {
        Point point = new Point(trial.point().learningRate(), trial.strength(strength));
        return trial.with(trial.configuration(), point);
    }
}
