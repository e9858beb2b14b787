package org.ogm4j.host.worker;

import java.lang.StackWalker.StackFrame;

/**
 * The task of Apache Spark that this thread runs. Spark is no dependency: it is asked where it is
 * there.
 */
final class SparkTask {

    private static final String CONTEXT = "org.apache.spark.TaskContext";
    private static final String ENVIRONMENT = "org.apache.spark.SparkEnv";

    /** Where DL4J trains in a task. */
    private static final String TRAINING = "org.deeplearning4j.spark.";

    private static final boolean SPARK = isThere();

    private SparkTask() {}

    /**
     * The partition of the task, if it is DL4J that trains in it.
     *
     * @return 0 if not
     */
    static int partition() {
        Object context = SPARK ? call(CONTEXT, null, "get") : null;
        return context != null && isOfDl4j() ? (int) call(CONTEXT, context, "partitionId") : 0;
    }

    /** The same in all tasks of a process: 0 where there is one process alone. */
    static int executor() {
        Object environment = SPARK ? call(ENVIRONMENT, null, "get") : null;
        return environment == null
                ? 0
                : numberOf((String) call(ENVIRONMENT, environment, "executorId"));
    }

    /** "driver" is the one process, "0" the first executor of some. */
    static int numberOf(String executor) {
        if (executor.equals("driver")) {
            return 0;
        }
        return executor.matches("[0-9]{1,9}")
                ? 1 + Integer.parseInt(executor)
                : executor.hashCode();
    }

    private static boolean isOfDl4j() {
        return StackWalker.getInstance()
                .walk(
                        frames ->
                                frames.map(StackFrame::getClassName)
                                        .anyMatch(name -> name.startsWith(TRAINING)));
    }

    private static boolean isThere() {
        try {
            Class.forName(CONTEXT, false, SparkTask.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError none) {
            return false;
        }
    }

    private static Object call(String type, Object on, String method) {
        try {
            return Class.forName(type).getMethod(method).invoke(on);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "Spark must have %s.%s(), got none that can be called: noise needs to know the worker"
                            .formatted(type, method),
                    e);
        }
    }
}
