//! One operation, one point, one fault: what happens, and what must hold afterwards.

use crate::fault::Fault;
use crate::held_card::{HeldCard, carries_code};
use crate::operation::Operation;
use crate::point::Point;
use crate::processes;
use crate::service::Service;
use crate::support::{Typist, wait_for};
use crate::talk::Talk;
use serde_json::{Value, json};
use std::fmt;
use std::time::{Duration, Instant};

/// A scene.
pub struct Scene {
    pub operation: Operation,
    pub point: Point,
    pub fault: Fault,
}

/// The boundaries of an operation, from its own log of commands.
pub fn points(operation: Operation) -> Vec<Point> {
    let card = HeldCard::insert(&arguments(operation, &[]));
    let typist = operation.typist(None);
    let mut talk = Talk::start(&typist);
    talk.ask(&operation.request());
    talk.hear(|message| operation.is_over(message)).unwrap();
    let log = card.log();
    talk.end().unwrap();
    let mut points = Vec::new();
    for (command, line) in (1..).zip(&log) {
        points.push(Point::Before(command));
        if carries_code(line) {
            points.push(Point::After(command));
        }
    }
    points.extend((1..).zip(operation.questions()).map(|(number, label)| Point::Asked(number, label)));
    points
}

fn arguments(operation: Operation, more: &[String]) -> Vec<String> {
    operation.card().iter().map(|&argument| argument.to_owned()).chain(more.iter().cloned()).collect()
}

impl Scene {
    /// Plays it; how long the user waited for an answer after the fault, or what did not hold.
    pub fn play(&self, service: &mut Service) -> Result<Duration, String> {
        let Self { operation, point, fault } = *self;
        let mut card = HeldCard::insert(&arguments(operation, &point.arguments()));
        let asked_at = if let Point::Asked(_, label) = point { Some(label) } else { None };
        let typist = operation.typist(asked_at);
        let mut talk = Talk::start(&typist);
        talk.ask(&operation.request());
        match point {
            Point::Asked(number, label) => {
                wait_for(label, || typist.times_asked() == number && typist.was_told().ends_with("GETPIN\n"));
            }
            _ if card.has_stopped() => {}
            _ => return Err("the card never came to this point".to_owned()),
        }
        let began = Instant::now();
        let aftermath = fault.strike(&mut talk, &mut card, &typist, service);
        let answer = if fault.leaves_a_listener() {
            typist.go_on(); // else the user goes on thinking before a window that nobody needs any more
            Some(talk.hear(|message| operation.is_over(message))?)
        } else {
            None
        };
        let waited = began.elapsed();
        let talk = if operation == Operation::Watch && fault.leaves_a_listener() {
            Some(talk) // it goes on
        } else {
            talk.end()?;
            processes::are_gone(&typist)?;
            None
        };
        if let Some(other) = aftermath.other_program {
            other.join().map_err(|_| "the other program never got the card")?;
        }
        if let Some(mut other) = aftermath.other_card {
            if other.log().iter().any(|line| carries_code(line)) {
                return Err("codes went to another card".to_owned());
            }
            if other.confess() != "pin=123456 pin-tries=3 puk-tries=3" {
                return Err("another card was changed".to_owned());
            }
        }
        service.mend();
        card.push_in();
        if let Some(mut talk) = talk {
            // Whoever asks is told of the card, and whoever watches has been or will be.
            talk.ask(&json!({"id": 2, "command": "status"}));
            let shown = talk.hear(|message| message["id"] == 2)?;
            if !shown["result"]["status"]["readers"][0]["card"].is_object() {
                return Err(format!("the card is back, and not seen: {shown}"));
            }
            talk.sees(|event| event["readers"][0]["card"].is_object())
                .map_err(|reason| format!("the card is back, and not told: {reason}"))?;
            talk.end()?;
        }
        let truth = card.confess();
        operation.judge(answer.as_ref(), &truth)?;
        self.repeat(&truth)?;
        Ok(waited)
    }

    /// The user tries again.
    fn repeat(&self, truth: &str) -> Result<(), String> {
        let (request, typist, worked): (Value, Typist, _) = self.operation.again(truth);
        let mut talk = Talk::start(&typist);
        talk.ask(&request);
        let answer = talk.hear(|message| message["id"] == 1)?;
        talk.end()?;
        if worked(&answer) { Ok(()) } else { Err(format!("once more: {answer}")) }
    }
}

impl fmt::Display for Scene {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, {}, {}", self.operation, self.point, self.fault)
    }
}
