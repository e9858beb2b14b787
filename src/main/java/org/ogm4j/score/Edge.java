package org.ogm4j.score;

/**
 * One input of a vertex, where features enter it and error signals leave.
 *
 * @param vertex the vertex
 * @param input which of its inputs, counted from 0
 */
public record Edge(String vertex, int input) {}
