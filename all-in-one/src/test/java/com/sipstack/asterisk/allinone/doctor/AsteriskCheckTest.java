package com.sipstack.asterisk.allinone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sipstack.asterisk.allinone.EnvTargets.Manager;
import com.sipstack.asterisk.allinone.EnvTargets.RowsFrom;
import com.sipstack.asterisk.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against manager interfaces on real sockets. What commands print is as Asterisk's cdr.c, cel.c and manager.c print it. */
class AsteriskCheckTest {
    private static final String USER = """
                   username: sipstack
                     secret: <Set>
                        ACL: yes
                  read perm: call,cdr
                 write perm: command
            """;

    private static final String CDR = """

            Call Detail Record (CDR) settings
            ----------------------------------
              Logging:                    Enabled
              Mode:                       Simple
              Log calls by default:       Yes
              Log unanswered calls:       Yes
              Log congestion:             Yes

              Ignore bridging changes:    No

              Ignore dial state changes:  No

            * Registered Backends
              -------------------
                cdr_manager
                Adaptive ODBC

            """;

    private static final String CEL = """
            CEL Logging: Enabled
            CEL Tracking Event: CHAN_START
            CEL Tracking Event: CHAN_END
            CEL Tracking Event: HANGUP
            CEL Tracking Event: ANSWER
            CEL Tracking Event: APP_START
            CEL Tracking Event: APP_END
            CEL Tracking Event: PARK_START
            CEL Tracking Event: PARK_END
            CEL Tracking Event: USER_DEFINED
            CEL Tracking Event: BRIDGE_ENTER
            CEL Tracking Event: BRIDGE_EXIT
            CEL Tracking Event: BLINDTRANSFER
            CEL Tracking Event: ATTENDEDTRANSFER
            CEL Tracking Event: LINKEDID_END
            CEL Tracking Event: PICKUP
            CEL Tracking Event: FORWARD
            CEL Tracking Application: all
            CEL Event Subscriber: Manager Event Logging
            CEL Event Subscriber: ODBC CEL sink
            """;

    private ManagerServer pbx;

    @BeforeEach
    void startPbx() throws IOException {
        pbx = new ManagerServer();
    }

    @AfterEach
    void stopPbx() throws IOException {
        pbx.close();
    }

    @Test
    void pbxThatWritesEverythingIsInOrder() throws Exception {
        inOrder();

        Found found = look(RowsFrom.MANAGER).hasNothingWorseThan(Severity.OK);

        found.has(Severity.OK, "logged in as sipstack");
        found.has(Severity.OK, "cdr_manager, Adaptive ODBC");
        found.has(Severity.OK, "linkedid and sequence");
        assertThat(found.has(Severity.OK, "applications logged: all").area()).isEqualTo(Area.CEL);
    }

    @Test
    void commandsOfAsterisk13AreReadToo() throws Exception {
        inOrder().isOld();

        look(RowsFrom.MANAGER).hasNothingWorseThan(Severity.OK).has(Severity.OK, "applications logged: all");
    }

    @Test
    void pbxThatReadsFromItsDatabaseNeedsNoManager() throws Exception {
        inOrder()
                .answers("cdr show status", CDR.replace("    cdr_manager\n", ""))
                .answers("cel show status", CEL.replace("CEL Event Subscriber: Manager Event Logging\n", ""));

        look(RowsFrom.DATABASE).hasNothingWorseThan(Severity.OK);
    }

    @Test
    void wrongSecretIsToldWithTheUsersSection() throws Exception {
        Manager wrong = manager(pbx.port(), "wr0ng-secret", RowsFrom.MANAGER, Optional.empty());

        Found found = Found.by(new AsteriskCheck(wrong), Map.of("AMI_PASSWORD", "wr0ng-secret"));

        assertThat(found.has(Severity.ERROR, "Authentication failed").remedy())
                .contains("[sipstack]", "read = call,cdr");
        assertThat(found.toString()).doesNotContain("wr0ng-secret");
    }

    @Test
    void userWithoutCommandsIsToldHowToGiveThem() throws Exception {
        assertThat(look(RowsFrom.MANAGER)
                        .has(Severity.WARNING, "may give no commands")
                        .remedy())
                .contains("write = command");
    }

    @Test
    void userWithoutClassesGetsNoRows() throws Exception {
        inOrder().answers("manager show user sipstack", USER.replace("call,cdr", "system"));

        Found found = look(RowsFrom.MANAGER);

        found.has(Severity.ERROR, "may not read class cdr");
        found.has(Severity.ERROR, "may not read class call");
    }

    @Test
    void suspendedManagerIsToldHowToGoOn() throws Exception {
        inOrder().answers("cdr show status", CDR.replace("cdr_manager", "cdr_manager (suspended) "));

        assertThat(look(RowsFrom.MANAGER)
                        .has(Severity.ERROR, "cdr_manager is suspended")
                        .remedy())
                .contains("module load cdr_manager.so");
    }

