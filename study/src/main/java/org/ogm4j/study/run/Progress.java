package org.ogm4j.study.run;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar with the remaining time. On a terminal it moves in place; elsewhere, as in a log
 * file, it is a line every few seconds.
 */
final class Progress implements AutoCloseable {

    private static final int LINE_INTERVAL_MILLIS = 15_000;
    private static final int LINE_LENGTH = 140;

    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    /** Shows the bar. */
    static Progress start(String task, long steps) {
        ProgressBarBuilder builder =
                ProgressBar.builder()
                        .setTaskName(task)
                        .setInitialMax(steps)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUnit("", 1000);
        if (!onTerminal()) {
            builder.setUpdateIntervalMillis(LINE_INTERVAL_MILLIS)
                    .setConsumer(
                            new DelegatingProgressBarConsumer(new NewLines()::print, LINE_LENGTH));
        } else {
            builder.setUpdateIntervalMillis(250);
        }
        return new Progress(builder.build());
    }

    /** Says something behind the bar. */
    void message(String message) {
        bar.setExtraMessage(message);
    }

    /** Goes on to a position, if it is not there yet. */
    void stepTo(long position) {
        bar.stepTo(position);
    }

    @Override
    public void close() {
        bar.close();
    }

    /** From JDK 22 on this is always true unless Java is started with -Djdk.console=java.base. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean onTerminal() {
        return System.console() != null;
    }

    /** Leaves out the empty bar at the start and the full one's repetition at the end. */
    private static final class NewLines {

        private String last = "";

        void print(String line) {
            if (!line.contains("  0% ") && !line.equals(last)) {
                System.out.println(line);
                last = line;
            }
        }
    }
}
