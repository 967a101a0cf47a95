//! The running panel: passes events to the model, executes effects and renders.

use super::dom_builder::{Control, DomBuilder};
use super::dom_events::{EVENTS, control_id, field_text};
use super::effects::{Effect, EffectResult, EffectRunner, stored_payer};
use super::layout;
use super::model::Model;
use super::registry::Message;
use super::render::{Page, render};
use super::section::Event;
use super::shared::{ExtensionPage, UserData};
use eimza_guide::ScreenId;
use eimza_messages::{RequestedView, Sheet};
use gloo::events::EventListener;
use gloo::utils::{document, window};
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

struct App {
    model: Model,
    effects: EffectRunner<Message>,
    /// The controls on show, by id.
    controls: Vec<(String, Control<Message>)>,
    /// They hold the app, which lives as long as the page.
    listeners: Vec<EventListener>,
}

/// A panel in the current document.
#[derive(Clone)]
pub(crate) struct Panel(Rc<RefCell<App>>);

impl Panel {
    /// Opens a panel in the current document.
    pub(crate) fn open(page: ExtensionPage, user: UserData) -> Self {
        let panel = Self(Rc::new_cyclic(|app: &Weak<RefCell<App>>| {
            let app = app.clone();
            let effects = EffectRunner::new(move |result| {
                if let Some(app) = app.upgrade() {
                    Self(app).effect_finished(result);
                }
            });
            let model = Model::new(page, user);
            RefCell::new(App { model, effects, controls: Vec::new(), listeners: Vec::new() })
        }));
        let mut listeners: Vec<_> = EVENTS
            .into_iter()
            .map(|event| {
                let panel = panel.clone();
                EventListener::new(&document(), event, move |event| panel.dom_event(event))
            })
            .collect();
        // Fired for changes by the other extension pages only.
        let on_storage = panel.clone();
        listeners.push(EventListener::new(&window(), "storage", move |_| on_storage.payer_changed()));
        panel.0.borrow_mut().listeners = listeners;
        panel.payer_changed();
        panel.update(|model| model.notify(&Event::Opened));
        panel
    }

    /// Handles a change of the stored state, of the policy or of the language, wherever it was made.
    pub(crate) fn user_data_changed(&self, user: UserData) {
        self.0.borrow_mut().model.user_data_changed(user);
        self.render();
    }

    /// Sets the screen in the active tab, and whether its page is to be reloaded.
    pub(crate) fn set_page(&self, screen: Option<ScreenId>, needs_reload: bool) {
        {
            let shared = &mut self.0.borrow_mut().model.shared;
            shared.screen = screen;
            shared.needs_reload = needs_reload;
        }
        self.render();
    }

    /// Shows the view that a button in a page requests.
    pub(crate) fn show(&self, requested: RequestedView) {
        self.update(|model| model.show(requested));
    }

    /// Returns the transfer on show, to be printed.
    pub(crate) fn transfer_sheet(&self) -> Option<Sheet> {
        let model = &mut self.0.borrow_mut().model;
        model.shared.now = eimza_webext::unix_time();
        model.sections.transfer.sheet(&model.shared)
    }

    fn payer_changed(&self) {
        let payer = stored_payer();
        self.update(|model| model.notify(&Event::StoredPayer(payer.as_ref())));
    }

    /// Changes the model, executes the effects and renders.
    fn update(&self, change: impl FnOnce(&mut Model) -> Vec<Effect<Message>>) {
        {
            let app = &mut *self.0.borrow_mut();
            app.model.shared.now = eimza_webext::unix_time();
            for effect in change(&mut app.model) {
                app.effects.run(effect);
            }
        }
        self.render();
    }

    fn effect_finished(&self, result: EffectResult<Message>) {
        match result {
            EffectResult::Message(message) => self.update(|model| model.update(message)),
            EffectResult::Host(event) => self.update(|model| model.notify(&Event::Host(&event))),
            EffectResult::ChangeStored(stored) => {
                if self.0.borrow_mut().model.change_stored(stored) {
                    self.render();
                }
            }
        }
    }

    fn dom_event(&self, event: &web_sys::Event) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        // Fired by the rendering itself, which moves the focus.
        if self.0.try_borrow_mut().is_err() {
            return;
        }
        self.interaction(&target);
        let kind = event.type_();
        // Events that a script made do not come from the user.
        let Some(id) = control_id(&kind, &target).filter(|_| event.is_trusted()) else {
            return;
        };
        let Some(control) = self.control(&id) else { return };
        match (control, kind.as_str()) {
            // Fields other than text fields fire an input event as well as their change event.
            (Control::Action(message), "click" | "change") => {
                self.update(|model| model.control_used(message));
            }
            (Control::Text { on_input, .. }, "input") => {
                let message = on_input(field_text(&target));
                self.update(|model| model.update(message));
            }
            (Control::Text { on_leave, .. }, "focusout") => self.update(|model| model.update(on_leave)),
            (Control::File { on_read }, "change") => {
                if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
                    self.0.borrow_mut().effects.read_file(input, on_read);
                }
            }
            _ => {}
        }
    }

    /// Reports an event to the sections without rendering: most events change nothing on show.
    fn interaction(&self, target: &Element) {
        let app = &mut *self.0.borrow_mut();
        for effect in app.model.notify(&Event::Interaction(target)) {
            app.effects.run(effect);
        }
    }

    /// Returns the control with an id; the last one if there are several.
    fn control(&self, id: &str) -> Option<Control<Message>> {
        let app = self.0.borrow();
        app.controls.iter().rfind(|(known, _)| known == id).map(|(_, control)| control.clone())
    }

    fn render(&self) {
        let app = &mut *self.0.borrow_mut();
        let model = &mut app.model;
        model.shared.now = eimza_webext::unix_time();
        let mut dom = DomBuilder::new(model.shared.elements());
        let list = model.shared.checklist();
        let header = layout::header(&mut dom, model);
        let content = layout::content(&mut dom, model, list.as_ref());
        let announcement = list.and_then(|list| model.sections.announcement(&model.shared, &list));
        let page = Page {
            lang: model.shared.lang,
            header,
            content: &content,
            values: &dom.values,
            announcement: &announcement.unwrap_or_default(),
        };
        render(&dom, page);
        app.controls = dom.controls;
    }
}
