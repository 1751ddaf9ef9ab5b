package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.embedded.EmbeddedWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Connect worker in a process of its own, to be killed. */
final class WorkerProcess implements AutoCloseable {
    private final Process process;

    private WorkerProcess(Process process) {
        this.process = process;
    }

    static WorkerProcess start(String bootstrapServers) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new WorkerProcess(new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerProcess.class.getName(),
                        bootstrapServers)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Ends it as a service manager does: its tasks hand back what they hold, and go to the other workers. */
    void leave() throws InterruptedException {
        process.destroy();
        process.waitFor(60, TimeUnit.SECONDS);
    }

    /** Ends it as a power failure does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Runs a worker until it is told to end or killed. */
    public static void main(String[] args) throws Exception {
        EmbeddedWorker worker = EmbeddedWorker.start(args[0], 0, Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "end-of-worker"));
    }
}
