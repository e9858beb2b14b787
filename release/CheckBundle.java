import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Is a bundle whole, and what Maven Central's publisher portal wants? Reads the bundle and this
 * project's LICENSE and NOTICE, and asks gpg, which must know the public key. Uses no network.
 *
 * <pre>java release/CheckBundle.java BUNDLE.zip</pre>
 */
public final class CheckBundle {

    private static final String GROUP = "org/ogm4j/";
    private static final List<String> ARTIFACTS = List.of("ogm4j", "ogm4j-study", "ogm4j-spark");
    private static final List<String> JARS = List.of(".jar", "-sources.jar", "-javadoc.jar");
    private static final List<String> BOMS = List.of("-cyclonedx.json", "-cyclonedx.xml");

    private final List<String> wrong = new ArrayList<>();
    private final Map<String, byte[]> bundle;
    private final Set<String> files = new TreeSet<>(); // that are published, without what vouches for them
    private final String version;

    private CheckBundle(Map<String, byte[]> bundle) {
        this.bundle = bundle;
        String first = bundle.keySet().stream().filter(f -> f.startsWith(GROUP + "ogm4j/")).findFirst().orElse("///?/");
        version = first.split("/")[3];
    }

    public static void main(String[] args) throws Exception {
        CheckBundle check = new CheckBundle(entries(Files.readAllBytes(Path.of(args[0]))));
        check.names();
        check.checksums();
        check.signatures();
        for (String artifact : ARTIFACTS) {
            String path = check.path(artifact);
            check.pom(path + ".pom", artifact);
            check.bom(path, artifact);
            for (String jar : JARS) {
                check.jar(path + jar);
            }
            check.contents(path);
        }
        check.wrong.forEach(problem -> System.err.println("WRONG: " + problem));
        if (!check.wrong.isEmpty()) {
            System.exit(1);
        }
        System.out.println("the bundle of version " + check.version + " is whole: " + check.files.size()
                + " files, each with signature and checksums");
    }

    /** Each file that there must be, each with a signature, all with checksums, and no other. */
    private void names() {
        expect(!version.contains("SNAPSHOT"), "version must be a release, got " + version);
        Set<String> expected = new TreeSet<>();
        for (String artifact : ARTIFACTS) {
            files.add(path(artifact) + ".pom");
            JARS.forEach(ending -> files.add(path(artifact) + ending));
            BOMS.forEach(ending -> files.add(path(artifact) + ending));
        }
        for (String file : files) {
            for (String signed : List.of(file, file + ".asc")) {
                expected.addAll(List.of(signed, signed + ".md5", signed + ".sha1"));
            }
        }
        for (String name : expected) {
            expect(bundle.containsKey(name), "missing " + name);
        }
        for (String name : bundle.keySet()) {
            expect(expected.contains(name), "not expected " + name);
        }
        files.retainAll(bundle.keySet());
    }

    private void checksums() throws Exception {
        for (Map.Entry<String, String> kind : Map.of(".md5", "MD5", ".sha1", "SHA-1").entrySet()) {
            for (String name : bundle.keySet()) {
                byte[] of = name.endsWith(kind.getKey()) ? bundle.get(name.replace(kind.getKey(), "")) : null;
                if (of != null) {
                    String sum = HexFormat.of().formatHex(MessageDigest.getInstance(kind.getValue()).digest(of));
                    expect(sum.equals(text(name).trim()), name + " must be " + sum + ", got " + text(name).trim());
                }
            }
        }
    }

