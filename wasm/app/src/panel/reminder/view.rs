//! Draws the reminder.

use super::state::{Message, ReminderSection};
use crate::panel::dom_builder::DomBuilder;
use crate::reminder::remaining;
use eimza_payment::Day;
use eimza_reminder::Badge;
use web_sys::Element;

type Dom = DomBuilder<Message>;

/// Returns the question whether the end is to be remembered.
pub(super) fn question(dom: &mut Dom, section: &ReminderSection, ends: Day) -> Vec<Element> {
    let mut content = vec![
        dom.text_element("h3", "", "reminder_title"),
        dom.text_element("p", "", "reminder_question"),
        dom.button("remind", Message::Remember(ends), "reminder_yes", false),
    ];
    content.extend(calendar(dom, section, ends));
    vec![dom.element("section", "reminder", &content)]
}

/// Returns the remembered end, with the buttons to save it as a calendar file and to forget it.
pub(super) fn remembered(dom: &mut Dom, section: &ReminderSection, ends: Day, today: Day) -> Vec<Element> {
    let left = u16::try_from(today.days_until(ends)).map_or(Badge::Ended, Badge::DaysLeft);
    let text = remaining(dom.catalog, left, &ends.turkish_format());
    let mut content =
        vec![dom.text_element("h3", "", "reminder_title"), dom.plain_element("p", "remaining", &text)];
    if section.is_silent {
        content.push(dom.status("reminder_silent"));
    } else {
        content.push(dom.text_element("p", "note", "reminder_on"));
    }
    content.extend(calendar(dom, section, ends));
    content.push(dom.button("forget-reminder", Message::Forget, "reminder_forget", false));
    vec![dom.element("section", "reminder", &content)]
}

fn calendar(dom: &mut Dom, section: &ReminderSection, ends: Day) -> Vec<Element> {
    let button = dom.button("save-calendar", Message::SaveCalendarFile(ends), "reminder_calendar", false);
    let mut content = vec![button];
    if section.saved {
        content.push(dom.status("reminder_calendar_saved"));
    }
    content
}
