//! All hints on a set of filled-in forms, compared with `hints.txt`. A change that is meant to keep behaviour
//! leaves that file unchanged; `UPDATE_HINTS=1 cargo test -p eimza-guide --test hints` rewrites it.

#![expect(clippy::disallowed_methods, reason = "a test reads files")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use eimza_guide::{Environment, PageSnapshot, SavedState, advise};
use eimza_payment::Day;
use serde::Deserialize;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Labels and values of one form: a value that begins with `~` is still being typed, `#` is read-only,
/// `[a|b]c` is a list with the options a and b of which c is chosen.
const FORMS: &[&[(&str, &str)]] = &[
    &[("T.C. Kimlik No", "10000000146"), ("Kimlik No", "10000000147"), ("TCKN", "~1000000014")],
    &[("Kimlik No", "1"), ("TC No", "01000000146"), ("Kimlik Numarası (Pasaport)", "10000000147")],
    &[
        ("Kimlik No", "U12345678"),
        ("T.C. Kimlik No", "100000____"),
        ("TC KİMLİK NO (*):", "\u{200b}1000000014 6a"),
    ],
    &[
        ("GSM", "0532 123 45 67"),
        ("Cep Telefonu", "0324 337 34 99"),
        ("GSM No", "~0532"),
        ("Cep Tel", "O532"),
    ],
    &[("GSM", "0532 123"), ("Telefon", "337 34 99"), ("İş Telefonu", "444 5 576"), ("GSM", "#12")],
    &[
        ("E-posta", "deneme"),
        ("E-mail", "a b@gmail.com"),
        ("Email", "x@gmial.com"),
        ("Eposta", "ışık@gmail.com"),
    ],
    &[("E-posta", "~deneme"), ("E-posta Adresi", "a__b@gmail.com"), ("Eposta", "a@b@c")],
    &[("Doğum Tarihi", "31.02.1980"), ("Doğum Tarihiniz", "01.01.2999"), ("Doğum Tarihi", "~01.01.19")],
    &[("Doğum Tarihi|gg.aa.yyyy", "1/2/1980"), ("Doğum Tarihi", "01011980"), ("Doğum Tarihi", "01.01.1880")],
    &[("IBAN", "TR41 0001 2009 5940 0005 0000 47"), ("Banka", "Ziraat"), ("IBAN No", "TR41 0001")],
    &[
        ("Hesap IBAN", "TR41 0001 2009 5940 0005 0000 48"),
        ("IBAN", "41"),
        ("IBAN", "TR-"),
        ("IBAN", "~TR41 00"),
    ],
    &[
        ("IBAN", "TR65 0001 2009 3310 0006 1000 37"),
        ("Banka Adı", "[Seçiniz|Ziraat Bankası|Halkbank]Ziraat Bankası"),
    ],
    &[
        ("Adres", "Atatürk Mah. 1234. Sok. No:5"),
        ("İl", "Mersn"),
        ("İlçe", "Çankaya"),
        ("Posta Kodu", "06420"),
    ],
    &[("Adres", "Gül Cad. Dr. Ali Bulv."), ("İl", "Mersin"), ("İlçe", "Yenişehr"), ("Mahalle", "Gül Mah.")],
    &[
        ("Adres", "Lale Sokak"),
        ("İl", "[Seçiniz|Mersin|Ankara]Mersin"),
        ("İlçe", "Çankaya"),
        ("Posta Kodu", "99110"),
    ],
    &[("Adres", "#Gül Cad. 5 Yenişehr/Mersin"), ("İl", "#Mersn"), ("Adres", "Nar Sok. 7"), ("İl", "Ankar")],
    &[("Adres (*)", "Lale Mahallesi Nar Sokak 5 Yenişehr/Mersin"), ("Posta Kodu", "33110")],
    &[("Adres", "Lale Sokak 5"), ("İl", "Mersin"), ("İlçe", "Çankaya"), ("Posta Kodu", "06420")],
    &[("Adres", "Lale Sokak 5"), ("İl", "Qwxyzt"), ("İlçe", "Wqxyz"), ("Posta Kodu", "99110")],
    &[("Adres", "Lale Sokak 5"), ("İl", "Mersin"), ("İlçe", "Wqxyz"), ("Posta Kodu", "99110")],
    &[("Şehir", "K.Maraş"), ("İlçe", "Onikişubat"), ("Açık Adres", "𝒜 Mah. Sok."), ("Mahallesi", "Nar mh")],
    &[("GSM (*)", ""), ("E-posta *", ""), ("Doğum Tarihi (*)", "31.02.1980"), ("Not", ""), ("!", "Gönder")],
    &[
        ("Kart Okuyucu Tipi (*)", "[Seçiniz|Mini]Seçiniz"),
        ("Adres (*)", "Gül Mah."),
        ("!", "Kaydet ve devam et"),
    ],
    &[
        ("Başvuru Nedeni", "[Seçiniz|Yenileme|Kayıp Çalıntı|Diğer]Kayıp Çalıntı"),
        ("Sertifika Süresi", "[1 Yıl|3 Yıl]1 Yıl"),
        ("Kart Okuyucu Tipi", "[Mini Kart Okuyucu|İstemiyorum]Mini Kart Okuyucu"),
        ("GSM *", ""),
        ("!", "Form Onayla"),
    ],
];

