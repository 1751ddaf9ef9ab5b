package com.sipstack.asterisk.assembler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.sipstack.asterisk.model.CallKey;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** The console in a real browser: calls of the corpus, as a person sees them. Needs chromium and chromedriver; skipped without. */
class ConsoleBrowserIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path SCREENSHOTS = Path.of("../docs/console");
    private static final String EAST = "pbx-east";
    private static final String HOSTILE =
            "<script>document.title='taken'</script>\"><img src=x onerror=document.title='taken'>\u202E1234";

    @TempDir
    static Path directory;

    private static ConsoleFixture fixture;
    private static ChromeDriver browser;
    private static String address;
    private static CallKey hostile;

    @BeforeAll
    static void openTheConsole() throws Exception {
        Path driver = found("chromedriver");
        Path chromium = found("chromium");
        assumeTrue(
                driver != null && chromium != null,
                "no chromedriver or no chromium here: apt-get install chromium chromium-driver");
        fixture = ConsoleFixture.start(directory);
        Assembler assembler = fixture.assemble(Map.of());
        address = "http://127.0.0.1:" + assembler.consoleAddress().orElseThrow().getPort() + "/";
        browser = browser(driver, chromium);
        happen();
        open("#/");
        Awaitility.await().atMost(LIMIT).until(() -> count("In progress") >= 5 && count("Just ended") >= 12);
    }

    @AfterAll
    static void closeTheConsole() {
        if (browser != null) {
            browser.quit();
        }
        if (fixture != null) {
            fixture.close();
        }
    }

    @BeforeEach
    void aDesk() {
        desk(false);
    }

    @Test
    void theBoardShowsTheCallsThatGoOn() throws Exception {
        open("#/");
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> texts(".calls .state").containsAll(List.of("Talking", "In queue")));
        assertThat(texts(".pbxs tbody th")).contains(EAST, "pbx-west");
        assertNothingSerious();
        shoot("board");
        desk(true);
        assertNothingSerious();
        shoot("board-dark");
    }

    @Test
    void aPhoneShowsTheBoardToo() throws Exception {
        open("#/");
        browser.manage().window().setSize(new Dimension(500, 900));
        Awaitility.await().atMost(LIMIT).until(() -> !texts(".calls .caller").isEmpty());
        long overflow = (Long) browser.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(overflow).isZero();
        assertNothingSerious();
        shoot("board-phone");
    }

    @Test
    void aNewCallAppearsByItself() throws Exception {
        open("#/");
        Awaitility.await().atMost(LIMIT).until(() -> count("In progress") >= 5);
        long before = count("In progress");
        fixture.play("pbx-north", "internal extension -> extension", Duration.ofSeconds(2), UnaryOperator.identity());
        Awaitility.await().atMost(LIMIT).until(() -> count("In progress") == before + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "answered,               'inbound trunk -> DID -> extension',      talk recording,  answered",
        "queue,                  'inbound -> IVR -> queue support',        menu queue ring, answered",
        "attended-transfer,      'attended transfer by AMI Atxfer',        talk hold,       answered",
        "conference,             'ConfBridge 8000 with three',             conference,      conference",
        "parked,                 'park by REFER to 700, retrieved',        park talk,       answered",
        "voicemail,              'no answer, caller leaves voicemail',     voicemail ring,  voicemail"
    })
    void aCallIsDrawn(String name, String title, String kinds, String state) throws Exception {
        CallKey call = fixture.play(EAST, title);
        openCall(call);
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> !browser.findElements(By.cssSelector(".chip[data-state=" + state + "]"))
                        .isEmpty());
        for (String kind : kinds.split(" ", -1)) {
            assertThat(browser.findElements(By.cssSelector(".ladder .span." + kind)))
                    .as(kind)
                    .isNotEmpty();
        }
        assertThat(text("#explain")).contains("direction");
        if (name.equals("parked")) {
            assertNothingSerious(); // the one with relatives
        }
        browser.manage().window().setSize(new Dimension(1280, 1000));
        shoot("call-" + name);
    }

    @Test
    void aCallIsFoundByItsNumberInTwoKeystrokes() {
        openCall(hostile);
        Awaitility.await().atMost(LIMIT).until(() -> !texts(".call h1").isEmpty());
        new Actions(browser)
                .sendKeys("/")
                .sendKeys("416 555 1234")
                .sendKeys(Keys.ENTER)
                .perform();
        Awaitility.await().atMost(LIMIT).until(() -> texts(".found .caller a").size() > 3);
        assertThat(texts(".found .caller a")).allMatch(number -> number.equals("14165551234"));
        assertNothingSerious();
        shoot("find");
    }

    @Test
    void whatACallerChoseToBeCalledStaysText() {
        open("#/find?q=" + hostile.linkedid());
        Awaitility.await().atMost(LIMIT).until(() -> !texts(".found .caller").isEmpty());
        assertThat(text(".found .caller"))
                .contains("<script>", "<img", "\\u202e")
                .doesNotContain("\u202E");
        openCall(hostile);
        Awaitility.await().atMost(LIMIT).until(() -> !texts(".ladder svg").isEmpty());
        assertThat(browser.findElements(By.cssSelector("main img, main script")))
                .isEmpty();
        assertThat(browser.getTitle()).doesNotStartWith("taken");
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                        .map(LogEntry::getMessage))
                .noneMatch(message -> message.contains("Content Security Policy"));
    }

    @Test
    void deadLettersAreShown() throws Exception {
        fixture.send(ConsoleFixture.TOPICS.cel(), EAST, "{\"pbx\": \"pbx-east\", \"eventtype\": \"<b>ANSWER</b>\"}");
        open("#/letters");
        Awaitility.await()
                .atMost(LIMIT)
                .until(() ->
                        !browser.findElements(By.cssSelector(".groups button")).isEmpty());
        browser.findElement(By.cssSelector(".groups button")).click();
        Awaitility.await()
                .atMost(LIMIT)
                .until(() ->
                        !browser.findElements(By.cssSelector(".letter pre")).isEmpty());
        assertThat(text(".letter pre")).contains("<b>ANSWER</b>");
        assertNothingSerious();
        shoot("letters");
    }

    /** Calls that ended, and calls that go on. */
    private static void happen() throws Exception {
        for (String title : List.of(
                "inbound trunk -> DID -> extension",
                "inbound, nobody answers",
                "inbound, extension busy",
                "outbound extension -> trunk",
                "outbound, trunk refuses with 404",
                "internal extension -> extension",
                "queue abandoned by the caller",
                "ring group",
                "anonymous caller",
                "caller id names with commas",
                "click to call",
                "unknown DID",
                "blind transfer by SIP REFER")) {
            fixture.play(EAST, title);
        }
        fixture.play("pbx-west", "inbound trunk -> DID -> extension", Duration.ofSeconds(4), UnaryOperator.identity());
        fixture.play(EAST, "inbound -> IVR -> queue support", Duration.ofSeconds(7), UnaryOperator.identity());
        fixture.play(EAST, "long call with holds", Duration.ofSeconds(70), UnaryOperator.identity());
        fixture.play("pbx-west", "ring group", Duration.ofMillis(900), UnaryOperator.identity());
        fixture.play("pbx-west", "outbound extension -> trunk", Duration.ofSeconds(6), UnaryOperator.identity());
        fixture.play(EAST, "park by REFER to 700, retrieved", Duration.ofSeconds(7), UnaryOperator.identity());
        hostile = fixture.play("pbx-west", "inbound trunk -> DID -> extension", Duration.ofDays(1), columns -> {
            columns.replace("cid_name", "John Smith", HOSTILE);
            columns.computeIfPresent("clid", (name, clid) -> "\"" + HOSTILE + "\" <4165551234>");
            return columns;
        });
    }

    private static ChromeDriver browser(Path driver, Path chromium) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--hide-scrollbars",
                "--lang=en-CA");
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        File executable = driver.toFile();
        return new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(executable)
                        .build(),
                options);
    }

    private static Path found(String program) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            Path path = Path.of(folder, program);
            if (Files.isExecutable(path)) {
                return path;
            }
        }
        return null;
    }

    private static void desk(boolean dark) {
        browser.manage().window().setSize(new Dimension(1440, 900));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    private static void open(String fragment) {
        browser.get("about:blank");
        browser.get(address + fragment);
    }

    private static void openCall(CallKey call) {
        Awaitility.await().atMost(LIMIT).until(() -> {
            open("#/call/" + call.pbx() + "/" + call.linkedid());
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> !browser.findElements(By.tagName("h1")).isEmpty());
            return !text("h1").equals("No such call");
        });
        Awaitility.await()
                .atMost(LIMIT)
                .until(() ->
                        !browser.findElements(By.cssSelector(".ladder svg")).isEmpty());
    }

    private static long count(String filter) {
        return browser.findElements(By.cssSelector(".filters button")).stream()
                .map(WebElement::getText)
                .filter(text -> text.startsWith(filter))
                .map(text -> text.substring(filter.length()).strip())
                .filter(text -> !text.isEmpty())
                .mapToLong(Long::parseLong)
                .sum();
    }

    @SuppressWarnings("unchecked") // the script returns texts
    private static List<String> texts(String selector) {
        return (List<String>) browser.executeScript(
                "return [...document.querySelectorAll(arguments[0])].map(node => node.textContent)", selector);
    }

    private static String text(String selector) {
        return browser.findElement(By.cssSelector(selector)).getText();
    }

    private static void assertNothingSerious() {
        Results results = new AxeBuilder().analyze(browser);
        assertThat(results.getViolations().stream()
                        .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
                        .map(ConsoleBrowserIT::describe))
                .isEmpty();
    }

    private static String describe(Rule rule) {
        return rule.getId() + ": " + rule.getNodes().get(0).getHtml() + " "
                + rule.getNodes().get(0).getAny().stream()
                        .map(check -> check.getMessage())
                        .toList();
    }

    private static void shoot(String name) {
        if (Boolean.getBoolean("screenshots.write")) {
            try {
                Files.createDirectories(SCREENSHOTS);
                Files.write(SCREENSHOTS.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
