//! A scenario: one operation that one fault interrupts at one point, and the checks afterwards.

use crate::connection::HostConnection;
use crate::fault::Fault;
use crate::operation::{Operation, SecondAttempt};
use crate::pin_pad::PinPad;
use crate::point::Point;
use crate::processes;
use crate::removable_card::{RemovableCard, carries_code};
use crate::route::Route;
use crate::service::Service;
use crate::support::{ScriptedPinentry, wait_for};
use serde_json::json;
use std::fmt;
use std::time::{Duration, Instant};

/// How long a service may take to reset the card of a host that was killed.
const RESET_TIMEOUT: Duration = Duration::from_secs(2);

/// A scenario of the matrix.
pub struct Scenario {
    pub route: Route,
    pub operation: Operation,
    pub point: Point,
    pub fault: Fault,
}

/// Returns the points of an operation, from its own log of commands. After the last code of an operation that
/// a watch accompanies, the watch reads the card again.
pub fn points(route: Route, operation: Operation) -> Vec<Point> {
    let mut card = RemovableCard::insert(&arguments(route, operation, &[]));
    let pinentry = operation.pinentry(None);
    let pad = route.pin_pad(operation, &operation.codes(), None);
    let mut connection = HostConnection::start_with_pad(&pinentry, pad.as_ref());
    prepare(operation, &mut connection).unwrap();
    let read_before = card.log().len();
    connection.send(&operation.request());
    connection.receive(|message| operation.is_finished_by(message)).unwrap();
    let mut log = card.log();
    assert!(!card.is_authenticated(), "without a fault the card is reset before the reply");
    connection.end().unwrap();
    if operation.is_watched() {
        log.truncate(log.iter().rposition(|line| carries_code(line)).unwrap() + 1);
    }
    let mut points = Vec::new();
    for (command, line) in (1..).zip(&log).skip(read_before) {
        points.push(Point::Before(command));
        if carries_code(line) {
            points.push(Point::After(command));
        }
    }
    points.extend(route.questions(operation));
    points
}

fn arguments(route: Route, operation: Operation, more: &[String]) -> Vec<String> {
    let arguments = route.card().iter().chain(operation.card());
    arguments.map(|&argument| argument.to_owned()).chain(more.iter().cloned()).collect()
}

/// Starts a watch and waits for the card, for an operation that continues with what the watch has read.
fn prepare(operation: Operation, connection: &mut HostConnection) -> Result<(), String> {
    if !operation.is_watched() {
        return Ok(());
    }
    connection.send(&json!({"id": 2, "command": "watch"}));
    connection.receive(|message| message["readers"][0]["card"].is_object()).map(drop)
}

impl Scenario {
    /// Runs the scenario; returns how long the user waited for a reply after the fault, or the failed check.
    pub fn run(&self, service: &mut Service) -> Result<Duration, String> {
        let Self { route, operation, point, fault } = *self;
        let mut card = RemovableCard::insert(&arguments(route, operation, &point.arguments()));
        let asked_at = if let Point::Asked(_, label) = point { Some(label) } else { None };
        let pinentry = operation.pinentry(asked_at);
        let pad = route.pin_pad(operation, &operation.codes(), Some(point));
        let mut connection = HostConnection::start_with_pad(&pinentry, pad.as_ref());
        prepare(operation, &mut connection)?;
        connection.send(&operation.request());
        self.wait_for_point(&card, &pinentry, pad.as_ref())?;
        let start = Instant::now();
        let aftermath = fault.cause(&mut connection, &mut card, &pinentry, service);
        if fault != Fault::HostKilled {
            pad.iter().for_each(PinPad::resume); // no fault stops whoever types on the reader
        }
        let answer = if fault.keeps_the_connection() {
            pinentry.resume(); // otherwise the user is still thinking, in front of an obsolete prompt
            Some(connection.receive(|message| operation.is_finished_by(message))?)
        } else {
            None
        };
        let waited = start.elapsed();
        let connection = if operation == Operation::Watch && fault.keeps_the_connection() {
            Some(connection) // it continues
        } else {
            connection.end()?;
            processes::wait_until_gone(&pinentry)?;
            None
        };
        if let Some(other) = aftermath.other_program {
            other.join().map_err(|_| "the other program got no access to the card")?;
        }
        if let Some(mut other) = aftermath.other_card {
            check_other_card(&mut other)?;
        }
        self.check_security_status(&mut card)?;
        service.restore_reader();
        card.insert_again();
        if let Some(connection) = connection {
            check_that_it_continues(connection)?;
        }
        let state = card.true_state();
        operation.check_outcome(answer.as_ref(), &state)?;
        self.repeat(&state)?;
        Ok(waited)
    }

    /// Waits until the operation has reached its point.
    fn wait_for_point(
        &self,
        card: &RemovableCard,
        pinentry: &ScriptedPinentry,
        pad: Option<&PinPad>,
    ) -> Result<(), String> {
        match self.point {
            Point::Asked(number, label) => {
                wait_for(label, || {
                    pinentry.times_asked() == number && pinentry.commands().ends_with("GETPIN\n")
                });
            }
            Point::Typing(number) => {
                wait_for("the reader", || pad.is_some_and(|pad| pad.log().len() == number));
            }
            _ if card.has_stopped() => {}
            _ => return Err("the card never reached this point".to_owned()),
        }
        Ok(())
    }

    /// Checks that the host has left the card without a verified code.
    fn check_security_status(&self, card: &mut RemovableCard) -> Result<(), String> {
        let deadline =
            Instant::now() + if self.fault.resets_the_card() { RESET_TIMEOUT } else { Duration::ZERO };
        while card.is_authenticated() {
            if Instant::now() >= deadline {
                return Err("the card is left authenticated".to_owned());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    /// Repeats the operation, which must succeed.
    fn repeat(&self, state: &str) -> Result<(), String> {
        let SecondAttempt { request, codes, pinentry, succeeded } = self.operation.second_attempt(state);
        let pad = self.route.pin_pad(self.operation, &codes, None);
        let mut connection = HostConnection::start_with_pad(&pinentry, pad.as_ref());
        connection.send(&request);
        let answer = connection.receive(|message| message["id"] == 1)?;
        connection.end()?;
        if succeeded(&answer) { Ok(()) } else { Err(format!("second attempt: {answer}")) }
    }
}

/// Checks that a card that was inserted instead got nothing.
fn check_other_card(card: &mut RemovableCard) -> Result<(), String> {
    if card.log().iter().any(|line| carries_code(line)) {
        return Err("codes were sent to another card".to_owned());
    }
    if card.true_state() != "pin=123456 pin-tries=3 puk-tries=3" {
        return Err("another card was changed".to_owned());
    }
    Ok(())
}

/// Checks that a host goes on after a fault: a status request returns the card, and the watch has reported it or will.
fn check_that_it_continues(mut connection: HostConnection) -> Result<(), String> {
    connection.send(&json!({"id": 2, "command": "status"}));
    let shown = connection.receive(|message| message["id"] == 2)?;
    if !shown["result"]["status"]["readers"][0]["card"].is_object() {
        return Err(format!("the status does not show the inserted card: {shown}"));
    }
    connection
        .wait_for_event(|event| event["readers"][0]["card"].is_object())
        .map_err(|reason| format!("the watch does not report the inserted card: {reason}"))?;
    connection.end()
}

impl fmt::Display for Scenario {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} over {}, {}, {}", self.operation, self.route, self.point, self.fault)
    }
}
