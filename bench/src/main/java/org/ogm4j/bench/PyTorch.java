package org.ogm4j.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The same network in PyTorch, in a process of its own that trains a step for each line it reads.
 * It ends when this process does. {@code PYTHON} names the interpreter, {@code OMP_NUM_THREADS}
 * counts for both.
 */
final class PyTorch {

    private static final String SCRIPT = "bench/pytorch/resnet18_pair.py";

    private final BufferedReader answers;
    private final Writer requests;

    private PyTorch(Process process) {
        answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Waits until it is ready, and prints what it says about itself. */
    static PyTorch start(Workload workload) {
        if (workload != Workload.RESNET18) {
            throw new IllegalArgumentException("PyTorch has RESNET18 only, not " + workload);
        }
        Map<String, String> environment = System.getenv();
        ProcessBuilder builder =
                new ProcessBuilder(
                        environment.getOrDefault("PYTHON", "python3"), SCRIPT, "--on-request");
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        try {
            PyTorch started = new PyTorch(builder.start());
            System.out.println(started.answer());
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when the step is done. */
    void step() {
        try {
            requests.write("step\n");
            requests.flush();
            answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(SCRIPT + " ended: is PyTorch installed for $PYTHON?");
        }
        return line;
    }
}
