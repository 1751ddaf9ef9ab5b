package com.sipstack.asterisk.allinone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.allinone.EnvTargets.Manager;
import com.sipstack.asterisk.allinone.EnvTargets.RowsFrom;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Checks side by side, and what is printed of them. */
class CheckupTest {
    private static final Secrets NONE = Secrets.of(List.of());

    @Test
    void targetThatHangsHoldsUpNoOther() throws Exception {
        try (ManagerServer silent = new ManagerServer().says("")) {
            Manager target = new Manager(
                    "127.0.0.1",
                    silent.port(),
                    "sipstack",
                    "",
                    false,
                    Optional.empty(),
                    RowsFrom.MANAGER,
                    RowsFrom.MANAGER);

            List<Finding> findings = new Checkup(Duration.ofSeconds(1), NONE)
                    .run(List.of(new AsteriskCheck(target), check(Area.KAFKA, out -> out.ok("fine"))));

            assertThat(of(Area.ASTERISK, findings).text()).contains("did not come to an end within 1 s");
            assertThat(of(Area.KAFKA, findings).severity()).isEqualTo(Severity.OK);
        }
    }

    @Test
    void whatWasFoundBeforeItHungIsKept() throws Exception {
        List<Finding> findings = new Checkup(Duration.ofSeconds(1), NONE).run(List.of(check(Area.KAFKA, out -> {
            out.warning("slow", "");
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        })));

        assertThat(findings).filteredOn(finding -> finding.area() == Area.KAFKA).hasSize(2);
    }

    @Test
    void areaThatNothingNamesIsSaidToBeUnchecked() throws Exception {
        List<Finding> findings = new Checkup(Duration.ofSeconds(1), NONE).run(List.of());

        assertThat(findings)
                .hasSize(Area.values().length)
                .allMatch(finding -> finding.severity() == Severity.NOT_CHECKED);
        assertThat(new Report(findings).exitCode()).isZero();
    }

    @Test
    void worstFindingMakesTheExitCode() throws Exception {
        assertThat(exitCode(out -> out.note("odd", ""))).isZero();
        assertThat(exitCode(out -> out.warning("late", ""))).isEqualTo(1);
        assertThat(exitCode(out -> {
                    out.error("lost", "");
                    out.warning("late", "");
                }))
                .isEqualTo(2);
    }

    @Test
    void faultThatNobodyThoughtOfIsAnErrorOfItsArea() throws Exception {
        assertThat(exitCode(out -> {
                    throw new IllegalStateException("odd");
                }))
                .isEqualTo(2);
    }

    @Test
    void coloursAreForTerminalsAlone() throws Exception {
        Report report = new Report(List.of(new Finding(Severity.ERROR, Area.KAFKA, "lost", "first\nthen")));

        assertThat(printed(report, false))
                .contains("Kafka", "  ✗ lost", "      first\n      then", "1 error, 0 warnings")
                .doesNotContain("\u001b");
        assertThat(printed(report, true)).contains("\u001b[31m✗\u001b[0m lost");
    }

    @Test
    void secretsAndEscapeSequencesAreNotPrinted() {
        Findings out = new Findings(
                Area.DATABASE, Secrets.of(List.of(Map.of("DB_PASSWORD", "hunter2!", "DB_USER", "asterisk"))));

        out.error("asterisk used hunter2! and \u001b[2J", "");

        assertThat(out.all().get(0).text()).isEqualTo("asterisk used *** and \\u001b[2J");
    }

    private interface Looking {
        void look(Findings out) throws Exception;
    }

    private static Check check(Area area, Looking looking) {
        return new Check() {
            @Override
            public Area area() {
                return area;
            }

            @Override
            public void run(Findings out) throws Exception {
                looking.look(out);
            }
        };
    }

    private static int exitCode(Looking looking) throws InterruptedException {
        return new Report(new Checkup(Duration.ofMinutes(1), NONE).run(List.of(check(Area.CSV, looking)))).exitCode();
    }

    private static Finding of(Area area, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.area() == area)
                .findFirst()
                .orElseThrow();
    }

    private static String printed(Report report, boolean isColored) {
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text), isColored);
        return text.toString();
    }
}
