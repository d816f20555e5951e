#!/usr/bin/env bash
# khal 0.14.1 (PyPI): each time a calendar file is imported again, two copies of every event stay behind beside it.
#
# An event with a UID that the calendar already has takes the place of the old one, as it should: the calendar shows it
# once.
#
# A good guess: a calendar's folder holds one file for each event, however often the same reminders are imported.
# Seen: UID.ics alone after the first import; UID.ics and two files UID.icsXXXXXXXX after the second, four after the
# third. khal itself does not read them, as they do not end in .ics; what copies the folder elsewhere carries them along.
set -euo pipefail
cd "$(mktemp -d)"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check khal==0.14.1 2>/dev/null
mkdir -p calendars/home
cat > settings <<SETTINGS
[calendars]
[[home]]
path = $PWD/calendars/home
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = $PWD/cache.db
SETTINGS
printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//example//reminders//EN BEGIN:VEVENT UID:count@example.org \
  DTSTAMP:20261201T020000Z DTSTART:20261203T090000 DTEND:20261203T090100 SUMMARY:count END:VEVENT END:VCALENDAR > one.ics
counts=()
for _ in 1 2 3; do
  env/bin/khal -c settings import --batch -a home one.ics > /dev/null
  counts+=("$(find calendars/home -type f | wc -l | tr -d ' ')")
done
shown=$(env/bin/khal -c settings list --day-format '' 2026-12-03 1d | grep -c count)
echo "files after each import: ${counts[*]}; shown: $shown time(s)"
[ "${counts[*]}" = "1 3 5" ] && [ "$shown" = 1 ]