    /** gpg finds each signature good, and one key made them all. */
    private void signatures() throws Exception {
        Path folder = Files.createTempDirectory("bundle");
        Path content = folder.resolve("content");
        Path signature = folder.resolve("content.asc");
        Set<String> keys = new TreeSet<>();
        for (String file : files) {
            if (!bundle.containsKey(file + ".asc")) {
                continue;
            }
            Files.write(content, bundle.get(file));
            Files.write(signature, bundle.get(file + ".asc"));
            Process gpg = new ProcessBuilder("gpg", "--batch", "--status-fd", "1", "--verify", signature.toString(), content.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String status = new String(gpg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean good = gpg.waitFor() == 0;
            expect(good, file + " has a signature that gpg refuses: " + status.trim().replace("\n", " "));
            status.lines().filter(line -> line.contains(" VALIDSIG ")).forEach(line -> keys.add(line.split(" ")[2]));
        }
        expect(keys.size() == 1, "one key must sign all, got " + keys);
        for (Path path : List.of(content, signature, folder)) {
            Files.deleteIfExists(path);
        }
    }

    private void pom(String file, String artifact) throws Exception {
        if (!bundle.containsKey(file)) {
            return;
        }
        Element pom = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(bundle.get(file))).getDocumentElement();
        for (String path : List.of("name", "description", "url", "licenses/license/name", "licenses/license/url",
                "developers/developer/name", "scm/connection", "scm/developerConnection", "scm/url")) {
            expect(!value(pom, path).isEmpty(), file + " has no " + path);
        }
        expect(value(pom, "groupId").equals("org.ogm4j"), file + " has the group " + value(pom, "groupId"));
        expect(value(pom, "artifactId").equals(artifact), file + " is of " + value(pom, "artifactId"));
        expect(value(pom, "version").equals(version), file + " has the version " + value(pom, "version"));
        expect(!text(file).contains("SNAPSHOT"), file + " names a SNAPSHOT");
        expect(!text(file).contains("${"), file + " has a property that is not filled in");
        for (String not : List.of("parent", "repositories", "pluginRepositories", "build", "profiles", "dependencyManagement")) {
            expect(child(pom, not) == null, file + " is not flat: it has " + not);
        }
    }

    /** The list of parts names this artifact and all that its POM makes a user's program of. */
    private void bom(String path, String artifact) throws Exception {
        if (!bundle.keySet().containsAll(List.of(path + ".pom", path + "-cyclonedx.json", path + "-cyclonedx.xml"))) {
            return;
        }
        Element pom = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(bundle.get(path + ".pom"))).getDocumentElement();
        List<String> parts = new ArrayList<>(List.of("pkg:maven/org.ogm4j/" + artifact + "@" + version + "?"));
        for (Node part = child(pom, "dependencies").getFirstChild(); part != null; part = part.getNextSibling()) {
            if (part instanceof Element dependency && !value(dependency, "scope").equals("provided")) {
                parts.add("pkg:maven/" + value(dependency, "groupId") + "/" + value(dependency, "artifactId")
                        + "@" + value(dependency, "version") + "?");
            }
        }
        for (String ending : BOMS) {
            expect(text(path + ending).contains("cyclonedx"), path + ending + " is no CycloneDX file");
            for (String part : parts) {
                expect(text(path + ending).contains(part), path + ending + " does not name " + part);
            }
        }
    }

    /** Licence and notice are this project's, and no file has a date of its own. */
    private void jar(String file) throws IOException {
        if (!bundle.containsKey(file)) {
            return;
        }
        Map<String, byte[]> jar = entries(bundle.get(file));
        for (String name : List.of("LICENSE", "NOTICE")) {
            byte[] ours = Files.readAllBytes(Path.of(name));
            expect(Arrays.equals(ours, jar.get("META-INF/" + name)), file + " must have META-INF/" + name + ", as the project has it");
        }
        Set<String> dates = new TreeSet<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle.get(file)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                dates.add(entry.getTimeLocal().toString());
            }
        }
        expect(dates.size() == 1, file + " must have one date for all its files, got " + dates);
    }

    /** Classes for Java 17, the source of each, and documentation. */
    private void contents(String path) throws IOException {
        if (!bundle.keySet().containsAll(List.of(path + ".jar", path + "-sources.jar", path + "-javadoc.jar"))) {
            return;
        }
        Set<String> sources = entries(bundle.get(path + "-sources.jar")).keySet();
        int classes = 0;
        for (Map.Entry<String, byte[]> entry : entries(bundle.get(path + ".jar")).entrySet()) {
            String name = entry.getKey();
            if (name.endsWith(".class")) {
                classes++;
                expect(entry.getValue()[7] == 61, name + " must be for Java 17, got class version " + entry.getValue()[7]);
                String source = name.replaceAll("(\\$.*)?\\.class$", ".java");
                expect(sources.contains(source), path + "-sources.jar has no " + source);
            }
        }
        expect(classes >= 10, path + ".jar has " + classes + " classes");
        Set<String> pages = entries(bundle.get(path + "-javadoc.jar")).keySet();
        expect(pages.contains("index.html") && pages.size() > 20, path + "-javadoc.jar has no documentation");
    }

    private String path(String artifact) {
        return GROUP + artifact + "/" + version + "/" + artifact + "-" + version;
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }

    private String text(String name) {
        return new String(bundle.get(name), StandardCharsets.UTF_8);
    }

    private static String value(Element from, String path) {
        Element at = from;
        for (String name : path.split("/")) {
            at = at == null ? null : child(at, name);
        }
        return at == null ? "" : at.getTextContent().trim();
    }

    private static Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return element;
            }
        }
        return null;
    }

    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        return entries;
    }
}
