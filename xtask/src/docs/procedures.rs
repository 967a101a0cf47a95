//! Generates `docs/procedures.md`: every procedure in every edition.

use super::markdown::cell;
use eimza_guide::{Condition, Edition, Payee, Payment, Procedure, SourceKind, Step, procedures, sources};
use eimza_i18n::Catalog;
use eimza_payment::Product;
use eimza_protocol::Lang;
use std::fmt::Write;

const HEAD: &str = "\
# İşlemler ve adımları

Bu sayfa `wasm/guide/procedures/*.json` ve `wasm/guide/data/sources.json` dosyalarından üretilir
(`cargo xtask docs`); elle değiştirilmez.

“Ödeyen”, kurumuna ödeme yapandır: kurumun profili başka bir şey söylemiyorsa aile hekimi.

Her işlemin en yeni yolu önce gelir ve panelde o gösterilir; kurumun profili ya da kullanıcı eskisini seçebilir.
“Ekran” sütununda adımın yapıldığı ekranlar, “→” sonrasında görülünce adımı tamam sayan ekranlar yazar.
";

/// Generates the page.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    for procedure in procedures() {
        write_procedure(&mut page, procedure);
    }
    write_sources(&mut page);
    page
}

fn message(key: &str) -> String {
    Catalog::of(Lang::Tr).text(key, &[("unit", "kurumun birimi")])
}

// Writing into a String cannot fail.
fn write_procedure(page: &mut String, procedure: &Procedure) {
    let _ = writeln!(page, "\n## {} (`{}`)", message(&procedure.title), procedure.id);
    for edition in &procedure.editions {
        write_edition(page, edition);
    }
}

fn write_edition(page: &mut String, edition: &Edition) {
    let _ = writeln!(page, "\n### {} (`{}`)\n", message(&edition.title), edition.id);
    if let Some(since) = &edition.since {
        let _ = writeln!(page, "Ne zamandan beri: {since}\n");
    }
    if let Some(confirmed) = &edition.confirmed {
        let _ = writeln!(page, "Bu yolu anlatan en yeni kaynak: {confirmed}\n");
    }
    let needs = edition.needs.iter().map(|need| format!("{}{}", message(&need.text), condition(&need.when)));
    let _ = writeln!(page, "Gerekli bilgi ve belgeler: {}.\n", needs.collect::<Vec<_>>().join("; "));
    let _ = writeln!(page, "| # | adım | bilgi | ekran | kaynak | denetim |\n|---|---|---|---|---|---|");
    for (index, step) in edition.steps.iter().enumerate() {
        let cells = [
            (index + 1).to_string(),
            format!("**{}**{}", message(&step.title), condition(&step.when)),
            details(step),
            screens(step),
            step.sources.join(", "),
            step.checked.clone(),
        ];
        let _ = writeln!(page, "| {} |", cells.map(|text| cell(&text)).join(" | "));
    }
}

/// Formats a condition as " (Aile hekimi)", " (linux)", " (ödeyen)"; empty if it applies to everybody.
fn condition(when: &Condition) -> String {
    let roles = when.roles.iter().map(|role| message(role.title()));
    let pays = when.pays.map(|pays| if pays { "ödeyen" } else { "ödemeyen" }.to_owned());
    let all: Vec<String> = roles.chain(when.os.iter().map(|os| os.name().to_owned())).chain(pays).collect();
    if all.is_empty() { String::new() } else { format!(" ({})", all.join(", ")) }
}

fn details(step: &Step) -> String {
    let mut details: Vec<String> = step.notes.iter().map(|note| message(note)).collect();
    details.extend(step.warnings.iter().map(|warning| format!("**{}**", message(warning))));
    details.extend(step.payment.iter().map(payment));
    details.extend(step.call.iter().map(|number| format!("Telefon: {number}")));
    details.extend(step.link.iter().map(|link| format!("<{link}>")));
    details.extend(step.superseded.iter().map(|superseded| {
        let sources = superseded.sources.join(", ");
        format!("_Artık böyle değil ({}): {} [{sources}]_", superseded.since, message(&superseded.by))
    }));
    details.join("<br>")
}

/// Formats a payment as "Ödenen: 3 yıllık NES + Mini kart okuyucu; kuruma", followed by what guides say about
/// the description of the transfer.
fn payment(payment: &Payment) -> String {
    let names = |products: &[Product]| {
        products.iter().map(|product| message(product.title())).collect::<Vec<_>>().join(" + ")
    };
    let also = if payment.also.is_empty() {
        String::new()
    } else {
        format!(" (istenirse {})", names(&payment.also))
    };
    let to = match payment.to {
        Payee::Institution => "kuruma",
        Payee::KamuSm => "Kamu SM’ye",
    };
    let paid = format!("Ödenen: {}{also}; {to}", names(&payment.items));
    std::iter::once(paid)
        .chain(payment.text.iter().map(|text| message(text)))
        .collect::<Vec<_>>()
        .join("<br>")
}

fn screens(step: &Step) -> String {
    let list = |places: &[eimza_guide::ScreenId]| {
        places.iter().map(|place| format!("`{place}`")).collect::<Vec<_>>().join(", ")
    };
    if step.reached.is_empty() {
        return list(&step.pages);
    }
    format!("{} → {}", list(&step.pages), list(&step.reached)).trim().to_owned()
}

fn write_sources(page: &mut String) {
    let _ = writeln!(page, "\n## Kaynaklar\n\n| kaynak | ne olduğu | düzeyi | tarihi |\n|---|---|---|---|");
    for one in sources() {
        let grade = match one.kind {
            SourceKind::Guide => "başlangıç kılavuzu",
            SourceKind::KamuSm => "Kamu SM",
            SourceKind::Institution => "kamu kurumu",
            SourceKind::ThirdParty => "üçüncü kişi, zayıf",
            SourceKind::Inference => "çıkarım",
        };
        let date = one.date.as_deref().unwrap_or("tarihsiz");
        let _ = writeln!(page, "| `{}` | {} | {grade} | {date} |", one.id, message(&one.title));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_of_every_edition_is_on_the_page() {
        let page = super::page();
        for step in procedures().iter().flat_map(|each| &each.editions).flat_map(|each| &each.steps) {
            assert!(page.contains(&format!("**{}**", message(&step.title))), "{}", step.id);
            assert!(step.sources.iter().all(|id| page.contains(&format!("| `{id}` |"))), "{}", step.id);
        }
    }
}
