//! Draws the choice and the import of the institution.

use super::profile_import::{Message, ProfileImport, UnconfirmedProfile};
use super::profile_text::{contents, origin_note, source_line_of};
use crate::panel::dom_builder::DomBuilder;
use crate::panel::element_builder::{ElementBuilder, set_attribute};
use eimza_guide::{
    ActiveInstitution, IMPORTED_PREFIX, Institution, Origin, ProfileError, SavedState, institutions,
};
use web_sys::Element;

type Dom = DomBuilder<Message>;

/// Returns the list of institutions and the file input; with a valid profile from a policy, only that
/// profile.
pub(super) fn institution(dom: &mut Dom, import: &ProfileImport, saved_state: &SavedState) -> Vec<Element> {
    let chosen = saved_state.institution();
    if let Some(chosen) = chosen.filter(|chosen| chosen.origin == Origin::Policy) {
        let mut content =
            vec![dom.description_list(&[("panel_institution", chosen.institution.name.clone())])];
        content.extend(origin_line(dom, chosen));
        content.extend(links(dom, chosen.institution));
        return content;
    }
    let mut content = Vec::new();
    if let Some(Err(error)) = &saved_state.policy {
        content.push(rejected(dom, "institution_policy_refused", error));
    }
    if let Some((file, error)) = saved_state.rejected_import() {
        content.push(rejected(dom, "institution_unread", error));
        content.push(forget_button(dom, &file.id));
    }
    content.push(list(dom, saved_state));
    content.push(dom.text_element("p", "note", "panel_institution_why"));
    if let Some(chosen) = chosen.filter(|chosen| chosen.origin == Origin::File) {
        content.extend(origin_line(dom, chosen));
        content.push(forget_button(dom, &chosen.institution.id));
    }
    content.extend(chosen.into_iter().flat_map(|chosen| links(dom, chosen.institution)));
    content.push(dom.file_input("institution-file", "institution_import", Message::FileRead));
    content.extend(import_result(dom, import, saved_state));
    content
}

fn origin_line(dom: &ElementBuilder, chosen: ActiveInstitution<'_>) -> Option<Element> {
    origin_note(chosen, dom.catalog).map(|note| dom.plain_element("p", "mark-line", &note))
}

/// Returns the error of a stored profile, or of a policy's profile.
fn rejected(dom: &ElementBuilder, key: &str, error: &ProfileError) -> Element {
    let problem = dom.text_element("p", "what", key);
    let reason = dom.plain_element("p", "", &reason(dom, error));
    dom.element("div", "warning", &[problem, reason])
}

fn forget_button(dom: &mut Dom, id: &str) -> Element {
    dom.button("institution-forget", Message::Forget(id.to_owned()), "institution_forget", false)
}

/// Links to Kamu SM pages that the institution recommends.
fn links(dom: &ElementBuilder, institution: &Institution) -> Vec<Element> {
    let links = institution.links.iter().enumerate();
    links
        .map(|(index, link)| {
            dom.external_link(&format!("institution-link-{index}"), "button", &link.address, &link.text)
        })
        .collect()
}

fn list(dom: &mut Dom, saved_state: &SavedState) -> Element {
    let mut options = vec![(String::new(), dom.text("panel_institution_none"), Message::Choose(None))];
    options.extend(
        institutions()
            .iter()
            .map(|known| (known.id.clone(), known.name.clone(), Message::Choose(Some(known.id.clone())))),
    );
    options.extend(saved_state.imported_institutions().map(|known| {
        let id = format!("{IMPORTED_PREFIX}{}", known.id);
        let name = dom.catalog.text("institution_file_option", &[("name", &known.name)]);
        (id.clone(), name, Message::Choose(Some(id)))
    }));
    let selected = match saved_state.institution() {
        Some(_) => saved_state.institution.as_deref().unwrap_or_default(),
        None => "",
    };
    dom.select("institution", "panel_institution", options, selected)
}

