/** How fast the database source reads what a PBX wrote while nobody read. */
package com.sipstack.asterisk.benchmarks.catchup;
