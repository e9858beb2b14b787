package org.ogm4j.examples.frames;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import org.bytedeco.ffmpeg.global.avutil;
import org.ogm4j.study.cli.Cli;
import org.ogm4j.study.data.DataException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Takes the frames that the CREMA-D loader reads out of CREMA-D's videos. */
@Command(
        name = "ogm4j-frames",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Writes frames of DIR/VideoFlash/{clip}.flv or .mp4 to"
                        + " DIR/Image-{fps}-FPS/{clip}/00000.jpg and so on. Clips that have a folder"
                        + " there are passed over, so that a run that was stopped goes on.",
        footer =
                "%nWith Maven: mvn -B -Pframes -pl frames -am compile exec:java"
                        + " -Dexec.args=\"--data DIR\"")
public final class FramesMain implements Callable<Integer> {

    private static final Set<String> VIDEOS = Set.of("flv", "mp4");

    @Spec private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Show this help and stop.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Folder that holds VideoFlash.")
    private Path data;

    @Option(
            names = "--fps",
            defaultValue = "1",
            paramLabel = "N",
            description = "Frames per second, 1 to 99; default: ${DEFAULT-VALUE}, as published.")
    private int fps;

    /** Starts the program. */
    public static void main(String[] args) {
        avutil.av_log_set_level(avutil.AV_LOG_FATAL);
        Cli.main(FramesMain::execute, args);
    }

    /** 0 if every video has its frames, 1 if one has not, 2 for wrong options. */
    static int execute(PrintWriter out, PrintWriter err, String... args) {
        return Cli.of(new FramesMain(), out, err, 1).execute(args);
    }

    @Override
    public Integer call() throws IOException {
        if (fps < 1 || fps > 99) {
            throw new ParameterException(
                    spec.commandLine(), "fps must be at least 1 and at most 99, got " + fps);
        }
        List<Path> videos = videos(data.resolve("VideoFlash"));
        Path frames = data.resolve(String.format(Locale.ROOT, "Image-%02d-FPS", fps));
        Files.createDirectories(frames);
        List<Path> missing =
                videos.stream().filter(v -> !Files.exists(frames.resolve(clip(v)))).toList();
        List<String> failures = new ArrayList<>();
        int written = extract(missing, frames, failures);
        PrintWriter console = spec.commandLine().getOut();
        console.printf(
                "%d frames of %d videos written to %s; %d videos had theirs, %d failed%n",
                written,
                missing.size() - failures.size(),
                frames,
                videos.size() - missing.size(),
                failures.size());
        console.flush();
        failures.forEach(failure -> spec.commandLine().getErr().println("error: " + failure));
        return failures.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private int extract(List<Path> videos, Path frames, List<String> failures) throws IOException {
        if (videos.isEmpty()) {
            return 0;
        }
        FrameExtractor extractor = new FrameExtractor(fps);
        int written = 0;
        try (ProgressBar bar = new ProgressBar("frames", videos.size())) {
            for (Path video : videos) {
                try {
                    written += extractor.extract(video, frames.resolve(clip(video)));
                } catch (DataException e) {
                    failures.add(e.getMessage());
                }
                bar.step();
                bar.setExtraMessage(" " + clip(video));
            }
        }
        return written;
    }

    private static List<Path> videos(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder, "no such folder");
        }
        List<Path> videos;
        try (Stream<Path> files = Files.list(folder)) {
            videos = files.filter(FramesMain::isVideo).sorted().toList();
        }
        if (videos.isEmpty()) {
            throw new DataException(folder, "must hold .flv or .mp4 files, got none");
        }
        return videos;
    }

    private static boolean isVideo(Path file) {
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return VIDEOS.contains(ending) && !name.startsWith(".");
    }

    private static String clip(Path video) {
        String name = video.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }
}
