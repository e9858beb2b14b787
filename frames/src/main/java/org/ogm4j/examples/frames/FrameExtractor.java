package org.ogm4j.examples.frames;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.Java2DFrameConverter;
import org.ogm4j.study.data.DataException;

/**
 * Writes frames of videos as JPEG files {@code {clip}/00000.jpg}, {@code 00001.jpg}, ...
 *
 * <p>Frame i is the first one at or after i / fps seconds, counted from the video's first frame, so
 * that every video gives at least one. A folder is complete or not there: frames are written to
 * {@code .{clip}.part}, which then takes its name.
 *
 * @param fps frames per second, at least 1
 */
record FrameExtractor(int fps) {

    private static final double SECOND = 1e6;

    /** Files may round a time to the millisecond. */
    private static final double ROUNDING = 500;

    private static final float QUALITY = 0.95f;

    FrameExtractor {
        if (fps < 1) {
            throw new IllegalArgumentException("fps must be at least 1, got " + fps);
        }
    }

    /**
     * Writes the frames of a video.
     *
     * @param folder to be made, with those of other videos beside it
     * @return how many there are
     * @throws DataException if the video holds no picture or cannot be decoded
     * @throws IOException if a frame cannot be written
     */
    int extract(Path video, Path folder) throws IOException {
        Path part = folder.resolveSibling("." + folder.getFileName() + ".part");
        delete(part);
        Files.createDirectories(part);
        int frames = write(video, part);
        if (frames == 0) {
            delete(part);
            throw new DataException(video, "must hold pictures, got none");
        }
        Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        return frames;
    }

    private int write(Path video, Path part) throws IOException {
        int frames = 0;
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(video.toFile());
                Java2DFrameConverter converter = new Java2DFrameConverter()) {
            grabber.start();
            long first = 0;
            double wanted = 0;
            for (Frame frame = grabber.grabImage(); frame != null; frame = grabber.grabImage()) {
                first = frames == 0 ? frame.timestamp : first;
                double time = frame.timestamp - first + ROUNDING;
                if (time >= wanted) {
                    save(converter.convert(frame), part.resolve("%05d.jpg".formatted(frames)));
                    frames++;
                    wanted = (Math.floor(time * fps / SECOND) + 1) * SECOND / fps;
                }
            }
            grabber.stop();
        } catch (FrameGrabber.Exception e) {
            delete(part);
            throw new DataException(video, "cannot be decoded: " + e.getMessage(), e);
        }
        return frames;
    }

    private static void save(BufferedImage image, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            ImageWriteParam quality = writer.getDefaultWriteParam();
            quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            quality.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(standard(image), null, null), quality);
        } finally {
            writer.dispose();
        }
    }

    /** The same levels as sRGB: JavaCV calls them linear, and drawing would change them. */
    private static BufferedImage standard(BufferedImage image) {
        BufferedImage copy =
                new BufferedImage(
                        image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        copy.setData(image.getRaster());
        return copy;
    }

    /** What a run that was stopped left behind. */
    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
