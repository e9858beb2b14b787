package org.ogm4j.host.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerTest {

    @ParameterizedTest
    @CsvSource({
        "ParallelWrapper training thread 0,0",
        "ParallelWrapper training thread 1,1",
        "ParallelWrapper training thread 37,37",
        "ParallelWrapper training thread ,0",
        "ParallelWrapper training thread x,0",
        "ParallelWrapper training thread -1,0",
        "ParallelWrapper training thread 99999999999,0",
        "training thread 1,0",
        "main,0",
        "Executor task launch worker for task 1.0 in stage 0.0 (TID 1),0"
    })
    void aThreadHasItsNumberFromItsName(String name, long number) throws InterruptedException {
        AtomicLong found = new AtomicLong(-1);
        Thread thread = new Thread(() -> found.set(Worker.here()), name);
        thread.start();
        thread.join();
        assertEquals(number, found.get());
    }

    @Test
    void theSeedOfThisThreadIsTheRuns() {
        assertEquals(4711, Worker.seed(4711));
    }

    @Test
    void processesOfOneClusterHaveNumbersOfTheirOwn() {
        assertEquals(0, SparkTask.numberOf("driver"));
        assertEquals(1, SparkTask.numberOf("0"));
        assertEquals(13, SparkTask.numberOf("12"));
        assertNotEquals(SparkTask.numberOf("f3a1-S0"), SparkTask.numberOf("f3a1-S1"));
    }
}
