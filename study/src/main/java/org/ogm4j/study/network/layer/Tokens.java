package org.ogm4j.study.network.layer;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;

/** Changes between DL4J's layouts; a sequence of tokens is [m, d, T]. */
public final class Tokens {

    private Tokens() {}

    /** Each place of a map becomes a token: [m, d, h, w] to [m, d, h w]. */
    public static void fromMap(GraphBuilder graph, String name, String map, Grid places) {
        graph.addVertex(
                name,
                new PreprocessorVertex(
                        new PlacesPreProcessor(places.rows(), places.columns(), true)),
                map);
    }

    /**
     * The mean over all T tokens: [m, d, T] to [m, d]. Taken as over a map [m, d, 1, T], because
     * DL4J takes the mean of a sequence for a sequence when it works out shapes.
     */
    public static void mean(GraphBuilder graph, String name, String tokens, int count) {
        graph.addLayer(
                name,
                new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
                new PlacesPreProcessor(1, count, false),
                tokens);
    }

    /** What a dense layer made of tokens back to T tokens: [m T, d] to [m, d, T]. */
    public static void fromRows(GraphBuilder graph, String name, String rows, int count) {
        graph.addVertex(name, new PreprocessorVertex(new RowsToTokensPreProcessor(count)), rows);
    }
}