    @Test
    void managerThatIsNotLoadedIsToldApartFromOneThatIsNotEnabled() throws Exception {
        inOrder()
                .answers("cdr show status", CDR.replace("    cdr_manager\n", ""))
                .answers("module show like cdr_manager", """
                Module                         Description                              Use Count  Status      Support Level
                0 modules loaded
                """);
        assertThat(look(RowsFrom.MANAGER)
                        .has(Severity.ERROR, "cdr_manager.so is not loaded")
                        .remedy())
                .contains("linkedid => LinkedID");

        pbx.answers("module show like cdr_manager", """
                Module                         Description                              Use Count  Status      Support Level
                cdr_manager.so                 Asterisk Manager Interface CDR Backend   0          Running              core
                1 modules loaded
                """);
        look(RowsFrom.MANAGER).has(Severity.ERROR, "not enabled in its file");
    }

    @Test
    void batchesAreToldWithTheirSizeAndTime() throws Exception {
        inOrder().answers("cdr show status", CDR.replace("Simple", "Batch").replace("* Registered", """
                * Batch Mode Settings
                  -------------------
                  Safe shutdown:              Yes
                  Threading model:            Scheduler plus separate threads
                  Current batch size:         7 records
                  Maximum batch size:         100 records
                  Maximum batch time:         300 seconds
                  Next batch processing time: 12 seconds

                * Registered"""));

        Finding batch = look(RowsFrom.MANAGER).has(Severity.WARNING, "written in batches");

        assertThat(batch.text()).contains("up to 100 records or 300 seconds late, 7 records waiting now");
        assertThat(batch.remedy()).contains("batch = no");
    }

    @Test
    void cdrsThatAreSwitchedOffAreAnError() throws Exception {
        inOrder().answers("cdr show status", CDR.replace("Enabled", "Disabled"));

        look(RowsFrom.DATABASE).has(Severity.ERROR, "CDRs are switched off");
    }

    @Test
    void cdrsThatGoToNoDatabaseAreNotReadFromOne() throws Exception {
        inOrder().answers("cdr show status", CDR.replace("Adaptive ODBC", "csv"));

        look(RowsFrom.DATABASE).has(Severity.WARNING, "none of these writes to the database");
    }

    @Test
    void unansweredCallsWithoutCdrAreNoted() throws Exception {
        inOrder().answers("cdr show status", CDR.replace("unanswered calls:       Yes", "unanswered calls:       No"));

        look(RowsFrom.MANAGER).has(Severity.NOTE, "unanswered = no");
    }

    @Test
    void congestionThatReadsAsFailureIsNoted() throws Exception {
        inOrder().answers("cdr show status", CDR.replace("congestion:             Yes", "congestion:             No"));

        look(RowsFrom.MANAGER).has(Severity.NOTE, "congestion = no");
    }

    @Test
    void pbxThatKnowsNoCdrsIsNoted() throws Exception {
        inOrder().answers("cdr show status", "No such command 'cdr show status' (type 'core show help' for help)");

        look(RowsFrom.DATABASE).has(Severity.NOTE, "does not say what it does with CDRs");
    }

    @Test
    void cdrsWithoutLinkedidStayApart() throws Exception {
        inOrder().showsFile("cdr_manager.conf", "Category-000000: general", "Line-000000-000000: enabled=yes");

        assertThat(look(RowsFrom.MANAGER)
                        .has(Severity.ERROR, "does not map linkedid")
                        .remedy())
                .contains("linkedid => LinkedID", "sequence => Sequence");
    }

    @Test
    void cdrsWithoutSequenceMayBeTakenForOne() throws Exception {
        inOrder()
                .showsFile(
                        "cdr_manager.conf", "Line-000000-000000: enabled=yes", "Line-000001-000000: linkedid=LinkedID");

        look(RowsFrom.MANAGER).has(Severity.WARNING, "does not map sequence");
    }

    @Test
    void mappingsThatMayNotBeSeenAreNoFault() throws Exception {
        pbx.answers("manager show user sipstack", USER)
                .answers("cdr show status", CDR)
                .answers("cel show status", CEL);

        look(RowsFrom.MANAGER).hasNothingWorseThan(Severity.NOTE).has(Severity.NOTE, "cannot be seen");
    }

    @Test
    void applicationsThatNobodyNamedCostRecordings() throws Exception {
        inOrder().answers("cel show status", CEL.replace("CEL Tracking Application: all\n", ""));

        Finding missing = look(RowsFrom.MANAGER).has(Severity.WARNING, "no apps=");

        assertThat(missing.area()).isEqualTo(Area.CEL);
        assertThat(missing.remedy()).contains("Recordings cannot be tied to calls", "apps = all");
    }

    @Test
    void applicationsThatCountAsNoEventAreMissed() throws Exception {
        inOrder().answers("cel show status", CEL.replace("CEL Tracking Event: APP_START\n", ""));

        look(RowsFrom.MANAGER).has(Severity.WARNING, "does not log APP_START: no application is seen");
    }

