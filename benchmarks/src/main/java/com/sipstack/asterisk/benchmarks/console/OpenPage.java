package com.sipstack.asterisk.benchmarks.console;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The board in a headless Chromium, and what it costs there. */
final class OpenPage implements AutoCloseable {
    /** Notes how long tasks keep the page from drawing, and how far apart its frames are. */
    private static final String WATCH = "window.watched = {long: 0, longest: 0, frames: 0, slowest: 0};"
            + "new PerformanceObserver(list => list.getEntries().forEach(task => { watched.long++; watched.longest ="
            + " Math.max(watched.longest, task.duration); })).observe({entryTypes: ['longtask']});"
            + "let last = performance.now(); (function frame(now) { if (now) { watched.frames++; watched.slowest ="
            + " Math.max(watched.slowest, now - last); last = now; } requestAnimationFrame(frame); })();";

    private final ChromeDriver browser;

    /** @param taskSeconds of the page's main thread, scripts, style, layout and painting together */
    record Cost(double taskSeconds, double scriptSeconds) {}

    private OpenPage(ChromeDriver browser) {
        this.browser = browser;
    }

    /** Empty where there is no Chromium or no chromedriver. */
    static Optional<OpenPage> open(String address) {
        Optional<File> driver = found("chromedriver");
        Optional<File> chromium = found("chromium");
        if (driver.isEmpty() || chromium.isEmpty()) {
            return Optional.empty();
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.get());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1440,900");
        ChromeDriver browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.get())
                        .build(),
                options);
        browser.executeCdpCommand("Performance.enable", Map.of());
        browser.get(address);
        return Optional.of(new OpenPage(browser));
    }

    /** How many calls the board says are in progress. */
    long calls() {
        Object text = browser.executeScript(
                "return document.querySelector('.filters .count')?.textContent.replace(/\\D/g, '') || '0'");
        return Long.parseLong(text.toString());
    }

    void watch() {
        browser.executeScript(WATCH);
    }

    /** Of the watched time: tasks of more than 50 ms, the longest of them, frames, and the longest time between two; in ms. */
    Map<String, Object> watched() {
        Map<String, Object> watched = new HashMap<>();
        for (String name : List.of("long", "longest", "frames", "slowest")) {
            watched.put(name, browser.executeScript("return Math.round(watched." + name + ")"));
        }
        return watched;
    }

    Cost cost() {
        Map<String, Double> metrics = new HashMap<>();
        Object all =
                browser.executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics");
        for (Object metric : (List<?>) all) {
            Map<?, ?> one = (Map<?, ?>) metric;
            metrics.put(one.get("name").toString(), ((Number) one.get("value")).doubleValue());
        }
        return new Cost(metrics.get("TaskDuration"), metrics.get("ScriptDuration"));
    }

    @Override
    public void close() {
        browser.quit();
    }

    private static Optional<File> found(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toFile)
                .findFirst();
    }
}
