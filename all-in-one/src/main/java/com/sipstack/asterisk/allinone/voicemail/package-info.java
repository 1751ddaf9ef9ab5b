/**
 * Asterisk's {@code mailcmd}: puts a transcription into the mail that Asterisk sends of a voicemail. Asterisk starts it for each mail,
 * so it stands on few libraries and starts fast; and whatever goes wrong, the mail goes out.
 */
package com.sipstack.asterisk.allinone.voicemail;
