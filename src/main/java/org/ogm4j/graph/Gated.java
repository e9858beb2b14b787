package org.ogm4j.graph;

/** A vertex of a running network that has a gate at its entrance. */
interface Gated {

    GateRuntime gate();
}
