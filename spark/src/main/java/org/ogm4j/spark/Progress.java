package org.ogm4j.spark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import scala.Product;
import scala.Tuple4;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * What the driver hears of the workers while they train. Jobs of other trainings in the same
 * context are no progress of this one.
 *
 * <p>Progress is a job that starts, a task that ends well, and a step: executors tell what was
 * added to an accumulator when a task ends, and in their heartbeats before that.
 */
final class Progress extends SparkListener {

    private static final String GROUP = "spark.jobGroup.id";

    private final String group;
    private final long accumulator;
    private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
    private final Map<Long, Long> stepsOfTasks = new ConcurrentHashMap<>();
    private volatile long last = System.nanoTime();
    private volatile String lost;

    /**
     * A listener.
     *
     * @param group of the jobs of this training
     * @param steps that its workers count
     */
    Progress(String group, StepCount steps) {
        this.group = group;
        this.accumulator = steps.id();
    }

    /** Starts to wait. */
    void begin() {
        stages.clear();
        stepsOfTasks.clear();
        last = System.nanoTime();
    }

    /** How long there was none. */
    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - last);
    }

    /** Which executor was lost, and why; null if none was. */
    String lost() {
        return lost;
    }

    @Override
    public void onJobStart(SparkListenerJobStart event) {
        if (event.properties() != null && group.equals(event.properties().getProperty(GROUP))) {
            for (Object stage : part(event, 2)) {
                stages.add(((StageInfo) stage).stageId());
            }
            moved();
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
        if (stages.contains(event.stageId()) && event.reason() == Success$.MODULE$) {
            moved();
        }
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate event) {
        for (Object update : part(event, 1)) {
            Tuple4<?, ?, ?, ?> task = (Tuple4<?, ?, ?, ?>) update;
            for (Object info : list(task._4())) {
                steps((Long) task._1(), (AccumulableInfo) info);
            }
        }
    }

    /**
     * A list in an event, by its position: the methods that name it have other types in Scala 2.13
     * than in 2.12, so a caller could be compiled for one of them only.
     */
    private static List<Object> part(Product event, int position) {
        return list(event.productElement(position));
    }

    private static List<Object> list(Object sequence) {
        List<Object> list = new ArrayList<>();
        Iterator<?> each = ((Seq<?>) sequence).iterator();
        while (each.hasNext()) {
            list.add(each.next());
        }
        return list;
    }

    private void steps(Long task, AccumulableInfo info) {
        if (info.id() == accumulator
                && info.update().isDefined()
                && info.update().get() instanceof StepCount.Reached reached) {
            Long before = stepsOfTasks.put(task, reached.steps());
            if (before == null || before < reached.steps()) {
                moved();
            }
        }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        lost = "executor " + event.executorId() + ": " + event.reason();
    }

    private void moved() {
        last = System.nanoTime();
    }
}
