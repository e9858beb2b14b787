package org.ogm4j.examples.crema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sound.sampled.AudioFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ogm4j.study.data.DataException;

class CremaFolderTest {

    private static final String[] EMOTIONS = {"NEU", "HAP", "SAD", "FEA", "DIS", "ANG"};

    @TempDir Path folder;

    @Test
    void withoutListsTheLastActorsAreTheTestAndThoseBeforeValidation() throws IOException {
        writeActors(1001, 1005);

        CremaData data = CremaFolder.of(folder).withActors(1, 2).read();

        assertEquals(Set.of(1001, 1002), actors(data.train()));
        assertEquals(Set.of(1003, 1004), actors(data.validation()));
        assertEquals(Set.of(1005), actors(data.test()));
        assertEquals(12, data.train().size());
        assertEquals(0, data.skipped());
        for (CremaClip clip : data.test()) {
            assertEquals(EMOTIONS[clip.emotion().label()], clip.name().substring(9, 12));
        }
    }

    @Test
    void listsMayBeInAnotherFolderAndMustBeThereThen() throws IOException {
        writeActors(1001, 1003);
        Path lists = Files.createDirectories(folder.resolve("lists"));
        CremaFolder clips = CremaFolder.of(folder).withActors(1, 1).withLists(lists);

        DataException e = assertThrows(DataException.class, clips::read);
        assertEquals(lists + ": must hold train.csv and test.csv, got neither", e.getMessage());

        Files.writeString(lists.resolve("train.csv"), "1001_DFA_HAP_XX,HAP\n1002_DFA_HAP_XX,HAP\n");
        Files.writeString(lists.resolve("test.csv"), "1001_DFA_DIS_XX,DIS\n");
        assertEquals(List.of("1001_DFA_DIS_XX"), names(clips.read().test()));
    }

    @Test
    void aLimitTakesTheFirstClipsOfEachPart() throws IOException {
        writeActors(1001, 1003);

        CremaData data = CremaFolder.of(folder).withActors(1, 1).read().limit(2);

        assertEquals(2, data.train().size());
        assertEquals(2, data.validation().size());
        assertEquals(Set.of(1003), actors(data.test()));
        assertEquals(6, CremaFolder.of(folder).withActors(1, 1).read().limit(9).test().size());
    }

    @Test
    void listsDecidePartsAndClassesAndValidationIsTakenFromTrainingByActor() throws IOException {
        writeActors(1001, 1003);
        writeLists(
                """
                \uFEFF1003_DFA_NEU_XX,NEU
                1001_DFA_HAP_XX,ANG

                1003_DFA_SAD_XX,SAD
                1002_DFA_FEA_XX , FEA
                """,
                "1001_DFA_DIS_XX,DIS\r\n1003_DFA_ANG_XX,ANG\r\n");

        CremaData data = CremaFolder.of(folder).withActors(1, 1).read();

        assertEquals(List.of("1001_DFA_HAP_XX", "1002_DFA_FEA_XX"), names(data.train()));
        assertEquals(List.of("1003_DFA_NEU_XX", "1003_DFA_SAD_XX"), names(data.validation()));
        assertEquals(List.of("1001_DFA_DIS_XX", "1003_DFA_ANG_XX"), names(data.test()));
        assertTrue(Collections.disjoint(actors(data.train()), actors(data.validation())));
        assertEquals(Emotion.ANG, data.train().get(0).emotion(), "the list, not the name");
        assertEquals(5, data.train().get(0).emotion().label());
    }

    @Test
    void noActorsForValidationLeaveItEmpty() throws IOException {
        writeActors(1001, 1002);

        CremaData data = CremaFolder.of(folder).withActors(1, 0).read();

        assertEquals(List.of(), data.validation());
        assertEquals(Set.of(1001), actors(data.train()));
    }

    @Test
    void skipsAndCountsClipsWithoutSoundOrFrames() throws IOException {
        writeActors(1001, 1002);
        CremaFiles.writeClip(folder, "1001_IEO_ANG_LO", 0);
        CremaFiles.writeClip(folder, "1001_IEO_ANG_MD", 0);
        Files.createDirectories(CremaFiles.frame(folder, "1001_IEO_ANG_MD", "x").getParent());
        CremaFiles.writeClip(folder, "1001_IEO_ANG_HI", 1);
        Files.delete(CremaFiles.wav(folder, "1001_IEO_ANG_HI"));
        CremaFiles.writeSine(CremaFiles.wav(folder, "1001_TAI_SAD_XX"), 440, 16_000, 0);
        Files.writeString(CremaFiles.wav(folder, "._1001_TAI_SAD_XX"), "left behind");

        CremaData data = CremaFolder.of(folder).withActors(1, 0).read();

        assertEquals(2, data.withoutFrames());
        assertEquals(2, data.withoutSound());
        assertEquals(4, data.skipped());
        assertEquals(6, data.train().size());
        assertEquals(
                "CREMA-D: train 6 clips of 1 actors, validation 0 clips of 0 actors,"
                        + " test 6 clips of 1 actors; skipped 2 without sound, 2 without frames",
                data.summary());
    }

    @Test
    void countsListedClipsThatAreNotThere() throws IOException {
        writeActors(1001, 1001);
        writeLists("1001_DFA_NEU_XX,NEU\n1009_DFA_NEU_XX,NEU\n", "1001_DFA_HAP_XX,HAP\n");

        CremaData data = CremaFolder.of(folder).withActors(1, 0).read();

        assertEquals(1, data.withoutSound());
        assertEquals(List.of("1001_DFA_NEU_XX"), names(data.train()));
    }

