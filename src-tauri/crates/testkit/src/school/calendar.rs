//! Days and hours of Moscow, where the demo school is.

use std::ops::Range;

pub(super) const MINUTE: u64 = 60_000;
pub(super) const HOUR: u64 = 60 * MINUTE;
pub(super) const DAY: u64 = 24 * HOUR;
const MOSCOW: u64 = 3 * HOUR;

/// How far back the history reaches.
pub(super) const WEEKS: u64 = 4;

/// A day as its number since 1970 in Moscow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(u64);

impl Day {
    pub fn of(time: u64) -> Self {
        Self((time + MOSCOW) / DAY)
    }

    pub fn before(self, days: u64) -> Self {
        Self(self.0 - days)
    }

    pub fn after(self, days: u64) -> Self {
        Self(self.0 + days)
    }

    /// The moment `minutes` after midnight.
    pub fn at(self, minutes: u64) -> u64 {
        self.0 * DAY - MOSCOW + minutes * MINUTE
    }

    /// 0 is Monday; the first of January 1970 was a Thursday.
    pub fn weekday(self) -> usize {
        ((self.0 + 3) % 7) as usize
    }

    pub fn is_weekend(self) -> bool {
        self.weekday() >= 5
    }

    /// The last day not later than this one that has lessons.
    pub fn school_day(self) -> Self {
        if self.is_weekend() {
            self.before(1).school_day()
        } else {
            self
        }
    }

    /// The first day from this one on that has lessons.
    pub fn next_school_day(self) -> Self {
        if self.is_weekend() {
            self.after(1).next_school_day()
        } else {
            self
        }
    }

    /// «26 ноября».
    pub fn date(self) -> String {
        const MONTHS: [&str; 12] = [
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "ноября",
            "декабря",
        ];
        let (month, day) = self.month_and_day();
        format!("{day} {}", MONTHS[month - 1])
    }

    /// «в среду».
    pub fn on(self) -> &'static str {
        [
            "в понедельник",
            "во вторник",
            "в среду",
            "в четверг",
            "в пятницу",
            "в субботу",
            "в воскресенье",
        ][self.weekday()]
    }

    /// «среду».
    pub fn accusative(self) -> &'static str {
        [
            "понедельник",
            "вторник",
            "среду",
            "четверг",
            "пятницу",
            "субботу",
            "воскресенье",
        ][self.weekday()]
    }

    /// The civil date by the usual arithmetic with eras of 400 years that begin in March.
    fn month_and_day(self) -> (usize, usize) {
        let days = self.0 + 719_468;
        let day_of_era = days % 146_097;
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        (month as usize, day as usize)
    }
}

/// Whether people write at this moment, by the hours given.
pub(super) fn awake(time: u64, hours: Range<u64>) -> bool {
    let hour = (time + MOSCOW) % DAY / HOUR;
    hours.contains(&hour)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-22 11:00 UTC, a Sunday.
    const SUNDAY: u64 = 1_795_345_200_000;

    #[test]
    fn days_have_their_names() {
        let day = Day::of(SUNDAY);
        assert_eq!((day.date().as_str(), day.weekday()), ("22 ноября", 6));
        assert_eq!(day.school_day().date(), "20 ноября");
        assert_eq!(day.next_school_day().on(), "в понедельник");
        assert_eq!(day.after(100).date(), "2 марта");
    }

    #[test]
    fn a_moment_of_a_day_is_moscow_time() {
        assert_eq!(Day::of(SUNDAY).at(14 * 60), SUNDAY);
        assert!(awake(SUNDAY, 8..22));
        assert!(!awake(SUNDAY + 9 * HOUR, 8..22));
    }
}
