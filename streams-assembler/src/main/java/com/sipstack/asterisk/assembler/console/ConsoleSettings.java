package com.sipstack.asterisk.assembler.console;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the console is served, to whom, and how much it remembers.
 *
 * @param basePath what its addresses begin with: empty, or a slash and a path without one at its end
 * @param token what lets somebody look; empty lets in everybody who reaches the address
 * @param replayToken what lets somebody replay letters; empty for nobody
 * @param history how long a finished call stays on the board
 * @param mostCalls how many calls the board holds, those in progress among them
 * @param mostViewers how many pages are kept up to date at a time
 */
public record ConsoleSettings(
        InetSocketAddress address,
        String basePath,
        Optional<String> token,
        Optional<String> replayToken,
        Optional<KeyStoreFile> tls,
        Duration history,
        int mostCalls,
        int mostViewers) {

    /** A certificate and its key. */
    public record KeyStoreFile(Path path, String password) {
        @Override
        public String toString() {
            return path.toString();
        }
    }
}
