//! Hints about prices and amounts due on a page.

use crate::checklist::Checklist;
use crate::pages::{Extract, Page};
use crate::procedure::{Payee, Payment};
use crate::{Environment, Hint, PageSnapshot, PageVisit, SavedState, Severity};
use eimza_payment::{Amount, CostBreakdown, Day, Product, amount_due, amount_mentions};
use eimza_turkish::unaccented_words;

/// Returns the hints about prices and amounts due on a page.
pub(crate) fn hints(
    page: &Page,
    visit: &PageVisit,
    snapshot: &PageSnapshot,
    saved_state: &SavedState,
    environment: Environment,
) -> Vec<Hint> {
    match page.extract {
        Some(Extract::Prices) => on_prices(visit, saved_state, environment),
        Some(Extract::Debt) => on_debt(visit, snapshot, saved_state, environment).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Returns the prices of the products that procedures need, and what the user has to pay.
fn on_prices(visit: &PageVisit, saved_state: &SavedState, environment: Environment) -> Vec<Hint> {
    let messages = [(Product::Nes3, "info_prices_nes"), (Product::MiniReader, "info_prices_reader")];
    let listed =
        messages.iter().filter_map(|(product, message)| Some((visit.prices.get(product)?, *message)));
    let mut hints: Vec<Hint> = listed
        .map(|(amount, message)| Hint::new(message, Severity::Info).with([("amount", amount.to_string())]))
        .collect();
    if hints.is_empty() {
        return vec![Hint::new("info_prices_unread", Severity::Info)];
    }
    if !visit.address.starts_with("https://") {
        hints.push(Hint::new("info_prices_unverified", Severity::Advice));
    }
    // Only prices of this page, not stored ones.
    let total = payment(visit, saved_state, environment).and_then(|payment| {
        let amounts = payment.items.iter().map(|item| visit.prices.get(item).copied());
        Amount::sum(amounts.collect::<Option<Vec<_>>>()?)
    });
    hints.extend(
        total.map(|total| Hint::new("info_prices_due", Severity::Info).with([("amount", total.to_string())])),
    );
    hints
}

/// Compares the amount due with the cost of the user's procedure.
fn on_debt(
    visit: &PageVisit,
    snapshot: &PageSnapshot,
    saved_state: &SavedState,
    environment: Environment,
) -> Option<Hint> {
    let owed = amount_due(&texts(snapshot))?;
    let payment = payment(visit, saved_state, environment).filter(|payment| payment.to == Payee::KamuSm)?;
    let costs = saved_state.cost_breakdown(&payment.items, environment.today);
    let shown = |amount: Amount| amount.to_string();
    let Some(expected) = costs.total() else {
        return Some(Hint::new("sanalpos_debt_unknown", Severity::Info).with([("debt", shown(owed))]));
    };
    if owed == expected {
        return Some(Hint::new("sanalpos_debt_fits", Severity::Info).with([("debt", shown(owed))]));
    }
    let more: Vec<Product> = payment.items.iter().chain(&payment.also).copied().collect();
    if !payment.also.is_empty() && saved_state.cost_breakdown(&more, environment.today).total() == Some(owed)
    {
        return Some(Hint::new("sanalpos_debt_fits_also", Severity::Info).with([("debt", shown(owed))]));
    }
    let is_announced = costs.prices().any(|price| price.address.is_none());
    let message = match (is_announced, is_reliable(&costs, environment)) {
        (true, _) => "sanalpos_debt_differs_told",
        (false, true) => "sanalpos_debt_differs",
        (false, false) => "sanalpos_debt_differs_unsure",
    };
    let day = costs.prices().map(|price| price.read_on).min().map(Day::turkish_format).unwrap_or_default();
    let args = [("debt", shown(owed)), ("expected", shown(expected)), ("date", day)];
    Some(Hint::new(message, Severity::Advice).with(args))
}

fn is_reliable(costs: &CostBreakdown, environment: Environment) -> bool {
    !costs.is_unverified() && environment.today.is_some_and(|today| !costs.is_outdated(today))
}

/// Returns the payment of the user's procedure.
fn payment(
    visit: &PageVisit,
    saved_state: &SavedState,
    environment: Environment,
) -> Option<&'static Payment> {
    let procedure = saved_state.active_procedure(Some(&visit.screen))?;
    Checklist::of(&procedure.id, saved_state, environment.os)?.payment()
}

/// Returns the page's texts, and the amounts in read-only fields.
fn texts(snapshot: &PageSnapshot) -> Vec<String> {
    let is_amount_name = |name: &str| {
        let words = unaccented_words(name);
        let is_amount = words.iter().any(|word| word.starts_with("tutar"))
            || words == ["borc"]
            || words == ["toplam", "borc"];
        is_amount
            && !words
                .iter()
                .any(|word| ["usd", "eur", "dolar", "euro", "avro", "no"].contains(&word.as_str()))
    };
    let shown = snapshot.fields.iter().filter(|field| field.readonly && is_amount_name(field.display_name()));
    let as_text = shown.map(|field| {
        let currency = if amount_mentions(&field.value).is_empty() { " TL" } else { "" };
        format!("{}: {}{currency}", field.display_name(), field.value)
    });
    snapshot.texts.iter().cloned().chain(as_text).collect()
}

#[cfg(test)]
mod tests {
    use crate::{Change, Environment, Field, PageSnapshot, PageVisit, Role, SavedState, advise};
    use eimza_i18n::Catalog;
    use eimza_payment::Day;
    use eimza_protocol::Lang;

    const LIST: &str = "//www.kamusm.gov.tr/urunler/nitelikli_elektronik_sertifika/fiyatlandirma.jsp";

    fn on(day: &str) -> Environment {
        Environment { os: None, today: Day::parse(day) }
    }

    fn price_page(scheme: &str, nes: &str, reader: &str) -> PageSnapshot {
        let texts = [
            "Fiyat Listesi",
            "3 yıllık nitelikli elektronik sertifikanın fiyatı",
            nes,
            "Mini kart okuyucu fiyatı",
            reader,
        ];
        PageSnapshot {
            url: format!("{scheme}:{LIST}?ad=x"),
            texts: texts.map(str::to_owned).into(),
            ..PageSnapshot::default()
        }
    }

    fn debt_page(texts: &[&str]) -> PageSnapshot {
        let card =
            Field { reference: "f1".to_owned(), label: "Kart Numarası".to_owned(), ..Field::default() };
        PageSnapshot {
            url: "https://sanalpos.kamusm.gov.tr/index.xhtml".to_owned(),
            headings: vec!["Borç sorgulama ve ödeme ekranı".to_owned()],
            fields: vec![card],
            texts: texts.iter().map(|&text| text.to_owned()).collect(),
            ..PageSnapshot::default()
        }
    }

    fn in_procedure(procedure: &str, role: Option<Role>) -> SavedState {
        SavedState { current: Some(procedure.to_owned()), role, ..SavedState::default() }
    }

    fn hints_about_money(snapshot: &PageSnapshot, saved_state: &SavedState, day: &str) -> Vec<String> {
        let hints = advise(snapshot, saved_state, on(day)).hints.into_iter();
        let about_money =
            hints.filter(|hint| hint.id.starts_with("info.prices.") || hint.id.starts_with("sanalpos.debt"));
        let own =
            about_money.filter(|hint| !["purpose", "other", "lost"].iter().any(|end| hint.id.ends_with(end)));
        own.map(|hint| [vec![hint.id], hint.args.into_values().collect()].concat().join(" ")).collect()
    }

    #[test]
    fn shows_the_cost_of_the_procedure() {
        let page = price_page("https", "780 TL", "300,00 TL (250 TL + KDV)");
        let both = ["info.prices.nes 780,00 TL", "info.prices.reader 300,00 TL"];
        let due = |procedure, role| {
            let hints = hints_about_money(&page, &in_procedure(procedure, role), "2026-11-26");
            assert_eq!(hints[..2], both);
            hints.get(2).cloned()
        };
        let physician = Some(Role::FamilyPhysician);
        assert_eq!(due("first-application", physician).as_deref(), Some("info.prices.due 1.080,00 TL"));
        assert_eq!(due("renewal", physician).as_deref(), Some("info.prices.due 780,00 TL"));
        assert_eq!(due("first-application", Some(Role::OtherStaff)), None);
        assert_eq!(due("first-application", None), None, "it is unknown who pays");
        assert_eq!(due("lost", Some(Role::OtherStaff)).as_deref(), Some("info.prices.due 780,00 TL"));
        assert_eq!(due("card-reader", None).as_deref(), Some("info.prices.due 300,00 TL"));
        assert_eq!(due("unlock", None), None);
    }

    #[test]
    fn warns_about_lists_over_http_and_unreadable_lists() {
        let page = price_page("http", "780 TL", "300 TL");
        assert!(
            hints_about_money(&page, &SavedState::default(), "2026-11-26")
                .contains(&"info.prices.unverified".to_owned())
        );
        let page = price_page("https", "500 TL + KDV", "sorunuz");
        assert_eq!(hints_about_money(&page, &SavedState::default(), "2026-11-26"), ["info.prices.unread"]);
    }

    /// Returns the saved state of a user in a procedure who visited the price list on a day.
    fn after_price_list(procedure: &str, scheme: &str, day: &str) -> SavedState {
        let mut saved_state = in_procedure(procedure, None);
        let visit = advise(&price_page(scheme, "780 TL", "300 TL"), &saved_state, on(day)).visit.unwrap();
        assert!(saved_state.record_visit(&visit, Day::parse(day).unwrap()));
        saved_state
    }

    #[test]
    fn every_hint_has_the_arguments_of_its_message() {
        let pages = [
            (price_page("http", "780 TL", "300 TL"), after_price_list("lost", "https", "2026-11-01")),
            (price_page("http", "-", "-"), SavedState::default()),
            (debt_page(&["780 TL"]), after_price_list("lost", "https", "2026-11-01")),
            (debt_page(&["1080 TL"]), after_price_list("lost", "https", "2026-11-01")),
            (debt_page(&["1 TL"]), after_price_list("lost", "https", "2026-11-01")),
            (debt_page(&["1 TL"]), after_price_list("lost", "http", "2026-11-01")),
            (debt_page(&["1 TL"]), in_procedure("lost", None)),
        ];
        for (page, saved_state) in pages {
            for hint in advise(&page, &saved_state, on("2026-11-26")).hints {
                for lang in [Lang::Tr, Lang::En] {
                    let placeholders = Catalog::of(lang).placeholders(&hint.message);
                    assert!(placeholders.iter().eq(hint.args.keys()), "{}", hint.message);
                }
            }
        }
    }

    #[test]
    fn stores_the_url_without_query() {
        let saved_state = after_price_list("lost", "https", "2026-11-26");
        let stored = serde_json::to_string(&saved_state).unwrap();
        assert!(stored.contains("fiyatlandirma.jsp\"") && !stored.contains("ad=x"), "{stored}");
    }

    #[test]
    fn compares_the_amount_due_with_the_cost() {
        let compared = |procedure, text: &str| {
            hints_about_money(
                &debt_page(&[text]),
                &after_price_list(procedure, "https", "2026-11-01"),
                "2026-11-26",
            )
        };
        assert_eq!(compared("lost", "Ödenecek borç: 780,00 TL"), ["sanalpos.debt.fits 780,00 TL"]);
        assert_eq!(compared("lost", "Borç: 1.080,00 TL"), ["sanalpos.debt.fits.also 1.080,00 TL"]);
        assert_eq!(
            compared("lost", "Borç: 600,00 TL"),
            ["sanalpos.debt.differs 01.11.2026 600,00 TL 780,00 TL"]
        );
        assert_eq!(compared("card-reader", "Borç: 300 TL"), ["sanalpos.debt.fits 300,00 TL"]);
        assert_eq!(
            compared("card-reader", "Borç: 780 TL")[0].split(' ').next(),
            Some("sanalpos.debt.differs")
        );
        assert_eq!(compared("lost", "Borcunuz var"), [""; 0], "no amount is on the page");
        assert_eq!(compared("renewal", "Borç: 780,00 TL"), [""; 0], "that is paid to the institution");
    }

    #[test]
    fn reports_differences_from_uncertain_prices_as_uncertain() {
        let page = debt_page(&["Borç: 900 TL"]);
        let unsure = ["sanalpos.debt.differs.unsure 01.08.2026 900,00 TL 780,00 TL"];
        assert_eq!(
            hints_about_money(&page, &after_price_list("lost", "https", "2026-08-01"), "2026-11-26"),
            unsure
        );
        let unverified = after_price_list("lost", "http", "2026-11-25");
        assert!(
            hints_about_money(&page, &unverified, "2026-11-26")[0]
                .starts_with("sanalpos.debt.differs.unsure")
        );
        assert_eq!(
            hints_about_money(&page, &in_procedure("lost", None), "2026-11-26"),
            ["sanalpos.debt.unknown 900,00 TL"]
        );
    }

    #[test]
    fn reads_amounts_from_read_only_fields() {
        let mut page = debt_page(&[]);
        let shown = Field {
            label: "Borç Tutarı".to_owned(),
            value: "780,00".to_owned(),
            readonly: true,
            ..Field::default()
        };
        page.fields.push(shown);
        assert_eq!(
            hints_about_money(&page, &after_price_list("lost", "https", "2026-11-01"), "2026-11-26"),
            ["sanalpos.debt.fits 780,00 TL"]
        );
    }

    /// Returns the ids of the hints on the screen that reports no debt.
    fn without_debt(ticked: &[&str]) -> Vec<String> {
        let mut saved_state = in_procedure("lost", None);
        for step in ticked {
            let (procedure, step) = ("lost".to_owned(), (*step).to_owned());
            saved_state.apply(&Change::Tick { procedure, step, done: true });
        }
        let page = PageSnapshot { fields: vec![], ..debt_page(&["Borcunuz bulunmamaktadır."]) };
        advise(&page, &saved_state, Environment::default()).hints.into_iter().map(|hint| hint.id).collect()
    }

    #[test]
    fn distinguishes_no_debt_yet_from_paid() {
        let yet = without_debt(&[]);
        assert!(
            yet.contains(&"sanalpos.none.purpose".to_owned())
                && yet.contains(&"sanalpos.query.lost".to_owned())
        );
        assert_eq!(without_debt(&["debt", "pay"]), ["sanalpos.none.paid"]);
        assert_eq!(without_debt(&["debt"]), ["sanalpos.none.seen"]);
    }

    #[test]
    fn the_screen_after_payment_ticks_the_step() {
        let mut saved_state = in_procedure("lost", None);
        let page = PageSnapshot { fields: vec![], ..debt_page(&["Ödemeniz alınmıştır."]) };
        let visit = advise(&page, &saved_state, Environment::default()).visit.unwrap();
        assert!(saved_state.record_visit(&visit, Day::parse("2026-11-26").unwrap()));
        assert!(saved_state.progress("lost").is_done("pay") && saved_state.progress("lost").is_done("debt"));
    }

    #[test]
    fn prices_of_the_institution_are_named_as_such_and_ignored_before_their_day() {
        let with_announced_price = |day: &str| {
            let profile = format!(
                r#"{{"format": 1, "id": "ornek", "name": "Örnek", "sources": ["yazı"], "checked": "2026-11-01",
                "prices": {{"day": "{day}", "items": {{"nes-3": "100"}}}}}}"#
            );
            let mut saved_state = after_price_list("lost", "https", "2026-11-01");
            saved_state.apply(&Change::Import { profile });
            saved_state
        };
        let page = debt_page(&["Borç: 780 TL"]);
        let differs = ["sanalpos.debt.differs.told 20.11.2026 780,00 TL 100,00 TL"];
        assert_eq!(hints_about_money(&page, &with_announced_price("2026-11-20"), "2026-11-26"), differs);
        assert_eq!(
            hints_about_money(&page, &with_announced_price("2999-01-01"), "2026-11-26"),
            ["sanalpos.debt.fits 780,00 TL"]
        );
        let list = price_page("https", "780 TL", "300 TL");
        assert!(
            hints_about_money(&list, &with_announced_price("2999-01-01"), "2026-11-26")
                .contains(&"info.prices.due 780,00 TL".to_owned())
        );
    }

    #[test]
    fn totals_use_only_prices_of_the_page() {
        let mut page = price_page("https", "780 TL", "sorunuz");
        let mut saved_state = after_price_list("first-application", "http", "2020-03-10");
        saved_state.role = Some(Role::FamilyPhysician);
        assert_eq!(hints_about_money(&page, &saved_state, "2026-11-26"), ["info.prices.nes 780,00 TL"]);
        page.url = page.url.replace("https", "http");
        assert!(
            !hints_about_money(&page, &saved_state, "2026-11-26")
                .iter()
                .any(|hint| hint.starts_with("info.prices.due"))
        );
    }

    #[test]
    fn prices_of_the_institution_count_where_they_are_newer() {
        let profile = r#"{"format": 1, "id": "ornek", "name": "Örnek", "sources": ["yazı"], "checked": "2026-11-01",
            "prices": {"day": "2026-10-01", "items": {"nes-3": "800"}}}"#;
        let mut saved_state = in_procedure("lost", None);
        saved_state.apply(&Change::Import { profile: profile.to_owned() });
        let nes = |saved_state: &SavedState| {
            saved_state.cost_breakdown(&[eimza_payment::Product::Nes3], None).total().unwrap().number()
        };
        assert_eq!(nes(&saved_state), "800,00");
        let visit = |day: &str| {
            let page = price_page("https", "780 TL", "300 TL");
            let mut visited = saved_state.clone();
            let visit: PageVisit = advise(&page, &saved_state, on(day)).visit.unwrap();
            visited.record_visit(&visit, Day::parse(day).unwrap());
            nes(&visited)
        };
        assert_eq!(visit("2026-09-01"), "800,00");
        assert_eq!(visit("2026-11-01"), "780,00");
    }
}
