package org.ogm4j.testing;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Numbers computed in PyTorch, independently of this library: src/test/resources/reference. */
public final class Reference {

    private Reference() {}

    /** The cases of one file. */
    public static List<JsonNode> cases(String file) {
        try (InputStream in = Reference.class.getResourceAsStream("/reference/" + file)) {
            List<JsonNode> cases = new ArrayList<>();
            new ObjectMapper().readTree(in).get("cases").forEach(cases::add);
            return cases;
        } catch (IOException e) {
            throw new IllegalStateException(file, e);
        }
    }

    /** An array of any rank, in double. */
    public static INDArray array(JsonNode node) {
        List<Long> shape = new ArrayList<>();
        for (JsonNode n = node; n.isArray(); n = n.get(0)) {
            shape.add((long) n.size());
        }
        List<Double> values = new ArrayList<>();
        flatten(node, values);
        double[] flat = values.stream().mapToDouble(Double::doubleValue).toArray();
        return Nd4j.create(
                flat, shape.stream().mapToLong(Long::longValue).toArray(), DataType.DOUBLE);
    }

    private static void flatten(JsonNode node, List<Double> values) {
        if (node.isArray()) {
            node.forEach(child -> flatten(child, values));
        } else {
            values.add(node.asDouble());
        }
    }

    /** A vector. */
    public static double[] vector(JsonNode node) {
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get(i).asDouble();
        }
        return values;
    }

    /** Class indices as rows with a single 1. */
    public static INDArray oneHot(JsonNode labels, int classes) {
        INDArray oneHot = Nd4j.zeros(DataType.DOUBLE, labels.size(), classes);
        for (int i = 0; i < labels.size(); i++) {
            oneHot.putScalar(i, labels.get(i).asInt(), 1);
        }
        return oneHot;
    }

    /** The entries of an object, in the order of the file. */
    public static Map<String, JsonNode> fields(JsonNode object) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        object.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }
}
