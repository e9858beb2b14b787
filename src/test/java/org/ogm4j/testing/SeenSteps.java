package org.ogm4j.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ogm4j.BalanceRule;

/** A rule that keeps what it is shown, and leaves all gradients as they are. */
public final class SeenSteps implements BalanceRule {

    private static final long serialVersionUID = 1L;

    private final transient List<Step> seen = new ArrayList<>();

    /** In the order of training. */
    public List<Step> all() {
        return seen;
    }

    /** The latest. */
    public Step last() {
        return seen.get(seen.size() - 1);
    }

    @Override
    public Map<String, Double> coefficients(Step step) {
        seen.add(step);
        return BalanceRule.none().coefficients(step);
    }
}
