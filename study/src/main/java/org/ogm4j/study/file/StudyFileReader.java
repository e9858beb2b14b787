package org.ogm4j.study.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.core.JsonLocation;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.core.json.JsonReadFeature;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.JsonDeserializer;
import org.nd4j.shade.jackson.databind.JsonMappingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.cfg.CoercionAction;
import org.nd4j.shade.jackson.databind.cfg.CoercionInputShape;
import org.nd4j.shade.jackson.databind.deser.DeserializationProblemHandler;
import org.nd4j.shade.jackson.databind.exc.InvalidFormatException;
import org.nd4j.shade.jackson.databind.exc.MismatchedInputException;
import org.nd4j.shade.jackson.databind.jsontype.NamedType;
import org.nd4j.shade.jackson.databind.jsontype.TypeIdResolver;
import org.nd4j.shade.jackson.databind.type.LogicalType;
import org.ogm4j.study.StudyException;
import org.ogm4j.study.data.description.DataDescription;
import org.ogm4j.study.data.files.FileBytes;
import org.ogm4j.study.words.JsonProblem;
import org.ogm4j.study.words.Names;

/** Reads {@code study.json}, and collects all that is wrong in it instead of stopping at once. */
final class StudyFileReader extends DeserializationProblemHandler {

    private static final Pattern COERCED = Pattern.compile("^Cannot coerce .*\\((.*?)\\) to");

    private final Path file;
    private final String content;
    private final List<Problem> problems = new ArrayList<>();

    StudyFileReader(Path file) {
        this.file = file;
        this.content = FileBytes.text(file);
    }

    /** What is wrong at a place of the file. */
    private record Problem(int line, int column, String pointer, String text) {

        String in(Path file) {
            String where = line > 0 ? "%s:%d:%d".formatted(file, line, column) : file.toString();
            return where + ": " + (pointer.isEmpty() ? "" : pointer + ": ") + text;
        }
    }

    StudyFile read() {
        ObjectMapper mapper =
                DataDescription.MAPPER
                        .copy()
                        .enable(JsonParser.Feature.ALLOW_COMMENTS)
                        .enable(JsonParser.Feature.ALLOW_YAML_COMMENTS)
                        .enable(JsonReadFeature.ALLOW_TRAILING_COMMA.mappedFeature())
                        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                        .addHandler(this);
        StudyFile read = read(mapper);
        if (problems.isEmpty()) {
            read = read(strict(mapper)); // stops at the first text that is a number
        }
        if (problems.isEmpty()) {
            read.problems().forEach(each -> addAtKey(key(each), each));
        }
        if (!problems.isEmpty()) {
            throw new StudyException(all());
        }
        return read;
    }

    /** What no handler has been asked for, and reading ends with. */
    private void addStop(JsonProcessingException e) {
        if (!problems.isEmpty() && e.getCause() instanceof NullPointerException) {
            return; // of what could not be read, and has been told
        }
        String pointer =
                e instanceof JsonMappingException mapping ? pointer(mapping.getPath()) : "";
        Throwable refused = refused(e);
        String text = refused != null ? refused.getMessage() : JsonProblem.of(e);
        if (refused == null
                && e instanceof MismatchedInputException wrong
                && wrong.getTargetType() != null) {
            Matcher coerced = COERCED.matcher(text);
            String type = shown(wrong.getTargetType());
            if (coerced.find()) {
                text = "must be %s, got %s".formatted(type, coerced.group(1));
            } else if (wrong instanceof InvalidFormatException format) {
                text = "must be %s, got %s".formatted(type, format.getValue());
            }
        }
        add(e.getLocation(), pointer, text);
    }

    /** What is wrong with a study that can be read, one problem a line, with file and places. */
    String placed(String told) {
        told.lines().forEach(each -> addAtKey(key(each), each));
        return all();
    }

    /** A problem begins with the key that it is about. */
    private static String key(String problem) {
        return problem.replaceFirst("(?s)[ .:].*", "");
    }

    private String all() {
        return String.join("\n", problems.stream().map(each -> each.in(file)).toList());
    }

    private StudyFile read(ObjectMapper mapper) {
        StudyFile read = null;
        try {
            read = mapper.readValue(content, StudyFile.class);
            if (read == null && problems.isEmpty()) {
                problems.add(new Problem(1, 1, "", "must hold an object, got null"));
            }
        } catch (JsonProcessingException e) {
            addStop(e);
        }
        return read;
    }

    /** Takes no text for a number or a truth value, and no number for a truth value. */
    private static ObjectMapper strict(ObjectMapper mapper) {
        for (LogicalType type :
                List.of(LogicalType.Integer, LogicalType.Float, LogicalType.Boolean)) {
            mapper.coercionConfigFor(type)
                    .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        }
        mapper.coercionConfigFor(LogicalType.Boolean)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
        return mapper;
    }

    private static String pointer(List<JsonMappingException.Reference> path) {
        StringBuilder all = new StringBuilder();
        for (JsonMappingException.Reference each : path) {
            all.append('/')
                    .append(
                            each.getFieldName() == null
                                    ? String.valueOf(each.getIndex())
                                    : each.getFieldName());
        }
        return all.toString();
    }

    private void add(JsonLocation at, String pointer, String text) {
        int line = at == null ? -1 : at.getLineNr();
        problems.add(new Problem(line, at == null ? -1 : at.getColumnNr(), pointer, text));
    }

