/**
 * {@code sipstack doctor}: looks at everything a call passes on its way, one class for each area, and says what is wrong and what to do
 * about it. Looks only: nothing is changed anywhere.
 */
package com.sipstack.asterisk.allinone.doctor;
