#!/usr/bin/env bash
#
# JavaCV loses the first picture of a film if it is asked how many frames of sound there are.
#
# Versions: JavaCV 1.5.7 with FFmpeg 5.0-1.5.7 (as DeepLearning4J 1.0.0-M2.1 brings), Linux x86-64, Java 17.
#
# getLengthInAudioFrames and getAudioFrameRate of FFmpegFrameGrabber look like plain questions. They
# read on to the first frame of sound. The pictures on the way are gone, so the first grabbed one is
# that of 0.04 seconds. Where later pictures build on the first, as with the codec FFV1, all up to the
# next whole picture are missing: 12 of 50. Who counts frames from 0 pairs each sound with a picture
# that is later. Sound, timestamps and getLengthInVideoFrames are right.
#
# Output seen:
#   MJPEG: 50 pictures, the first at 0 us
#   MJPEG, after getAudioFrameRate: 49 pictures, the first at 40000 us
#   FFV1: 50 pictures, the first at 0 us
#   FFV1, after getLengthInAudioFrames: 38 pictures, the first at 480000 us
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
        record("mjpeg.avi", "avi", avcodec.AV_CODEC_ID_MJPEG, avutil.AV_PIX_FMT_YUVJ420P);
        record("ffv1.avi", "avi", avcodec.AV_CODEC_ID_FFV1, avutil.AV_PIX_FMT_BGR0);
        int[] seen = {
            count("MJPEG", "mjpeg.avi", grabber -> { }),
            count("MJPEG, after getAudioFrameRate", "mjpeg.avi", FFmpegFrameGrabber::getAudioFrameRate),
            count("FFV1", "ffv1.avi", grabber -> { }),
            count("FFV1, after getLengthInAudioFrames", "ffv1.avi", FFmpegFrameGrabber::getLengthInAudioFrames),
        };
        System.exit(seen[0] == 50 && seen[1] == 49 && seen[2] == 50 && seen[3] == 38 ? 0 : 1);
    }

    static int count(String name, String file, java.util.function.Consumer<FFmpegFrameGrabber> question) throws Exception {
        FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file);
        grabber.start();
        question.accept(grabber);
        int pictures = 0;
        long first = -1;
        for (Frame frame = grabber.grab(); frame != null; frame = grabber.grab()) {
            if (frame.image != null && pictures++ == 0) {
                first = frame.timestamp;
            }
        }
        grabber.stop();
        grabber.release();
        System.out.printf("%s: %d pictures, the first at %d us%n", name, pictures, first);
        return pictures;
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
