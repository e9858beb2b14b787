#!/usr/bin/env bash
#
# A film of 2 seconds that JavaCV writes as Matroska says that it is 9.9 seconds long.
#
# Versions: JavaCV 1.5.7 with FFmpeg 5.0-1.5.7 (as DeepLearning4J 1.0.0-M2.1 brings), Linux x86-64, Java 17.
#
# Matroska counts time in milliseconds. FFmpegFrameRecorder hands the length of a packet of sound on in
# samples, 8192 for uncompressed sound, and the file takes it for 8.192 seconds. The end of the film is
# then that of a packet: 1.707 + 8.192 = 9.899. getLengthInTime and getLengthInFrames of the grabber
# answer from it, so a loop that spreads frames evenly over the film asks for pictures that are not
# there. All pictures and samples are in the file, at the right times. AVI counts otherwise and is right.
#
# Output seen:
#   avi: 2.000 seconds, 50 frames; grabbed 50 pictures, 96000 samples
#   matroska: 9.899 seconds, 247 frames; grabbed 50 pictures, 96000 samples
#
# Run by hand; needs bash, Maven, a JDK of 17 or later, and Maven Central. Exits 0 while this is so,
# and 1 if the behaviour is another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.bytedeco</groupId><artifactId>javacv</artifactId><version>1.5.7</version>
      <exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>
    <dependency><groupId>org.bytedeco</groupId><artifactId>javacpp</artifactId><version>1.5.7</version></dependency>
    <dependency><groupId>org.bytedeco</groupId><artifactId>javacpp</artifactId><version>1.5.7</version><classifier>linux-x86_64</classifier></dependency>
    <dependency><groupId>org.bytedeco</groupId><artifactId>ffmpeg</artifactId><version>5.0-1.5.7</version></dependency>
    <dependency><groupId>org.bytedeco</groupId><artifactId>ffmpeg</artifactId><version>5.0-1.5.7</version><classifier>linux-x86_64</classifier></dependency>
  </dependencies>
</project>
POM
mvn -B -q dependency:build-classpath -Dmdep.outputFile=classpath 1>&2

cat > Finding.java <<'JAVA'
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

public class Finding {
    public static void main(String[] args) throws Exception {
        avutil.av_log_set_level(avutil.AV_LOG_PANIC);
        System.exit(length("avi") == 50 & length("matroska") == 247 ? 0 : 1);
    }

    static int length(String format) throws Exception {
        record("film", format, avcodec.AV_CODEC_ID_MJPEG, avutil.AV_PIX_FMT_YUVJ420P);
        FFmpegFrameGrabber grabber = new FFmpegFrameGrabber("film");
        grabber.start();
        double seconds = grabber.getLengthInTime() / 1e6;
        int frames = grabber.getLengthInFrames();
        int pictures = 0;
        int samples = 0;
        for (Frame frame = grabber.grab(); frame != null; frame = grabber.grab()) {
            if (frame.image != null) {
                pictures++;
            }
            if (frame.samples != null) {
                samples += frame.samples[0].limit();
            }
        }
        grabber.stop();
        grabber.release();
        System.out.printf("%s: %.3f seconds, %d frames; grabbed %d pictures, %d samples%n", format, seconds, frames, pictures, samples);
        return frames;
    }

    // 50 pictures at 25 per second, each of one gray, and 2 seconds of sound at 48 kHz
    static void record(String name, String format, int codec, int pixels) throws Exception {
        FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(name, 64, 64, 1);
        recorder.setFormat(format);
        recorder.setFrameRate(25);
        recorder.setSampleRate(48000);
        recorder.setVideoCodec(codec);
        recorder.setPixelFormat(pixels);
        recorder.setAudioCodec(avcodec.AV_CODEC_ID_PCM_S16LE);
        recorder.start();
        for (int i = 0; i < 50; i++) {
            Frame picture = new Frame(64, 64, Frame.DEPTH_UBYTE, 3);
            ByteBuffer bytes = (ByteBuffer) picture.image[0];
            while (bytes.hasRemaining()) {
                bytes.put((byte) (5 * i));
            }
            bytes.rewind();
            recorder.record(picture);
            recorder.recordSamples(48000, 1, ShortBuffer.allocate(1920));
        }
        recorder.stop();
        recorder.release();
    }
}
JAVA
javac -cp "$(cat classpath)" Finding.java
java -cp ".:$(cat classpath)" Finding
