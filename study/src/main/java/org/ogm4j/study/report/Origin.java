package org.ogm4j.study.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a report comes from.
 *
 * @param command to make it again; may be empty
 * @param planned how many runs were to be there
 * @param failures what went wrong, by key
 * @param written when, UTC
 */
public record Origin(String command, int planned, Map<String, String> failures, String written) {

    /** Copies the map. */
    public Origin {
        failures = new LinkedHashMap<>(failures);
    }
}