/// The part of a page's file that does not ship.
#[derive(Deserialize)]
struct Examples {
    examples: Vec<Value>,
}

fn fill_in(example: &Value, form: &[(&str, &str)]) -> PageSnapshot {
    let mut snapshot = example.clone();
    let mut fields = snapshot["fields"].as_array().cloned().unwrap_or_default();
    let mut buttons = snapshot["buttons"].as_array().cloned().unwrap_or_default();
    for (index, (label, value)) in form.iter().enumerate() {
        let reference = format!("x{index}");
        if *label == "!" {
            buttons.push(json!({"ref": reference, "text": value, "reached": true}));
            continue;
        }
        if value.starts_with('~') {
            snapshot["typing"] = reference.clone().into();
        }
        let (label, placeholder) = label.split_once('|').unwrap_or((label, ""));
        let (options, text) = match value.strip_prefix('[').and_then(|list| list.split_once(']')) {
            Some((options, text)) => (options.split('|').collect(), text),
            None => (Vec::new(), value.trim_start_matches(['~', '#'])),
        };
        fields.push(json!({
            "ref": reference, "label": label, "placeholder": placeholder, "value": text, "options": options,
            "kind": if options.is_empty() { "text" } else { "select" }, "readonly": value.starts_with('#'),
        }));
    }
    snapshot["fields"] = fields.into();
    snapshot["buttons"] = buttons.into();
    serde_json::from_value(snapshot).unwrap()
}

fn lines(snapshot: &PageSnapshot, saved_state: &SavedState, heading: &str) -> String {
    let environment = Environment { os: None, today: Day::parse("2026-11-26") };
    let advice = advise(snapshot, saved_state, environment);
    let mut out = format!("{heading} {:?} {:?}\n", advice.page, advice.screen);
    for hint in advice.hints {
        writeln!(out, "  {}", serde_json::to_string(&hint).unwrap()).unwrap();
    }
    out
}

fn all_hints() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pages");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let state = |text: &str| serde_json::from_str::<SavedState>(text).unwrap();
    let empty = state("{}");
    let physician = state(r#"{"role": "family-physician", "current": "renewal"}"#);
    let mut out = String::new();
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let page: Examples = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        for (index, example) in page.examples.iter().enumerate() {
            for (saved_state, user) in [(&empty, "nobody"), (&physician, "physician")] {
                let heading = format!("{name} example {index} {user}");
                out += &lines(&fill_in(example, &[]), saved_state, &heading);
            }
        }
        // Pages with rules of their own for fields, and one without.
        if ["portal.form", "kartokuyucu.form", "nesbireysel.login", "basvuru.form", "sanalpos.query"]
            .contains(&name.as_str())
        {
            for (index, form) in FORMS.iter().enumerate() {
                let heading = format!("{name} form {index}");
                out += &lines(&fill_in(&page.examples[0], form), &physician, &heading);
            }
        }
    }
    out
}

#[test]
fn hints_on_filled_in_forms_stay_the_same() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hints.txt");
    let actual = all_hints();
    if env::var_os("UPDATE_HINTS").is_some() {
        fs::write(&file, &actual).unwrap();
    }
    let expected = fs::read_to_string(file).unwrap();
    for (number, (actual, expected)) in actual.lines().zip(expected.lines()).enumerate() {
        assert_eq!(actual, expected, "hints.txt:{}", number + 1);
    }
    assert_eq!(actual.lines().count(), expected.lines().count());
}
