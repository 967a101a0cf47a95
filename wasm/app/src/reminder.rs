//! What the worker shows of the remembered end of a certificate.

use eimza_guide::SavedState;
use eimza_i18n::Catalog;
use eimza_messages::{NotificationText, ReminderDisplay};
use eimza_payment::Day;
use eimza_protocol::Lang;
use eimza_reminder::{Badge, next_check};

/// Returns what to show at a time, in seconds since 1970 (UTC).
pub(crate) fn display(saved_state: &SavedState, lang: Lang, now: u64) -> ReminderDisplay {
    let catalog = Catalog::of(lang);
    let nothing = ReminderDisplay {
        badge: String::new(),
        title: catalog.text("action_title", &[]),
        notification: None,
        next_check: None,
    };
    let (Some(reminder), Some(today)) = (&saved_state.reminder, Day::in_turkey(now)) else { return nothing };
    let ends = reminder.ends().turkish_format();
    let badge = reminder.badge(today);
    let notification = reminder.due(today).map(|days| NotificationText {
        title: catalog.text("reminder_notification_title", &[]),
        message: remaining(catalog, Badge::DaysLeft(days), &ends)
            + " "
            + &catalog.text("reminder_renew", &[]),
    });
    ReminderDisplay {
        badge: badge.map(badge_text).unwrap_or_default(),
        title: badge.map_or(nothing.title, |badge| remaining(catalog, badge, &ends)),
        notification,
        next_check: Some(next_check(now) * 1000),
    }
}

/// Returns how long a certificate is valid.
pub(crate) fn remaining(catalog: &Catalog, badge: Badge, ends: &str) -> String {
    match badge {
        Badge::DaysLeft(0) => catalog.text("reminder_ends_today", &[("day", ends)]),
        Badge::DaysLeft(days) => {
            catalog.text("reminder_ends_in", &[("days", &days.to_string()), ("day", ends)])
        }
        Badge::Ended => catalog.text("reminder_ended", &[("day", ends)]),
    }
}

fn badge_text(badge: Badge) -> String {
    match badge {
        Badge::DaysLeft(days) => days.to_string(),
        Badge::Ended => "!".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_guide::Change;

    /// 2026-11-28, noon in Turkey.
    const NOW: u64 = 1_795_856_400;

    fn remembering(ends: &str, today: &str) -> SavedState {
        let mut saved_state = SavedState::default();
        let day = |text| Day::parse(text).unwrap();
        saved_state.apply(&Change::Remind { ends: day(ends), today: day(today) });
        saved_state
    }

    #[test]
    fn nothing_is_shown_and_no_check_follows_where_nothing_is_remembered() {
        let display = display(&SavedState::default(), Lang::Tr, NOW);
        assert_eq!((display.badge.as_str(), display.notification, display.next_check), ("", None, None));
        assert_eq!(display.title, "e-İmza Yardımcısı");
    }

    #[test]
    fn a_distant_end_is_checked_daily_and_not_shown() {
        let display = display(&remembering("2029-01-10", "2026-11-26"), Lang::Tr, NOW);
        assert_eq!((display.badge.as_str(), display.notification), ("", None));
        assert_eq!(display.next_check, Some((NOW + 21 * 3600) * 1000));
    }

    #[test]
    fn an_end_that_is_due_is_named_with_its_days() {
        let display = display(&remembering("2026-12-20", "2026-01-01"), Lang::Tr, NOW);
        assert_eq!(display.badge, "22");
        assert_eq!(display.title, "Sertifikanız 22 gün sonra bitiyor (20.12.2026).");
        let notification = display.notification.unwrap();
        assert!(notification.message.starts_with(&display.title), "{}", notification.message);
    }

    #[test]
    fn the_last_day_and_the_days_after_it_have_their_own_sentence() {
        let shown = |ends| {
            let display = display(&remembering(ends, "2026-01-01"), Lang::En, NOW);
            (display.badge, display.title)
        };
        assert_eq!(
            shown("2026-11-28"),
            ("0".to_owned(), "Your certificate expires today (28.11.2026).".to_owned())
        );
        assert_eq!(
            shown("2026-11-27"),
            ("!".to_owned(), "Your certificate expired on 27.11.2026.".to_owned())
        );
    }
}
