-- Lines whose sound is encrypted (SRTP). Its keys travel in the signalling, which therefore has to be TLS.
alter table telephony_trunk add column srtp boolean not null default false;
alter table telephony_trunk add constraint telephony_trunk_srtp_check check (not srtp or transport = 'tls');
