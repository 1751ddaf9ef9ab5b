package com.sipstack.asterisk.source.recording;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioTest {
    @TempDir
    private Path folder;

    @Test
    void aWavsLengthIsRead() throws IOException {
        Audio audio = of("a.wav", RecordedCalls.ANSWERED.bytes());

        assertThat(audio.seconds()).hasValue((48_364 - 44) / 16_000.0);
        assertThat(audio.isOpen()).isFalse();
        assertThat(of("b.wav", RecordedCalls.UNANSWERED.bytes()).seconds()).hasValue(0);
    }

    @Test
    void aWavThatAsteriskHasOpenSaysSoAndItsSizeTellsTheLength() throws IOException {
        Audio audio = of("a.WAV", RecordedCalls.ANSWERED.whileOpen());

        assertThat(audio.isOpen()).isTrue();
        assertThat(audio.seconds()).hasValue(3.02);
    }

    @Test
    void aWavThatWasCutIsAsLongAsWhatIsLeft() throws IOException {
        assertThat(of("a.wav", Arrays.copyOf(RecordedCalls.ANSWERED.bytes(), 16_044))
                        .seconds())
                .hasValue(1);
    }

    @Test
    void aWavWithGsmInItIsReadByItsByteRate() throws IOException {
        ByteBuffer wav49 = ByteBuffer.allocate(60 + 3250).order(ByteOrder.LITTLE_ENDIAN);
        wav49.put("RIFF".getBytes(US_ASCII))
                .putInt(52 + 3250)
                .put("WAVEfmt ".getBytes(US_ASCII))
                .putInt(20);
        wav49.putShort((short) 0x31)
                .putShort((short) 1)
                .putInt(8000)
                .putInt(1625)
                .putShort((short) 65);
        wav49.putShort((short) 0).putShort((short) 2).putShort((short) 320);
        wav49.put("fact".getBytes(US_ASCII))
                .putInt(4)
                .putInt(16_000)
                .put("data".getBytes(US_ASCII))
                .putInt(3250);

        assertThat(of("a.WAV", wav49.array()).seconds()).hasValue(2);
    }

    @Test
    void gsmHasFiftyFramesASecond() throws IOException {
        assertThat(of("a.gsm", new byte[33 * 125]).seconds()).hasValue(2.5);
    }

    @Test
    void anMp3sLengthIsReadFromItsFrames() throws IOException {
        ByteBuffer mp3 = ByteBuffer.allocate(417 * 100);
        for (int frame = 0; frame < 100; frame++) {
            mp3.position(417 * frame).put(new byte[] {(byte) 0xFF, (byte) 0xFB, (byte) 0x90, 0});
        }

        assertThat(of("a.mp3", mp3.array()).seconds().orElseThrow()).isCloseTo(2.6, within(0.05));
    }

    @Test
    void whatRealEncodersWroteIsReadAsFarAsItsHeaderTells() throws IOException {
        assertThat(tone("tone-vorbis.ogg").seconds()).hasValue(1.5);
        assertThat(tone("tone.mp3").seconds().orElseThrow()).isCloseTo(1.5, within(0.2)); // whole frames of 72 ms
        assertThat(tone("tone-opus.ogg").seconds()).isEmpty();
        assertThat(tone("tone.flac").seconds()).isEmpty();
    }

    @Test
    void aHeaderThatTellsWhatCannotBeTellsNothing() throws IOException {
        byte[] ogg = RecordedCalls.tone("tone-vorbis.ogg");
        int lastPage = new String(ogg, ISO_8859_1).lastIndexOf("OggS");
        ByteBuffer.wrap(ogg).putLong(lastPage + 6, -1); // no packet ends in this page
        byte[] wav = RecordedCalls.ANSWERED.bytes();
        ByteBuffer.wrap(wav).putInt(28, 0); // bytes a second

        assertThat(of("a.ogg", ogg).seconds()).isEmpty();
        assertThat(of("a.wav", wav).seconds()).isEmpty();
    }

    @Test
    void audioWithoutHeaderIsAsLongAsItsSizeTells() throws IOException {
        assertThat(of("a.ulaw", new byte[12_000]).seconds()).hasValue(1.5);
        assertThat(of("a.g722", new byte[12_000]).seconds()).hasValue(1.5);
        assertThat(of("a.g729", new byte[1_500]).seconds()).hasValue(1.5);
        assertThat(of("a.sln16", new byte[48_000]).seconds()).hasValue(1.5);
    }

    @Test
    void ofWhatIsNoAudioNothingIsKnown() throws IOException {
        ByteBuffer greedy = ByteBuffer.allocate(2000).order(ByteOrder.LITTLE_ENDIAN);
        greedy.put("RIFF".getBytes(US_ASCII))
                .putInt(1992)
                .put("WAVEfmt ".getBytes(US_ASCII))
                .putInt(2_000_000_000);
        for (String name : new String[] {"a.wav", "a.mp3", "a.ogg", "a.flac", "noext"}) {
            assertThat(of(name, "<html>".repeat(500).getBytes(US_ASCII)).seconds())
                    .as(name)
                    .isEmpty();
            assertThat(of(name, new byte[0]).seconds()).as(name).isEmpty();
            assertThat(of(name, greedy.array()).seconds()).as(name).isEmpty();
        }
        assertThat(Audio.of(folder.resolve("gone.wav"), 1).seconds()).isEmpty();
    }

    private Audio tone(String name) throws IOException {
        return of(name, RecordedCalls.tone(name));
    }

    private Audio of(String name, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        return Audio.of(file, bytes.length);
    }
}
