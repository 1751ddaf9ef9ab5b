package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Whatever the documents tell people to type. */
class DocsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```sh([^\\n]*)\\n(.*?)^```", Pattern.DOTALL);
    private static final Pattern OURS = Pattern.compile("(?m)^(?:\\./)?sipstack +(.+)$");
    private static final Pattern CONTINUED = Pattern.compile("\\\\\\n\\s*");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    /** What a block may need that is not here; CONTRIBUTING.md says what each means. */
    private static final Set<String> NEEDS =
            Set.of("build", "pbx", "kafka", "connect", "docker", "kubernetes", "files", "bench", "stays");

    /** A block of a document. */
    private record Block(Path document, Set<String> needs, String text) {
        /** As the shell joins its lines. */
        String joined() {
            return CONTINUED.matcher(text).replaceAll(" ");
        }

        @Override
        public String toString() {
            return document + ": " + text.lines().findFirst().orElse("");
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyCommandOfOursIsOneThatTheProgramTakes(Block block) {
        assertThat(NEEDS).containsAll(block.needs());
        // The script hands measurements over to benchmarks/run
        assumeFalse(block.needs().contains("bench"), "a benchmark's own options");
        OURS.matcher(block.joined())
                .results()
                .map(command -> words(command.group(1)))
                .forEach(words -> assertThatCode(() -> program().parseArgs(words))
                        .as(Arrays.toString(words))
                        .doesNotThrowAnyException());
    }

    @Test
    @Tag("long")
    void everyBlockThatNeedsNothingRunsAsItStands() throws Exception {
        List<Block> free = blocks().filter(block -> block.needs().isEmpty()).toList();
        assertThat(free).isNotEmpty();
        for (Block block : free) {
            Process shell = new ProcessBuilder("sh", "-eu", "-c", block.text())
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(shell.waitFor()).as(block + "\n" + said).isZero();
        }
    }

    private static CommandLine program() {
        return new CommandLine(Sipstack.class).setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static String[] words(String command) {
        return WORD.matcher(command)
                .results()
                .map(word -> Stream.of(word.group(1), word.group(2), word.group(3))
                        .filter(part -> part != null)
                        .findFirst()
                        .orElseThrow())
                .takeWhile(word -> !Set.of("|", ">", "<", "&&", "&").contains(word))
                .toArray(String[]::new);
    }

    private static Stream<Block> blocks() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        for (String folder : List.of("docs", "manifests")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
            }
        }
        List<Block> blocks = new ArrayList<>();
        for (Path document : documents) {
            BLOCK.matcher(Files.readString(document))
                    .results()
                    .forEach(block -> blocks.add(new Block(document, needs(block.group(1)), block.group(2))));
        }
        return blocks.stream();
    }

    private static Set<String> needs(String words) {
        return words.isBlank() ? Set.of() : Set.of(words.strip().split(" +", -1));
    }
}
