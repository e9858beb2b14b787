package org.ogm4j.tokens;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;

/** Attention taken apart by tokens. */
class AttentionTest {

    /** ND4J's own operation gives the whole; the parts sum to it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isNd4jsAttentionAndItsPartsSumToIt(long seed) {
        Random random = new Random(seed);
        INDArray queries = Nets.gaussian(random, 3, 4, 5);
        INDArray keys = Nets.gaussian(random, 3, 6, 7);
        INDArray values = Nets.gaussian(random, 3, 2, 7);
        Map<String, INDArray> w = new LinkedHashMap<>();
        w.put("Wq", Nets.gaussian(random, 2, 3, 4));
        w.put("Wk", Nets.gaussian(random, 2, 3, 6));
        w.put("Wv", Nets.gaussian(random, 2, 3, 2));
        w.put("Wo", Nets.gaussian(random, 6, 8));
        INDArray error = Nets.gaussian(random, 3, 8, 5);
        INDArray[] bp = backward(queries, keys, values, w, error);
        INDArray whole = whole(queries, keys, values, w);
        Attention attention = new Attention(queries, keys, values, w);
        INDArray ones5 = Nd4j.ones(queries.dataType(), 5);
        INDArray ones7 = Nd4j.ones(queries.dataType(), 7);
        Compare.close(whole, attention.output(ones7), 1e-10, 1e-12, "output");
        Map<String, INDArray> gradient = attention.backward(error).gradient(ones5, ones7, ones7);
        String[] names = {"Wq", "Wk", "Wv", "Wo"};
        for (int i = 0; i < names.length; i++) {
            Compare.close(bp[3 + i], gradient.get(names[i]), 1e-9, 1e-12, names[i]);
        }

        INDArray first5 = Nd4j.createFromArray(1.0, 1, 0, 0, 0);
        INDArray first7 = Nd4j.createFromArray(1.0, 0, 1, 0, 0, 1, 0);
        INDArray rest7 = first7.rsub(1);
        Compare.close(
                whole,
                attention.output(first7).add(attention.output(rest7)),
                1e-10,
                1e-12,
                "output");
        Map<String, INDArray> a = attention.backward(error).gradient(first5, first7, first7);
        Map<String, INDArray> b = attention.backward(error).gradient(first5.rsub(1), rest7, rest7);
        for (String name : names) {
            Compare.close(gradient.get(name), a.get(name).add(b.get(name)), 1e-10, 1e-12, name);
        }
    }

    private static INDArray whole(
            INDArray queries, INDArray keys, INDArray values, Map<String, INDArray> w) {
        return Nd4j.nn()
                .multiHeadDotProductAttention(
                        queries,
                        keys,
                        values,
                        w.get("Wq"),
                        w.get("Wk"),
                        w.get("Wv"),
                        w.get("Wo"),
                        null,
                        true);
    }

    /** ND4J's own gradients: of queries, keys, values and the four matrices. */
    private static INDArray[] backward(
            INDArray queries,
            INDArray keys,
            INDArray values,
            Map<String, INDArray> w,
            INDArray error) {
        INDArray[] bp = {
            Nd4j.zerosLike(queries),
            Nd4j.zerosLike(keys),
            Nd4j.zerosLike(values),
            Nd4j.zerosLike(w.get("Wq")),
            Nd4j.zerosLike(w.get("Wk")),
            Nd4j.zerosLike(w.get("Wv")),
            Nd4j.zerosLike(w.get("Wo"))
        };
        INDArray[] inputs = {
            queries, keys, values, w.get("Wq"), w.get("Wk"), w.get("Wv"), w.get("Wo"), error
        };
        DynamicCustomOp scaled =
                DynamicCustomOp.builder("multi_head_dot_product_attention_bp")
                        .addInputs(inputs)
                        .addOutputs(bp)
                        .addIntegerArguments(1)
                        .build();
        Nd4j.exec(scaled);
        return bp;
    }

    /**
     * Two tokens of one feature, one head of size 1, all by hand: with scores s_t = k_t q, weights
     * a and 1 - a on the first and the second.
     */
    @Test
    void twoTokensByHand() {
        double x1 = 0.7;
        double x2 = -0.4;
        double wq = 1.5;
        double wk = 0.8;
        double wv = -1.1;
        double wo = 0.6;
        double e1 = 0.3;
        double e2 = -0.9;
        double a1 = 1 / (1 + Math.exp((x2 - x1) * wk * wq * x1)); // token 1 reads token 1
        double a2 = 1 / (1 + Math.exp((x2 - x1) * wk * wq * x2)); // token 2 reads token 1
        Map<String, INDArray> w =
                Map.of(
                        "Wq",
                        scalar(wq),
                        "Wk",
                        scalar(wk),
                        "Wv",
                        scalar(wv),
                        "Wo",
                        Nd4j.createFromArray(wo).reshape(1, 1));
        INDArray x = Nd4j.createFromArray(x1, x2).reshape(1, 1, 2);
        INDArray error = Nd4j.createFromArray(e1, e2).reshape(1, 1, 2);
        INDArray first = Nd4j.createFromArray(1.0, 0);
        Attention attention = new Attention(x, x, x, w);

        INDArray fromFirst = attention.output(first);
        assertEquals(wo * wv * x1 * a1, fromFirst.getDouble(0), 1e-14);
        assertEquals(wo * wv * x1 * a2, fromFirst.getDouble(1), 1e-14);

        Map<String, INDArray> g = attention.backward(error).gradient(first, first, first);
        // d a_t / d s_t1 = a_t (1 - a_t), and v enters through v_1 - v_2
        double spread = wv * (x1 - x2);
        double d1 = e1 * wo * spread * a1 * (1 - a1);
        double d2 = e2 * wo * spread * a2 * (1 - a2);
        assertEquals(d1 * wk * (x1 - x2) * x1, g.get("Wq").getDouble(0), 1e-14);
        assertEquals((d1 * wq * x1 + d2 * wq * x2) * x1, g.get("Wk").getDouble(0), 1e-14);
        assertEquals((e1 * wo * a1 + e2 * wo * a2) * x1, g.get("Wv").getDouble(0), 1e-14);
        assertEquals(e1 * wv * (a1 * x1 + (1 - a1) * x2), g.get("Wo").getDouble(0), 1e-14);
    }

    private static INDArray scalar(double value) {
        return Nd4j.createFromArray(value).reshape(1, 1, 1);
    }
}
