//! Generates `docs/address-rules.md`: every rule on abbreviations.

use super::markdown::cell;
use eimza_address::{Category, Rule, Severity, rules};
use eimza_turkish::lower;
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

## Kurallar nasıl işler

- **Kesim:** Sözcük yıldızla yazılmışsa (hastane\\*) listedekilerden başka kesimleri de tanınır: sözcüğün
  ünsüzle biten başı, ilk harften sonraki ünlülerinden biri ya da birkaçı düşmüş olabilir, çift ünsüz tek
  yazılabilir: “hast”, “hst”, “hastan”. En az üç harf ve nokta gerekir; ünlüsü olmayan kesim (“mgz”) noktasız
  da tanınır. Kendisi de sözcük olanlar (“kış.”, “konut.”) kesim sayılmaz.
- **Ek:** Noktadan ya da kesme işaretinden sonra bitişik yazılan ek, ünlü uyumuyla tam sözcüğe eklenir: Cad.si →
  Caddesi, Sok.ğı → Sokağı, Sk.ta → Sokakta, Hast.nin → Hastanesinin.
- **Komşular:** Aynı harflerin kuralları sırayla denenir; komşuları uyan ilk kural geçerlidir: “K. San.” Küçük,
  “K.No” Kapı, “K:3” Kat, “Jand. Kom.” Komutanlığı, “Kom. Er” Komando. Ad, başka bir baş sözcükten önce gelirse
  yalın önerilir: “Hast. Cad.” → Hastane Caddesi, “Devlet Hast.” → Devlet Hastanesi.
- **Resmî ad:** Mahalle adının içindeki noktasız harfler (“ANBAR SB MAHALLESİ”, “SİT MAHALLESİ”), yol ve tip
  adları (“D 400 Bulvarı”, “K 1 Tipi”) ve daha uzun kısaltmaların sonu (“E.Ü.A.Ş.”) dokunulmaz.
- **Görünmeyen karakterler:** Birleşik ya da ayrık harfler ve görünmeyen karakterler sonucu değiştirmez.
- **Mahalle ve posta kodu:** İl ve ilçe yazılıysa, o ilçenin tam olarak bir mahallesinden tek harf farklı ad için
  doğrusu önerilir; mahallenin kendi kodu olmayan, ama başka bir mahallenin olan posta kodu bildirilir. Başka her
  durumda susulur.
- **Önizleme:** Birden çok düzeltme varsa adresin bütünü kısaltmasız ve resmî sırayla (mahalle, cadde, sokak, yapı,
  numara, kat, daire, ilçe/il) gösterilir; alandaki sıra değişmez. Anlaşılmayan bir parça varsa gösterilmez.

`cargo xtask address --explain “…”` bir adreste hangi kuralın neyi gördüğünü, ötekilerin neden uymadığını yazar.
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
    let mut forms: Vec<String> = rule.forms.iter().map(|form| format!("{form}{dot}")).collect();
    forms.extend(rule.word.iter().map(|word| format!("{}\\*", lower(word))));
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
