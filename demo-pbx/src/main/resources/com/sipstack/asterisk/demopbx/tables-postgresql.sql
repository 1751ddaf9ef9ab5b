CREATE TABLE cdr (
    id SERIAL PRIMARY KEY,
    calldate TIMESTAMP NOT NULL DEFAULT NOW(),
    clid VARCHAR(80) NOT NULL DEFAULT '',
    src VARCHAR(80) NOT NULL DEFAULT '',
    dst VARCHAR(80) NOT NULL DEFAULT '',
    dcontext VARCHAR(80) NOT NULL DEFAULT '',
    channel VARCHAR(80) NOT NULL DEFAULT '',
    dstchannel VARCHAR(80) NOT NULL DEFAULT '',
    lastapp VARCHAR(80) NOT NULL DEFAULT '',
    lastdata VARCHAR(80) NOT NULL DEFAULT '',
    duration INTEGER NOT NULL DEFAULT 0,
    billsec INTEGER NOT NULL DEFAULT 0,
    disposition VARCHAR(45) NOT NULL DEFAULT '',
    amaflags INTEGER NOT NULL DEFAULT 0,
    accountcode VARCHAR(20) NOT NULL DEFAULT '',
    uniqueid VARCHAR(150) NOT NULL DEFAULT '',
    userfield VARCHAR(255) NOT NULL DEFAULT '',
    linkedid VARCHAR(150) NOT NULL DEFAULT '',
    sequence INTEGER NOT NULL DEFAULT 0,
    peeraccount VARCHAR(20) NOT NULL DEFAULT ''
);
CREATE TABLE cel (
    id SERIAL PRIMARY KEY,
    eventtype VARCHAR(30) NOT NULL,
    eventtime TIMESTAMP NOT NULL,
    cid_name VARCHAR(80) NOT NULL DEFAULT '',
    cid_num VARCHAR(80) NOT NULL DEFAULT '',
    cid_ani VARCHAR(80) NOT NULL DEFAULT '',
    cid_rdnis VARCHAR(80) NOT NULL DEFAULT '',
    cid_dnid VARCHAR(80) NOT NULL DEFAULT '',
    exten VARCHAR(80) NOT NULL DEFAULT '',
    context VARCHAR(80) NOT NULL DEFAULT '',
    channame VARCHAR(80) NOT NULL DEFAULT '',
    appname VARCHAR(80) NOT NULL DEFAULT '',
    appdata VARCHAR(512) NOT NULL DEFAULT '',
    amaflags INTEGER NOT NULL DEFAULT 0,
    accountcode VARCHAR(20) NOT NULL DEFAULT '',
    uniqueid VARCHAR(150) NOT NULL DEFAULT '',
    linkedid VARCHAR(150) NOT NULL DEFAULT '',
    peer VARCHAR(512) NOT NULL DEFAULT '',
    userdeftype VARCHAR(255) NOT NULL DEFAULT '',
    extra VARCHAR(512) NOT NULL DEFAULT ''
);
CREATE INDEX idx_cdr_calldate ON cdr(calldate);
CREATE INDEX idx_cdr_linkedid ON cdr(linkedid);
CREATE INDEX idx_cel_eventtime ON cel(eventtime);
CREATE INDEX idx_cel_linkedid ON cel(linkedid);
