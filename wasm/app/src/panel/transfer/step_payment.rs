//! The payment at a step of a procedure.

use eimza_guide::{Account, Checklist, Institution, Payee, Payment, SavedState, Step};
use eimza_payment::{CostBreakdown, Day, Template};

/// The payment at a step, and what it depends on.
#[derive(Clone, Copy)]
pub(crate) struct StepPayment<'a> {
    pub saved_state: &'a SavedState,
    /// The id of the procedure.
    pub procedure: &'a str,
    pub payment: &'a Payment,
    pub today: Option<Day>,
}

impl<'a> StepPayment<'a> {
    /// Returns the payment at a step of a procedure, if something is paid there.
    pub(crate) fn of(
        step: &'a Step,
        saved_state: &'a SavedState,
        procedure: &'a str,
        today: Option<Day>,
    ) -> Option<Self> {
        Some(Self { saved_state, procedure, payment: step.payment.as_ref()?, today })
    }

    /// Returns the payments at all steps of a checklist.
    pub(crate) fn all(
        list: &'a Checklist,
        saved_state: &'a SavedState,
        today: Option<Day>,
    ) -> impl Iterator<Item = Self> {
        let steps = list.steps.iter();
        steps.filter_map(move |state| Self::of(state.step, saved_state, &list.procedure.id, today))
    }

    /// Returns what is paid for, with the known prices.
    pub(crate) fn costs(self) -> CostBreakdown {
        self.saved_state.cost_breakdown(&self.payment.items, self.today)
    }

    /// Returns the chosen institution, if the payment goes to it.
    fn payee(self) -> Option<&'a Institution> {
        let chosen = self.saved_state.institution().filter(|_| self.payment.to == Payee::Institution);
        chosen.map(|chosen| chosen.institution)
    }

    /// Returns the institution's account, if the payment goes to it.
    pub(crate) fn account(self) -> Option<&'a Account> {
        self.payee()?.account.as_ref()
    }

    /// Returns the template for the description of the transfer: the institution's, else the guide's.
    pub(crate) fn template(self) -> Option<&'a Template> {
        self.own_template().or(self.payment.description.as_ref())
    }

    /// Returns whom to call about the payment: the institution's unit, by telephone.
    pub(crate) fn telephone(self) -> Option<&'a str> {
        self.payee()?.unit.as_ref()?.phone.as_deref()
    }

    /// Returns the institution's template for the description of the transfer, if it has one.
    pub(crate) fn own_template(self) -> Option<&'a Template> {
        self.payee()?.payment(self.procedure, self.saved_state.role)?.description.as_ref()
    }
}
