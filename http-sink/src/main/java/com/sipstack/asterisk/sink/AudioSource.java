package com.sipstack.asterisk.sink;

import com.sipstack.asterisk.model.Recording;
import java.util.Optional;

/** Where the audio of recordings comes from. For one thread. */
interface AudioSource {
    /**
     * Opens a recording's audio; may take as long as reading it.
     *
     * @return empty while there is no room for it
     */
    Optional<Audio> open(Recording recording) throws AudioException;
}
