alter table matter_issue add column reminded_on date, add column told_version int;
comment on column matter_issue.told_version is 'the version of the standard that the lower tenant was asked to confirm again';
