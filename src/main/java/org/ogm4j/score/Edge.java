package org.ogm4j.score;

import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * One input of a vertex, where features enter it and error signals leave.
 *
 * @param vertex the vertex
 * @param input which of its inputs, counted from 0
 */
public record Edge(
        @JsonProperty(value = "vertex", required = true) String vertex,
        @JsonProperty(value = "input", required = true) int input)
        implements Serializable {}