    @Test
    void eventsThatAreNotLoggedAreToldByWhatTheyCost() throws Exception {
        inOrder()
                .answers(
                        "cel show status",
                        CEL.replace("CEL Tracking Event: HANGUP\n", "")
                                .replace("CEL Tracking Event: LINKEDID_END\n", "")
                                .replace("CEL Tracking Event: PICKUP\n", ""));

        Found found = look(RowsFrom.MANAGER);

        assertThat(found.has(Severity.ERROR, "does not log HANGUP").remedy())
                .contains("Who called", "events = CHAN_START");
        found.has(Severity.WARNING, "does not log LINKEDID_END");
        found.has(Severity.NOTE, "does not log PICKUP");
    }

    @Test
    void channelEventsThatAreSwitchedOffAreAnError() throws Exception {
        inOrder().answers("cel show status", "CEL Logging: Disabled\n");

        look(RowsFrom.MANAGER).has(Severity.ERROR, "channel events are switched off");
    }

    @Test
    void channelEventsHaveToGoWhereTheyAreReadFrom() throws Exception {
        inOrder().answers("cel show status", CEL.replaceAll("CEL Event Subscriber: .*", ""));

        assertThat(look(RowsFrom.MANAGER)
                        .has(Severity.ERROR, "do not go to the manager interface")
                        .remedy())
                .contains("[manager]");
        look(RowsFrom.FILE).has(Severity.ERROR, "do not go to cel_custom's file");
        look(RowsFrom.DATABASE).has(Severity.WARNING, "no backend writes channel events to a database");
    }

    @Test
    void portWhereNobodyListensIsToldWithWhatOpensIt() throws Exception {
        Manager nobody = manager(FreePort.any(), ManagerServer.SECRET, RowsFrom.MANAGER, Optional.empty());

        assertThat(Found.by(new AsteriskCheck(nobody))
                        .has(Severity.ERROR, "refused")
                        .remedy())
                .contains("enabled = yes", "bindaddr");
    }

    @Test
    void otherProgramIsNotTakenForAsterisk() throws Exception {
        pbx.says("SSH-2.0-OpenSSH_9.2");

        look(RowsFrom.MANAGER).has(Severity.ERROR, "no manager interface: 'SSH-2.0-OpenSSH_9.2'");
    }

    @Test
    @Tag("long")
    void managerThatSaysNothingIsToldAsSuch() throws Exception {
        pbx.says("");

        assertThat(look(RowsFrom.MANAGER).has(Severity.ERROR, "no answer").remedy())
                .contains("firewalls");
    }

    @Test
    void hostThatDoesNotExistIsToldAsSuch() throws Exception {
        Manager missing = new Manager(
                "pbx.invalid", 5038, "sipstack", "", false, Optional.empty(), RowsFrom.MANAGER, RowsFrom.MANAGER);

        Found.by(new AsteriskCheck(missing)).has(Severity.ERROR, "there is no host of this name");
    }

    @Test
    void encryptedInterfaceIsTrustedByItsOwnCertificate(@TempDir Path folder) throws Exception {
        HeldCertificate own = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        var identity = new HandshakeCertificates.Builder().heldCertificate(own).build();
        Path file = Files.writeString(folder.resolve("asterisk.pem"), own.certificatePem());
        pbx.close();
        pbx = new ManagerServer(identity.sslContext().getServerSocketFactory());
        inOrder();

        Manager trusting = manager(pbx.port(), ManagerServer.SECRET, RowsFrom.MANAGER, Optional.of(file));
        Found.by(new AsteriskCheck(trusting)).hasNothingWorseThan(Severity.OK);
    }

    @Test
    void encryptionThatThePbxDoesNotSpeakIsToldWithItsPort(@TempDir Path folder) throws Exception {
        HeldCertificate any = new HeldCertificate.Builder().build();
        Path file = Files.writeString(folder.resolve("any.pem"), any.certificatePem());

        Manager encrypted = manager(pbx.port(), ManagerServer.SECRET, RowsFrom.MANAGER, Optional.of(file));
        assertThat(Found.by(new AsteriskCheck(encrypted))
                        .has(Severity.ERROR, "127.0.0.1")
                        .remedy())
                .contains("AMI_TLS", "tlsbindaddr");
    }

    private ManagerServer inOrder() {
        return pbx.answers("manager show user sipstack", USER)
                .answers("cdr show status", CDR)
                .answers("cel show status", CEL)
                .showsFile(
                        "cdr_manager.conf",
                        "Category-000000: general",
                        "Line-000000-000000: enabled=yes",
                        "Category-000001: mappings",
                        "Line-000001-000000: linkedid=LinkedID",
                        "Line-000001-000001: sequence=Sequence");
    }

    private Found look(RowsFrom rows) throws Exception {
        return Found.by(new AsteriskCheck(manager(pbx.port(), ManagerServer.SECRET, rows, Optional.empty())));
    }

    /** @param authorities empty for no TLS */
    private static Manager manager(int port, String secret, RowsFrom rows, Optional<Path> authorities) {
        return new Manager(
                "127.0.0.1", port, ManagerServer.USER, secret, authorities.isPresent(), authorities, rows, rows);
    }
}
