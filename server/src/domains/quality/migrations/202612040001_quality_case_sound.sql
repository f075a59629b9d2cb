-- Lessons with sound: only where a person said so at publishing, with the passages that are silenced besides those whose text is masked.
alter table quality_case add column with_sound boolean not null default false, add column mutes jsonb not null default '[]';
