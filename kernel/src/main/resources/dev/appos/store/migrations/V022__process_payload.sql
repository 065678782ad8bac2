-- Inputs and answers of steps that are too large for the journal, once for each content of an instance.
create table appos.process_payload (
    instance_id uuid not null,
    digest      text not null,
    content     text not null,
    primary key (instance_id, digest)
) partition by range (instance_id);
create table appos.process_payload_rest partition of appos.process_payload default;
create table appos_archive.process_payload (
    like appos.process_payload, primary key (instance_id, digest)
) partition by range (instance_id);
