package org.ogm4j.examples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.UnimodalEvaluation;

/** The short program trains on two workers in one process, and its network is modulated. */
class SparkSubmitTest {

    @Test
    void trainsOnTwoWorkers() {
        SparkConf conf =
                new SparkConf()
                        .setMaster("local[2]")
                        .setAppName("test")
                        .set("spark.ui.enabled", "false")
                        .set("spark.driver.host", "127.0.0.1")
                        .set("spark.driver.bindAddress", "127.0.0.1");
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            UnimodalEvaluation result = SparkSubmit.train(spark);
            assertTrue(result.fused().accuracy() > 0.8, "chance is 0.17: " + result);
            assertTrue(result.alone("sound").accuracy() > 0.4, result.toString());
            assertTrue(result.alone("sight").accuracy() > 0.4, result.toString());
        }
    }

    @Test
    void itsNetworkCanBeDescribed() {
        String text = ModulatedOptimizer.builder().build().describe(SparkSubmit.network());
        assertEquals(2, text.lines().filter(line -> line.contains("rows of head.W")).count(), text);
    }
}
