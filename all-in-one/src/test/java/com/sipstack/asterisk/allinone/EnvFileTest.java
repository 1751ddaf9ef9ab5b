package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {
    @TempDir
    Path directory;

    @Test
    void readsWhatTheIncumbentsUsersWrote() throws Exception {
        Map<String, String> variables = read("""
                # Required - API
                API_KEY=sk_1234567890abcdef1234567890abcdef  # Your SIPSTACK API key
                DB_HOST=localhost                             # Database host
                TENANT=                                       # Optional tenant identifier
                DB_PORT = 3306

                export REGION=us1
                """);

        assertThat(variables)
                .containsExactly(
                        Map.entry("API_KEY", "sk_1234567890abcdef1234567890abcdef"),
                        Map.entry("DB_HOST", "localhost"),
                        Map.entry("TENANT", ""),
                        Map.entry("DB_PORT", "3306"),
                        Map.entry("REGION", "us1"));
    }

    @Test
    void aPasswordMayHoldAHashAndAnEqualsSign() throws Exception {
        assertThat(read("DB_PASSWORD=pa#ss=word")).containsEntry("DB_PASSWORD", "pa#ss=word");
        assertThat(read("DB_PASSWORD=#pass # word")).containsEntry("DB_PASSWORD", "#pass");
        assertThat(read("DB_PASSWORD=\"pa ss # \\\"word\\\"\" # quoted"))
                .containsEntry("DB_PASSWORD", "pa ss # \"word\"");
        assertThat(read("DB_PASSWORD='pa\\ss # word'")).containsEntry("DB_PASSWORD", "pa\\ss # word");
    }

    @Test
    void aDollarThatDockerComposeWouldReplaceIsToldByItsVariable() throws Exception {
        Path file = Files.writeString(directory.resolve(".env"), """
                DB_PASSWORD=pa$word
                AMI_PASSWORD="pa$word"
                API_KEY='sk_$1' # as it is
                REGION=us1 # costs $ 1
                """);

        assertThat(EnvFile.namesWithDollar(file)).containsExactly("DB_PASSWORD", "AMI_PASSWORD");
        assertThat(EnvFile.read(file)).containsEntry("DB_PASSWORD", "pa$word").containsEntry("API_KEY", "sk_$1");
    }

    @Test
    void ofTwoOfANameTheLastCounts() throws Exception {
        assertThat(read("REGION=us1\nREGION=ca1\n")).containsExactly(Map.entry("REGION", "ca1"));
    }

    @Test
    void aLineThatIsNoAssignmentIsNamed() {
        assertThatThrownBy(() -> read("REGION=us1\nDB_HOST localhost\n")).hasMessageContaining("line 2");
    }

    @Test
    void aQuoteThatDoesNotEndIsToldAndNoPartOfAPassword() {
        for (String line :
                new String[] {"DB_PASSWORD=\"s3cret # old", "DB_PASSWORD='s3cret", "DB_PASSWORD=\"s3cret\\\""}) {
            assertThatThrownBy(() -> read("REGION=us1\n" + line))
                    .hasMessageContaining("line 2: the quote")
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> EnvFile.read(directory.resolve("nowhere.env")))
                .hasMessageContaining("nowhere.env")
                .hasMessageContaining("no such file");
    }

    @Test
    void aFileOfAnotherEncodingIsTold() throws Exception {
        Path file = directory.resolve(".env");
        Files.write(file, "DB_PASSWORD=pässword".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> EnvFile.read(file))
                .hasMessageContaining("UTF-8")
                .hasMessageContaining(".env");
    }

    private Map<String, String> read(String text) throws Exception {
        return EnvFile.read(Files.writeString(directory.resolve(".env"), text));
    }
}