    @Test
    void framesAreInTheOrderOfTheirNumbersAndMayBeElsewhere() throws IOException {
        CremaFiles.writeSine(CremaFiles.wav(folder, "1001_DFA_ANG_XX"), 440, 16_000, 800);
        CremaFiles.writeSine(CremaFiles.wav(folder, "1002_DFA_ANG_XX"), 440, 16_000, 800);
        for (String clip : new String[] {"1001_DFA_ANG_XX", "1002_DFA_ANG_XX"}) {
            Path frames = folder.resolve("faces").resolve(clip);
            for (String name : new String[] {"f10.png", "f9.jpg", "f2.JPEG", "notes.txt"}) {
                Files.createDirectories(frames);
                Files.writeString(frames.resolve(name), "");
            }
        }

        CremaFolder layout = CremaFolder.of(folder).withFrames("faces").withActors(1, 0);
        CremaClip clip = layout.read().train().get(0);

        assertEquals(
                List.of("f2.JPEG", "f9.jpg", "f10.png"),
                clip.frames().stream().map(frame -> frame.getFileName().toString()).toList());
        assertEquals("f9.jpg", clip.middleFrame().getFileName().toString());
    }

    @Test
    void namesAMissingFolder() throws IOException {
        assertFails(folder.resolve("AudioWAV"), "no such folder");
        Files.createDirectories(folder.resolve("AudioWAV"));
        assertFails(folder.resolve("Image-01-FPS"), "no such folder");
    }

    @Test
    void refusesAnEmptyResult() throws IOException {
        CremaFiles.writeClip(folder, "1001_DFA_ANG_XX", 0);
        Files.createDirectories(folder.resolve("Image-01-FPS"));

        assertFails(
                folder,
                "must hold clips with sound and frames, got none; skipped 0 without sound,"
                        + " 1 without frames");
    }

    @Test
    void refusesAnEmptyTest() throws IOException {
        writeActors(1001, 1002);
        writeLists("1001_DFA_NEU_XX,NEU\n1002_DFA_NEU_XX,NEU\n", "1009_DFA_HAP_XX,HAP\n");

        assertFails(folder.resolve("test.csv"), "must hold clips with sound and frames, got none");
    }

    @Test
    void refusesTooFewActors() throws IOException {
        writeActors(1001, 1002);

        assertFails(folder, "must hold usable clips of more than 1 actors, got 1");
    }

    @Test
    void refusesOneListAlone() throws IOException {
        writeActors(1001, 1001);
        Files.writeString(folder.resolve("train.csv"), "1001_DFA_NEU_XX,NEU\n");

        assertFails(folder.resolve("test.csv"), "must be there because");
    }

    @Test
    void refusesAClipInBothLists() throws IOException {
        writeActors(1001, 1001);
        writeLists("1001_DFA_NEU_XX,NEU\n", "1001_DFA_NEU_XX,NEU\n");

        assertFails(folder.resolve("test.csv"), "must name no clip of");
    }

    @Test
    void refusesOtherLines() throws IOException {
        writeActors(1001, 1001);
        Path list = folder.resolve("train.csv");

        writeLists("1001_DFA_NEU_XX\n", "");
        assertFails(list, "line 1 must be clip,EMOTION, got 1001_DFA_NEU_XX");
        writeLists("\n1001_DFA_NEU_XX,JOY\n", "");
        assertFails(list, "emotion must be NEU, HAP, SAD, FEA, DIS or ANG, got JOY in line 2");
        writeLists("../1001_DFA_NEU_XX,NEU\n", "");
        assertFails(list, "a clip must be named {actor}_{sentence}_{emotion}_{level}, got ../1001");
        writeLists("1001_DFA_NEU_XX,NEU\n1001_DFA_NEU_XX,NEU\n", "");
        assertFails(list, "must name each clip once, got 1001_DFA_NEU_XX again in line 2");
        Files.write(list, new byte[] {(byte) 0xC3, 10});
        assertFails(list, "must be text in UTF-8");
    }

    @Test
    void refusesAnotherEmotionInAName() throws IOException {
        writeActors(1001, 1001);
        CremaFiles.writeClip(folder, "1001_DFA_JOY_XX", 1);

        assertFails(folder, "emotion must be NEU, HAP, SAD, FEA, DIS or ANG, got JOY in 1001_DFA");
    }

    @Test
    void refusesSoundsItCannotDecodeBeforeTrainingStarts() throws IOException {
        writeActors(1001, 1003);
        Path wav = CremaFiles.wav(folder, "1001_DFA_NEU_XX");

        Files.writeString(wav, "version https://git-lfs.github.com/spec/v1");
        assertFails(wav, "must be a WAV file, got no header of RIFF and WAVE");
        CremaFiles.write(wav, new AudioFormat(16_000, 16, 2, true, false), new float[800]);
        assertFails(
                wav,
                "must be mono 16-bit PCM of 8000 to 96000 Hz, got 16000 Hz, 16 bit, 2 channels");
    }

    private void writeActors(int first, int last) throws IOException {
        for (int actor = first; actor <= last; actor++) {
            for (String emotion : EMOTIONS) {
                CremaFiles.writeClip(folder, "%d_DFA_%s_XX".formatted(actor, emotion), 1);
            }
        }
    }

    private void writeLists(String train, String test) throws IOException {
        Files.writeString(folder.resolve("train.csv"), train);
        Files.writeString(folder.resolve("test.csv"), test);
    }

    private static Set<Integer> actors(List<CremaClip> clips) {
        return clips.stream().map(CremaClip::actor).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> names(List<CremaClip> clips) {
        return clips.stream().map(CremaClip::name).toList();
    }

    private void assertFails(Path where, String problem) {
        CremaFolder layout = CremaFolder.of(folder).withActors(1, 1);
        DataException e = assertThrows(DataException.class, layout::read);
        assertTrue(e.getMessage().startsWith(where + ": " + problem), e.getMessage());
    }
}
