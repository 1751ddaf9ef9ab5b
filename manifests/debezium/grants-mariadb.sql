-- The user that reads the binlog. RELOAD is for the moment's lock under which the first snapshot begins.
CREATE USER 'sipstack_cdc'@'%' IDENTIFIED BY 'change me';
GRANT SELECT ON asterisk.cdr TO 'sipstack_cdc'@'%';
GRANT SELECT ON asterisk.cel TO 'sipstack_cdc'@'%';
GRANT RELOAD, REPLICATION SLAVE, BINLOG MONITOR ON *.* TO 'sipstack_cdc'@'%';