    private void add(DeserializationContext context, JsonParser parser, String text) {
        JsonLocation at = parser.getTokenLocation();
        if (at == null || at.getLineNr() < 1) {
            at = context.getParser().getTokenLocation();
        }
        add(at, parser.getParsingContext().pathAsPointer().toString(), text);
    }

    /** At the first key of this name. */
    private void addAtKey(String name, String text) {
        Matcher found =
                Pattern.compile(Pattern.quote("\"" + name + "\"") + "\\s*:").matcher(content);
        if (!found.find()) {
            problems.add(new Problem(-1, -1, "", text));
            return;
        }
        String before = content.substring(0, found.start());
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        problems.add(new Problem(line, found.start() - before.lastIndexOf('\n'), "", text));
    }

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            JsonDeserializer<?> reader,
            Object beanOrClass,
            String name)
            throws IOException {
        Collection<Object> known = reader.getKnownPropertyNames();
        List<String> names =
                known == null ? List.of() : known.stream().map(Object::toString).sorted().toList();
        String text = Names.unknown("a key here", names, name);
        if (parser.getTokenLocation().getLineNr() < 1) {
            addAtKey(name, text); // Jackson keeps these for later, without their places
        } else {
            add(context, parser, text);
        }
        parser.skipChildren();
        return true;
    }

    @Override
    public Object handleWeirdStringValue(
            DeserializationContext context, Class<?> type, String value, String message) {
        add(
                context,
                context.getParser(),
                type.isEnum()
                        ? Names.unknown("this", constants(type), value)
                        : "must be %s, got \"%s\"".formatted(shown(type), value));
        return null;
    }

    @Override
    public Object handleWeirdNumberValue(
            DeserializationContext context, Class<?> type, Number value, String message) {
        add(context, context.getParser(), "must be %s, got %s".formatted(shown(type), value));
        return null;
    }

    @Override
    public Object handleUnexpectedToken(
            DeserializationContext context,
            JavaType type,
            JsonToken token,
            JsonParser parser,
            String message)
            throws IOException {
        String got = token == null ? "nothing" : shown(token, parser.getText());
        add(context, parser, "must be %s, got %s".formatted(shown(type), got));
        parser.skipChildren();
        return null;
    }

    @Override
    public Object handleMissingInstantiator(
            DeserializationContext context,
            Class<?> type,
            org.nd4j.shade.jackson.databind.deser.ValueInstantiator instantiator,
            JsonParser parser,
            String message)
            throws IOException {
        JsonToken token = parser.currentToken();
        String got = token == null ? "nothing" : shown(token, parser.getText());
        add(context, parser, "must be %s, got %s".formatted(shown(type), got));
        parser.skipChildren();
        return null;
    }

    /** What a constructor refuses; not if it is because something inside could not be read. */
    @Override
    public Object handleInstantiationProblem(
            DeserializationContext context, Class<?> type, Object argument, Throwable thrown)
            throws IOException {
        Throwable cause = refused(thrown);
        if (cause == null) {
            throw JsonMappingException.from(context, String.valueOf(thrown.getMessage()), thrown);
        }
        String pointer = context.getParser().getParsingContext().pathAsPointer().toString();
        if (problems.stream().noneMatch(each -> each.pointer().startsWith(pointer + "/"))) {
            String text = cause.getMessage();
            add(context, context.getParser(), text);
        }
        return null;
    }

    /** What a constructor said; null if it was something else. */
    private static Throwable refused(Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && !(cause instanceof IllegalArgumentException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    @Override
    public JavaType handleUnknownTypeId(
            DeserializationContext context,
            JavaType base,
            String id,
            TypeIdResolver resolver,
            String message) {
        add(context, context.getParser(), Names.unknown("kind", kinds(context, base), id));
        return context.constructType(Void.class);
    }

    @Override
    public JavaType handleMissingTypeId(
            DeserializationContext context, JavaType base, TypeIdResolver ids, String message) {
        add(
                context,
                context.getParser(),
                "kind must be given, one of " + String.join(", ", kinds(context, base)));
        return context.constructType(Void.class);
    }

    private static Set<String> kinds(DeserializationContext context, JavaType base) {
        Set<String> names = new TreeSet<>();
        var config = context.getConfig();
        for (NamedType each :
                config.getSubtypeResolver()
                        .collectAndResolveSubtypesByTypeId(
                                config, config.introspectClassAnnotations(base).getClassInfo())) {
            if (each.getName() != null && each.hasName() && each.getType() != base.getRawClass()) {
                names.add(each.getName());
            }
        }
        return names;
    }

    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(java.lang.reflect.Field::isEnumConstant)
                .map(
                        field -> {
                            JsonProperty named = field.getAnnotation(JsonProperty.class);
                            return named == null
                                    ? field.getName().toLowerCase(Locale.ROOT)
                                    : named.value();
                        })
                .toList();
    }

    private static String shown(JavaType type) {
        return type.isCollectionLikeType() ? "a list" : shown(type.getRawClass());
    }

    private static String shown(Class<?> type) {
        if (type == Integer.class
                || type == Long.class
                || type == int.class
                || type == long.class) {
            return "a whole number";
        }
        if (type == Double.class || type == double.class) {
            return "a number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == String.class || type.isEnum()) {
            return "a text";
        }
        return type.getSimpleName().endsWith("Method") || type == MethodDescription.class
                ? "the name of a method, or an object with it"
                : "an object";
    }

    private static String shown(JsonToken token, String text) {
        return switch (token) {
            case START_ARRAY -> "a list";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> "\"" + text + "\"";
            default -> text;
        };
    }
}
