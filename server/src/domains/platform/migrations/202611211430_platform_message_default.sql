-- Catches messages outside the months made ahead (a clock set forward), so that no act fails for its notice.
create table platform_message_default partition of platform_message default;
