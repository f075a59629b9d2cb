-- Who of those who keep reports may change a spreadsheet report (ANA-40: rights of departments on designing); all of them where nobody is named.
alter table reports_sheet add column designers jsonb not null default '{"all": true, "unitIds": [], "userIds": []}';