fn import_result(dom: &mut Dom, import: &ProfileImport, saved_state: &SavedState) -> Option<Element> {
    match import {
        ProfileImport::None => None,
        ProfileImport::Rejected(error) => {
            let problem = dom.text_element("p", "what", "institution_refused");
            let args = [("line", &*error.line.to_string()), ("reason", &*reason(dom, error))];
            let reason = dom.plain_element("p", "", &dom.catalog.text("institution_line", &args));
            Some(dom.alert("problem", &[problem, reason]))
        }
        ProfileImport::Unconfirmed(profile) => Some(confirmation(dom, profile, saved_state)),
    }
}

fn confirmation(dom: &mut Dom, profile: &UnconfirmedProfile, saved_state: &SavedState) -> Element {
    let institution = &profile.institution;
    let mut content = vec![
        dom.text_element("legend", "", "institution_confirm"),
        dom.plain_element("p", "what", &institution.name),
    ];
    content.extend(replaced_profile(dom, institution, saved_state));
    content.extend(account_comparison(dom, profile));
    content.push(everything(dom, institution));
    let chosen = ActiveInstitution { institution, origin: Origin::File };
    content.push(dom.plain_element("p", "source", &source_line_of(chosen, dom.catalog)));
    let import = dom.button("institution-take", Message::Import, "institution_take", true);
    if !profile.is_confirmed() {
        set_attribute(&import, "disabled", "");
    }
    content.push(import);
    content.push(dom.button("institution-leave", Message::CancelImport, "institution_leave", false));
    dom.element("fieldset", "import", &content)
}

/// Returns the warning that the import replaces a stored profile with the same id.
fn replaced_profile(
    dom: &ElementBuilder,
    institution: &Institution,
    saved_state: &SavedState,
) -> Option<Element> {
    let known = saved_state.imported_institutions().find(|known| known.id == institution.id)?;
    let holder = known.account.as_ref().map_or("–", |account| &account.holder);
    let iban = known.account.as_ref().map_or_else(|| "–".to_owned(), |account| account.iban.to_string());
    let args = [("name", known.name.as_str()), ("holder", holder), ("iban", &iban)];
    Some(dom.plain_element("p", "warning", &dom.catalog.text("institution_replaces", &args)))
}

/// Returns the request to compare holder and IBAN with the information from the institution.
fn account_comparison(dom: &mut Dom, profile: &UnconfirmedProfile) -> Vec<Element> {
    let Some(account) = &profile.institution.account else { return Vec::new() };
    let holder = dom.catalog.text("institution_holder_right", &[("holder", &account.holder)]);
    let iban = dom.catalog.text("institution_iban_right", &[("iban", &account.iban.to_string())]);
    let toggle_holder = Message::SetHolderCompared(!profile.holder_compared);
    let toggle_iban = Message::SetIbanCompared(!profile.iban_compared);
    vec![
        dom.text_element("p", "", "institution_compare"),
        dom.description_list(&[("panel_account_bank", account.bank.clone())]),
        dom.check_box("institution-holder", toggle_holder, profile.holder_compared, &holder),
        dom.check_box("institution-iban", toggle_iban, profile.iban_compared, &iban),
    ]
}

/// Returns everything else that the profile will show: a forged one may be right about the account, and send
/// receipts or calls elsewhere.
fn everything(dom: &ElementBuilder, institution: &Institution) -> Element {
    let rows = contents(institution, dom.catalog)
        .into_iter()
        .flat_map(|(name, text)| [dom.plain_element("dt", "", &name), dom.plain_element("dd", "", &text)]);
    let list = dom.element("dl", "contents", &rows.collect::<Vec<_>>());
    let explanation = dom.text_element("p", "", "institution_confirm_all");
    dom.element("div", "", &[explanation, list])
}

fn reason(dom: &ElementBuilder, error: &ProfileError) -> String {
    let (key, args) = error.kind.message();
    dom.catalog.text_with(key, &args)
}
