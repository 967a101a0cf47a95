//! What goes wrong.

use crate::held_card::HeldCard;
use crate::point::Point;
use crate::service::Service;
use crate::support::{Typist, other_program};
use crate::talk::Talk;
use pcsc::{Disposition, ShareMode};
use std::fmt;
use std::process::Command;
use std::thread::JoinHandle;

/// A fault. Where the browser stops the extension's worker, the host sees the same as where it is closed.
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

/// What a fault leaves behind until the scene is over.
#[derive(Default)]
pub struct Aftermath {
    /// The card that is in the reader now, in the place of ours.
    pub other_card: Option<HeldCard>,
    /// The other program, which waits for the card.
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

    /// A prompt can be killed only while it is open.
    pub fn can_strike(self, point: Point) -> bool {
        self != Self::PromptKilled || matches!(point, Point::Asked(..))
    }

    /// Whether somebody is left who could be answered.
    pub fn leaves_a_listener(self) -> bool {
        !matches!(self, Self::HostKilled | Self::BrowserClosed)
    }

    /// Strikes, and lets a card that has stopped go on where it is still in its reader.
    pub fn strike(
        self,
        talk: &mut Talk,
        card: &mut HeldCard,
        typist: &Typist,
        service: &mut Service,
    ) -> Aftermath {
        let mut aftermath = Aftermath::default();
        match self {
            Self::CardRemoved => card.pull_out(),
            Self::CardSwapped => {
                card.pull_out();
                aftermath.other_card = Some(HeldCard::insert(&[]));
            }
            Self::CardReset => {
                // Waits where the card is just being used: that is what a turn is for.
                aftermath.other_program = Some(std::thread::spawn(|| {
                    let _ = other_program(ShareMode::Shared).disconnect(Disposition::ResetCard);
                }));
                card.go_on();
            }
            Self::ReaderRemoved => {
                service.restart(false);
                card.pull_out();
            }
            Self::ServiceRestarted => {
                service.restart(true);
                card.pull_out();
            }
            Self::HostKilled => {
                talk.kill();
                card.go_on();
            }
            Self::BrowserClosed => {
                talk.leave();
                card.go_on();
            }
            Self::PromptKilled => {
                let prompt = typist.process().expect("a prompt");
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
