//! The state of the reminder section.

use crate::panel::effects::{Effect, HostEvent};
use crate::panel::shared::Shared;
use eimza_guide::Change;
use eimza_payment::Day;
use eimza_protocol::{Event, HostMessage, Outcome, Status};
use eimza_reminder::CalendarFile;

/// The state of the reminder section. The end itself is in the saved state.
#[derive(Debug, Default)]
pub(crate) struct ReminderSection {
    /// Whether the user or the browser refused notifications.
    pub(super) is_silent: bool,
    /// Whether the calendar file was saved.
    pub(super) saved: bool,
}

/// The messages of controls and effects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Message {
    /// Remember this end.
    Remember(Day),
    Forget,
    /// Save this end as a calendar file.
    SaveCalendarFile(Day),
    NotificationsRefused,
}

type Effects = Vec<Effect<Message>>;

impl ReminderSection {
    /// Handles a message.
    pub(super) fn handle(&mut self, message: Message, shared: &Shared) -> Effects {
        match message {
            Message::Remember(ends) => {
                self.is_silent = false;
                let Some(today) = shared.today() else { return Vec::new() };
                // The badge needs no permission, so the end is remembered whatever the answer will be.
                vec![
                    Effect::RequestNotifications { refused: Message::NotificationsRefused },
                    Effect::SaveChange(Change::Remind { ends, today }),
                ]
            }
            Message::Forget => vec![Effect::SaveChange(Change::ForgetReminder)],
            Message::SaveCalendarFile(ends) => {
                self.saved = true;
                vec![calendar_file(ends, shared)]
            }
            Message::NotificationsRefused => {
                self.is_silent = true;
                Vec::new()
            }
        }
    }

    /// Handles an event of the host: forgets the end when a card with another one is shown.
    pub(super) fn host_event(event: &HostEvent, shared: &Shared) -> Effects {
        let Some(reminder) = &shared.saved_state.reminder else { return Vec::new() };
        let HostEvent::Message(message) = event else { return Vec::new() };
        let (HostMessage::Event(Event::Readers(status))
        | HostMessage::Result { result: Outcome::Status(status), .. }) = message
        else {
            return Vec::new();
        };
        let shown = certificate_ends(status);
        if shown.is_empty() || shown.contains(&reminder.ends()) {
            return Vec::new();
        }
        vec![Effect::SaveChange(Change::ForgetReminder)]
    }
}

/// Returns the last valid day of each certificate in a reader.
fn certificate_ends(status: &Status) -> Vec<Day> {
    let cards = status.readers.iter().filter_map(|reader| reader.card.as_ref());
    // The first certificate is the one on show.
    let certificates = cards.filter_map(|card| card.certificates.first());
    certificates.filter_map(|certificate| Day::in_turkey(certificate.until)).collect()
}

fn calendar_file(ends: Day, shared: &Shared) -> Effect<Message> {
    let catalog = shared.catalog();
    let title = catalog.text("reminder_calendar_title", &[]);
    let description = catalog.text("reminder_calendar_text", &[]);
    let file = CalendarFile { ends, now: shared.now, title: &title, description: &description };
    Effect::SaveFile { name: format!("e-imza-{ends}.ics"), kind: "text/calendar", text: file.content() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use eimza_guide::SavedState;
    use eimza_protocol::{CardStatus, Certificate, Changeable, CodeState, CodesFrom, ReaderStatus};

    /// 2026-11-28, noon in Turkey.
    const NOW: u64 = 1_795_856_400;
    const DAY: u64 = 86_400;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn remembering(ends: Option<&str>) -> Shared {
        let mut saved_state = SavedState::default();
        if let Some(ends) = ends {
            saved_state.apply(&Change::Remind { ends: day(ends), today: day("2026-11-28") });
        }
        Shared { saved_state, now: NOW, ..Shared::default() }
    }

    /// Returns a host event with a card for each end of a certificate, in seconds since 1970.
    fn shown(ends: &[u64]) -> HostEvent {
        let readers = ends.iter().map(|until| ReaderStatus {
            name: format!("reader {until}"),
            card: Some(card(*until)),
            error: None,
        });
        HostEvent::Message(HostMessage::Event(Event::Readers(Status { readers: readers.collect() })))
    }

    fn card(until: u64) -> CardStatus {
        let text = || "x".to_owned();
        let certificate = Certificate { holder: text(), serial: text(), issuer: text(), from: 0, until };
        CardStatus {
            family: text(),
            route: None,
            pin: CodeState::Unknown,
            puk: CodeState::Unknown,
            codes_from: CodesFrom::Card,
            changeable: Changeable { pin: true, puk: true },
            certificates: vec![certificate],
        }
    }

    #[test]
    fn yes_asks_for_notifications_and_remembers_nothing_but_the_day() {
        let mut section = ReminderSection::default();
        let effects = section.handle(Message::Remember(day("2027-01-10")), &remembering(None));
        let change = Change::Remind { ends: day("2027-01-10"), today: day("2026-11-28") };
        assert_eq!(
            effects,
            [
                Effect::RequestNotifications { refused: Message::NotificationsRefused },
                Effect::SaveChange(change)
            ]
        );
    }

    #[test]
    fn another_card_makes_the_end_go_and_the_same_card_does_not() {
        let (same, other) = (NOW + 43 * DAY, NOW + 1000 * DAY);
        let ends = Day::in_turkey(same).unwrap().to_string();
        let shared = remembering(Some(&ends));
        let forgotten = [Effect::SaveChange(Change::ForgetReminder)];
        assert_eq!(ReminderSection::host_event(&shown(&[other]), &shared), forgotten);
        for kept in [shown(&[same]), shown(&[same, other]), shown(&[])] {
            assert_eq!(ReminderSection::host_event(&kept, &shared), [], "{kept:?}");
        }
        assert_eq!(ReminderSection::host_event(&shown(&[other]), &remembering(None)), []);
        assert_eq!(ReminderSection::host_event(&HostEvent::Disconnected(String::new()), &shared), []);
    }
}
