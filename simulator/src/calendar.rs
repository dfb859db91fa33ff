//! Dates for people and for X's answers.

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/// A moment in UTC.
pub struct Moment {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    days: i64,
}

impl Moment {
    /// From seconds since 1970.
    pub fn new(seconds: i64) -> Self {
        let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        // Years that begin in March put the leap day last; 146,097 days make 400 of them.
        let shifted = days + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        Self {
            year: era * 400 + year_of_era + i64::from(month <= 2),
            month,
            day: of_year - (153 * from_march + 2) / 5 + 1,
            hour: rest / 3600,
            minute: rest / 60 % 60,
            second: rest % 60,
            days,
        }
    }

    pub fn month_name(&self) -> &'static str {
        usize::try_from(self.month - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or("")
    }

    /// `2026-11-22T16:05:09.000Z`, as API v2 writes it.
    pub fn iso(&self) -> String {
        let Self { year, month, day, hour, minute, second, .. } = self;
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.000Z")
    }

    /// API 1.1's `Sun Nov 22 16:05:09 +0000 2026`
    pub fn v1(&self) -> String {
        let Self { year, day, hour, minute, second, days, .. } = self;
        let weekday = usize::try_from(days.rem_euclid(7)).map_or("", |day| WEEKDAYS[day]);
        format!("{weekday} {} {day:02} {hour:02}:{minute:02}:{second:02} +0000 {year}", self.month_name())
    }

    /// `22 Nov 2026, 16:05`
    pub fn plain(&self) -> String {
        let Self { year, day, hour, minute, .. } = self;
        format!("{day} {} {year}, {hour:02}:{minute:02}", self.month_name())
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn moments_are_where_the_calendar_has_them() {
        for (seconds, iso, v1) in [
            (0, "1970-01-01T00:00:00.000Z", "Thu Jan 01 00:00:00 +0000 1970"),
            (951_782_400, "2000-02-29T00:00:00.000Z", "Tue Feb 29 00:00:00 +0000 2000"),
            (1_795_363_509, "2026-11-22T16:05:09.000Z", "Sun Nov 22 16:05:09 +0000 2026"),
        ] {
            assert_eq!(Moment::new(seconds).iso(), iso);
            assert_eq!(Moment::new(seconds).v1(), v1);
        }
    }
}
