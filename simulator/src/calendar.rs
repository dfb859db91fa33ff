//! Dates for people and for X's responses.

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

/// Seconds since 1970 of a moment as RFC 3339 writes it, its fraction left out.
pub fn parse(text: &str) -> Option<i64> {
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let mut numbers = date.splitn(3, '-').map(|number| number.parse::<i64>().ok());
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let zone_at = time.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = time.split_at(zone_at);
    let mut numbers = clock.split(['.']).next()?.splitn(3, ':').map(|number| number.parse::<i64>().ok());
    let seconds = numbers.next()?? * 3600 + numbers.next()?? * 60 + numbers.next()??;
    let ahead = match zone.split_at(1) {
        ("Z" | "z", _) => 0,
        (sign, offset) => {
            let (hours, minutes) = offset.split_once(':')?;
            let ahead = hours.parse::<i64>().ok()? * 3600 + minutes.parse::<i64>().ok()? * 60;
            if sign == "-" { -ahead } else { ahead }
        }
    };
    // Years that begin in March, as in `Moment::new`.
    let shifted = if month > 2 { year } else { year - 1 };
    let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    Some(days * 86_400 + seconds - ahead)
}

#[cfg(test)]
mod tests {
    use super::{Moment, parse};

    #[test]
    fn moments_are_read_as_they_are_written() {
        for seconds in [0, 951_782_400, 951_868_799, 1_795_363_509, 4_107_542_399] {
            assert_eq!(parse(&Moment::new(seconds).iso()), Some(seconds));
        }
        assert_eq!(parse("2026-11-22T18:05:09+02:00"), Some(1_795_363_509));
        assert_eq!(parse("2026-11-22T11:35:09.5-04:30"), Some(1_795_363_509));
        assert_eq!(parse("yesterday"), None);
    }

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
