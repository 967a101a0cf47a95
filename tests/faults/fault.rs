//! Faults that interrupt an operation.

use crate::connection::HostConnection;
use crate::point::Point;
use crate::removable_card::RemovableCard;
use crate::service::{Service, holds_card};
use crate::support::{ScriptedPinentry, other_program};
use pcsc::{Disposition, ShareMode};
use std::fmt;
use std::process::Command;
use std::thread::JoinHandle;
use std::time::Duration;

/// A fault. The host cannot distinguish a stopped service worker from a closed browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    CardRemoved,
    CardReset,
    CardSwapped,
    ReaderRemoved,
    ServiceRestarted,
    HostKilled,
    BrowserClosed,
    PromptKilled,
}

/// What a fault leaves behind until the end of the scenario.
#[derive(Default)]
pub struct Aftermath {
    /// The card that replaced the one of the scenario.
    pub other_card: Option<RemovableCard>,
    /// The other program, which waits for access to the card.
    pub other_program: Option<JoinHandle<()>>,
}

impl Fault {
    pub const ALL: [Self; 8] = [
        Self::CardRemoved,
        Self::CardReset,
        Self::CardSwapped,
        Self::ReaderRemoved,
        Self::ServiceRestarted,
        Self::HostKilled,
        Self::BrowserClosed,
        Self::PromptKilled,
    ];

    /// Returns whether the fault can occur at a point: a prompt can be killed only while it is open.
    pub fn can_occur_at(self, point: Point) -> bool {
        self != Self::PromptKilled || matches!(point, Point::Asked(..) | Point::Typing(_))
    }

    /// Returns whether the card loses its power, or the service resets it for a host that is gone, which takes a
    /// moment.
    pub fn resets_the_card(self) -> bool {
        !matches!(self, Self::CardReset | Self::BrowserClosed | Self::PromptKilled)
    }

    /// Returns whether the browser can still receive a reply.
    pub fn keeps_the_connection(self) -> bool {
        !matches!(self, Self::HostKilled | Self::BrowserClosed)
    }

    /// Causes the fault, and lets a stopped card continue if it is still in its reader.
    pub fn cause(
        self,
        connection: &mut HostConnection,
        card: &mut RemovableCard,
        pinentry: &ScriptedPinentry,
        service: &mut Service,
    ) -> Aftermath {
        let mut aftermath = Aftermath::default();
        match self {
            Self::CardRemoved => card.remove(),
            Self::CardSwapped => {
                card.remove();
                // No hand is faster than the interval at which the service polls its readers.
                holds_card(Duration::from_secs(20), false);
                aftermath.other_card = Some(RemovableCard::insert(&[]));
            }
            Self::CardReset => {
                // Waits for the end of the host's transaction.
                aftermath.other_program = Some(std::thread::spawn(|| {
                    let _ = other_program(ShareMode::Shared).disconnect(Disposition::ResetCard);
                }));
                card.resume();
            }
            Self::ReaderRemoved => {
                service.restart(false);
                card.remove();
            }
            Self::ServiceRestarted => {
                service.restart(true);
                card.remove();
            }
            Self::HostKilled => {
                connection.kill();
                card.resume();
            }
            Self::BrowserClosed => {
                connection.close_input();
                card.resume();
            }
            Self::PromptKilled => {
                let prompt = pinentry.process().expect("a prompt");
                assert!(Command::new("kill").args(["-KILL", &prompt]).status().unwrap().success());
            }
        }
        aftermath
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::CardRemoved => "card removed",
            Self::CardReset => "card reset by another program",
            Self::CardSwapped => "card swapped",
            Self::ReaderRemoved => "reader removed",
            Self::ServiceRestarted => "smart-card service killed and restarted",
            Self::HostKilled => "host killed",
            Self::BrowserClosed => "browser closed",
            Self::PromptKilled => "prompt killed",
        })
    }
}
