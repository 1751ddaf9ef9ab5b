package com.sipstack.asterisk.assembler.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sipstack.asterisk.assembler.console.ConsoleSettings.KeyStoreFile;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleServerTest {
    private static final String PASSWORD = "s3cret";

    @TempDir
    private Path folder;

    @Test
    void aKeyStoreThatCannotBeUsedIsToldByItsSettingAndFile() throws Exception {
        Path good = emptyKeyStore();
        assertThat(ConsoleServer.context(new KeyStoreFile(good, PASSWORD))).isNotNull();

        assertRefused(new KeyStoreFile(good, "guess"));
        assertRefused(new KeyStoreFile(folder.resolve("nowhere.p12"), PASSWORD));
        assertRefused(new KeyStoreFile(Files.write(folder.resolve("torn.p12"), List.of("no key store")), PASSWORD));
    }

    private static void assertRefused(KeyStoreFile file) {
        assertThatThrownBy(() -> ConsoleServer.context(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("console.tls.keystore")
                .hasMessageContaining(file.path().toString())
                .hasMessageContaining("the console's key store cannot be used")
                .hasMessageNotContaining(file.password());
    }

    private Path emptyKeyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Path file = folder.resolve("console.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }
}
