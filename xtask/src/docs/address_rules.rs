//! Generates `docs/address-rules.md`: every rule on abbreviations.

use super::markdown::cell;
use eimza_address::{Category, Rule, Severity, rules};
use std::fmt::Write;

const TITLES: &[(Category, &str)] = &[
    (Category::Quarter, "Mahalle ve semt"),
    (Category::Road, "Yol"),
    (Category::Building, "Yapı"),
    (Category::Unit, "Bağımsız bölüm"),
    (Category::Number, "Kapı numarası"),
    (Category::Post, "Posta"),
    (Category::Place, "İl, ilçe ve semt adları"),
    (Category::Institution, "Kurum ve iş yeri"),
    (Category::Title, "Unvan"),
    (Category::Rank, "Rütbe"),
    (Category::Initial, "Bilinen kişi adlarının baş harfleri"),
    (Category::Measure, "Ölçü"),
];

const HEAD: &str = "\
# Adreste kısaltma kuralları

Bu sayfa `wasm/address/rules/*.json` dosyalarından üretilir (`cargo xtask docs`); elle değiştirilmez.

Formun kuralı: “Adres kısmında hiçbir kısaltma (Cad., Sok. vb.) kullanılmayacaktır.” **Hata** bu kuralı bozar;
**öneri** resmî bir adda da bulunabilir ya da sözlükte ayrı bir sözcüktür. Birden çok açılım varsa ilki
önerilir, hepsi kabul edilir. Türkçe işareti eksik yazımlar (“MAH”, “ISH”) ve büyük-küçük harf fark etmez; açılım
yazanın harf düzenini korur. Kısaltma bir sözcüğün içinde aranmaz (“Sokullu”, “Mahmut”).
";

/// Generates the page.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    for (category, title) in TITLES {
        let of_category: Vec<&Rule> = rules().iter().filter(|rule| rule.category == *category).collect();
        // Writing into a String cannot fail.
        let _ = writeln!(page, "\n## {title}\n");
        let _ = writeln!(page, "| kısaltma | açılım | düzey | örnek | dokunulmaz | kaynak |");
        let _ = writeln!(page, "|---|---|---|---|---|---|");
        for rule in of_category {
            let _ = writeln!(page, "{}", row(rule));
        }
    }
    page
}

fn row(rule: &Rule) -> String {
    let severity = match rule.severity {
        Severity::Error => "hata",
        Severity::Advice => "öneri",
    };
    let dot = if rule.dot { "." } else { "" };
    let forms: Vec<String> = rule.forms.iter().map(|form| format!("{form}{dot}")).collect();
    let fires: Vec<String> = rule.fires.iter().map(|(text, _, full)| format!("{text} → {full}")).collect();
    let cells = [
        forms.join(", "),
        rule.expansions.join(", "),
        severity.to_owned(),
        fires.join("; "),
        rule.silent.join("; "),
        rule.source.clone(),
    ];
    format!("| {} |", cells.map(|text| cell(&text)).join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_on_the_page() {
        let page = super::page();
        let rows =
            page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| kısaltma")).count();
        assert_eq!(rows, rules().len());
    }
}
