package org.ogm4j.host;

import org.deeplearning4j.nn.conf.graph.GraphVertex;

/** The configuration of a vertex of this library that stands in place of one of DL4J's. */
public interface Wrapper {

    /**
     * The vertex without what this library adds to it.
     *
     * @return DL4J's own
     */
    GraphVertex plain();

    /**
     * Any vertex without what this library adds to it.
     *
     * @param vertex of this library or not
     * @return DL4J's own, or the user's
     */
    static GraphVertex plainOf(GraphVertex vertex) {
        return vertex instanceof Wrapper wrapper ? wrapper.plain() : vertex;
    }
}
